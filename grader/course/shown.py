"""Functions that only show what a student's code does. They train and draw for the student's eyes."""

from __future__ import annotations

import ast


def only_shows(statement: ast.stmt, decorator: str) -> bool:
    """Whether it is a function directly under this decorator, and under no other: another could do anything."""
    above = statement.decorator_list if isinstance(statement, ast.FunctionDef) else []
    return [one.id if isinstance(one, ast.Name) else "" for one in above] == [decorator]
