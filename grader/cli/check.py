"""`grader check` and `grader submit`: what students run, on their own machines."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from grader.cli.ci import add_summary, checks_summary, no_commands, page_of_job
from grader.cli.options import CourseOption, GithubOption
from grader.cli.printing import err, out, steps
from grader.course.catalog import find_course
from grader.errors import UsageError
from grader.intake.submission import find_assignment
from grader.records import Cell
from grader.rehearsal import work
from grader.rehearsal.submit import submit as seal

if TYPE_CHECKING:
    from grader.rehearsal.run import Rehearsal


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, or a folder of notebooks.")],
    github: GithubOption = False,
    course: CourseOption = None,
) -> None:
    """For students: run a notebook from top to bottom in a fresh kernel and ask its public checks."""
    if github:
        page_of_job()

    def one(path: Path) -> bool:
        found = _run(_read(path, course))
        if github:
            add_summary(checks_summary(found.answers))
        return work.is_fine(found)

    paths = list(work.notebooks(notebook))
    with no_commands() if github else nullcontext():
        fine = work.checked(paths, one, _say)
    raise typer.Exit(0 if fine else 1)


def submit(
    notebook: Annotated[Path, typer.Argument(help="The notebook that you hand in.")],
    course: CourseOption = None,
) -> None:
    """For students: check a notebook, and write the file to hand in, with a receipt."""
    seal(notebook, lambda path: _run(_read(path, course)), _say)


def _read(path: Path, course: Path | None) -> work.Work:
    """Read a notebook; its handout may lie in the course."""

    def in_course(raw: dict[str, Any], cells: tuple[Cell, ...]) -> Path | None:
        try:
            found = find_course(course, near=path.absolute().parent)
        except UsageError:
            return None
        return found.handout(find_assignment(raw, cells, map(found.assignment, found.written())))

    return work.read(path, in_course)


def _run(notebook: work.Work) -> Rehearsal:
    """Run one notebook and print what is found."""
    progress = steps(len(notebook.cells) + 1, "cells") if err.is_terminal else nullcontext(lambda: None)
    with progress as step:
        found = work.run(notebook, step)
    for line in work.findings(notebook, found):
        _say(line)
    return found


def _say(line: str) -> None:
    out.print(Text(line), soft_wrap=True)
