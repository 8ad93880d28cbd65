"""Cells that only show what a student's code does: as they were handed out, they need not run while grading.

They train and draw for the student's eyes, and take longer than all checks. A cell that the student has changed is the
student's, and runs.
"""

from __future__ import annotations

from grader.course.catalog import Course
from grader.course.shown import nothing_else
from grader.intake.submission import read_cells, read_notebook


def only_showing(course: Course, id: str) -> frozenset[str]:
    """The sources of such cells of an assignment's handout: nothing but functions under its decorator `shown_by`."""
    decorator, path = course.assignment(id).shown_by, course.notebook(id)
    if not decorator or not path.is_file():
        return frozenset()
    cells, _ = read_cells(read_notebook(path.read_bytes()))
    return frozenset(
        cell.source.strip() for cell in cells if not cell.question and nothing_else(cell.source, decorator)
    )
