"""Cells that only show what a student's code does. They train and draw for the student's eyes."""

from __future__ import annotations

import ast

from grader.records import Assignment


def only_shows(statement: ast.stmt, decorator: str) -> bool:
    """Whether it is a function directly under this decorator, and under no other: another could do anything."""
    above = statement.decorator_list if isinstance(statement, ast.FunctionDef) else []
    return [one.id if isinstance(one, ast.Name) else "" for one in above] == [decorator]


def nothing_else(source: str, decorator: str) -> bool:
    """Whether a cell holds nothing but such functions."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    return bool(body) and all(only_shows(one, decorator) for one in body)


def with_reach(source: str, assignment: Assignment) -> str:
    """Such a cell, headed by the answers beyond the core that it uses: who has left them out may leave it out."""
    if not nothing_else(source, assignment.shown_by):
        return source
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    ids = [f"`{one.id}`" for one in assignment.questions if one.beyond and used.intersection(one.names)]
    return f"# Beyond the core: with your {' and '.join(ids)}.\n{source}" if ids else source
