"""Cells that only show what a student's code does: as they were handed out, they need not run while grading.

They train and draw for the student's eyes, and take longer than all checks. A cell that the student has changed is the
student's, and runs.
"""

from __future__ import annotations

import ast

from grader.course.catalog import Course
from grader.intake.submission import read_cells, read_notebook


def only_showing(course: Course, id: str) -> frozenset[str]:
    """The sources of such cells of an assignment's handout: nothing but functions under its decorator `shown_by`."""
    decorator, path = course.assignment(id).shown_by, course.notebook(id)
    if not decorator or not path.is_file():
        return frozenset()
    cells, _ = read_cells(read_notebook(path.read_bytes()))
    return frozenset(cell.source.strip() for cell in cells if not cell.question and _only_shows(cell.source, decorator))


def _only_shows(source: str, decorator: str) -> bool:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    return bool(body) and all(isinstance(one, ast.FunctionDef) and _is_under(one, decorator) for one in body)


def _is_under(function: ast.FunctionDef, decorator: str) -> bool:
    """Whether the decorator stands directly above it, and alone: another could do anything."""
    return [one.id if isinstance(one, ast.Name) else "" for one in function.decorator_list] == [decorator]
