"""`grader check`: what students run."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.ci import add_summary, checks_summary, no_commands, page_of_job
from grader.cli.options import CourseOption, GithubOption, setting_of
from grader.cli.printing import out
from grader.course.catalog import find_course
from grader.errors import UsageError
from grader.notebook.page import MARKS
from grader.records import Assignment, Check, Result, Status, Unreadable


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook.")],
    github: GithubOption = False,
    course: CourseOption = None,
) -> None:
    """For students: run a notebook from top to bottom and ask its public checks."""
    from grader.intake import inbox
    from grader.running.pool import Pool

    if github:
        page_of_job()
    found = find_course(course, near=notebook.absolute().parent)
    handed = inbox.collect([notebook], inbox.Wanted(list(found.assignments()))).loaded()
    for entry in handed:
        if isinstance(entry, Unreadable):
            raise UsageError(f"{entry.path}: {entry.reason}")
    with Pool(setting_of(found), 1) as pool:
        results = list(pool.grade([e for e in handed if not isinstance(e, Unreadable)], public=True))
    for result in results:
        assignment = found.assignment(result.submission.assignment)
        if github:
            add_summary(checks_summary(assignment, result.checks))
        with no_commands() if github else nullcontext():
            _show(assignment, result)
    failed = any(check.status is not Status.PASSED for result in results for check in result.checks)
    raise typer.Exit(1 if failed else 0)


def _show(assignment: Assignment, result: Result) -> None:
    """Cells that did not run, the questions, and how many checks passed."""
    for cell in result.execution.cells:
        if cell.trace or cell.note:
            said = f"{cell.trace.kind}: {cell.trace.message}" if cell.trace else ""
            out.print(Text(f"cell {cell.number}: {cell.note or said}"))
    for line in by_question(assignment, result.checks):
        out.print(Text(line))
    passed = sum(one.status is Status.PASSED for one in result.checks)
    out.print(f"{passed} of {len(result.checks)} public checks passed.")


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
