"""`grader check`: what students run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.options import CourseOption, setting_of
from grader.cli.printing import out
from grader.course.catalog import find_course
from grader.errors import UsageError
from grader.notebook.page import MARKS
from grader.records import Assignment, Check, Status, Unreadable


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook.")],
    course: CourseOption = None,
) -> None:
    """For students: run a notebook from top to bottom and ask its public checks."""
    from grader.intake import inbox
    from grader.running.pool import Pool

    found = find_course(course, near=notebook.absolute().parent)
    handed = inbox.collect([notebook], list(found.assignments()))
    failed = False
    for entry in handed:
        if isinstance(entry, Unreadable):
            raise UsageError(f"{entry.path}: {entry.reason}")
    with Pool(setting_of(found), 1) as pool:
        results = list(pool.grade([e for e in handed if not isinstance(e, Unreadable)], public=True))
    for result in results:
        for cell in result.execution.cells:
            if cell.trace or cell.note:
                out.print(Text(f"cell {cell.number}: {cell.note or f'{cell.trace.kind}: {cell.trace.message}'}"))  # type: ignore[union-attr]
        for line in by_question(found.assignment(result.submission.assignment), result.checks):
            out.print(Text(line))
        passed = sum(one.status is Status.PASSED for one in result.checks)
        out.print(f"{passed} of {len(result.checks)} public checks passed.")
        failed = failed or passed < len(result.checks)
    raise typer.Exit(1 if failed else 0)


def by_question(assignment: Assignment, checks: tuple[Check, ...]) -> list[str]:
    """What a student reads of a whole notebook, in its order; a question whose checks all passed is one line."""
    found = []
    for question in assignment.questions:
        own = tuple(check for check in checks if check.question == question.id)
        met = {check.status for check in own}
        worst = next((status for status in (Status.FAILED, Status.UNJUDGED) if status in met), Status.PASSED)
        if own:
            found.append(f"{MARKS[worst]} {question.id}: {question.title}")
        if worst is not Status.PASSED:
            for one in own:
                found.append(f"    {MARKS[one.status]} {one.promise}")
                found += [f"        {one.message}"] if one.message else []
    return found
