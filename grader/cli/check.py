"""`grader check`: what students run, on their own machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from grader.cli.ci import add_summary, checks_summary, no_commands, page_of_job
from grader.cli.options import CourseOption, GithubOption
from grader.cli.printing import err, out, steps
from grader.course.catalog import find_course
from grader.errors import SubmissionError, UsageError
from grader.intake.submission import find_assignment, read_cells, read_notebook, saved_counts
from grader.notebook.handout import find_handout
from grader.records import Cell, CellRun, Status
from grader.text import clean

if TYPE_CHECKING:
    from grader.rehearsal.run import Rehearsal


@dataclass(frozen=True, slots=True)
class Notebook:
    """A student's notebook, and the folder of the handout that it belongs to."""

    path: Path
    cells: tuple[Cell, ...]
    counts: dict[int, int]
    handout: Path

    @property
    def folder(self) -> Path:
        """Where it runs: beside its data."""
        own = self.path.resolve().parent
        return own if own.is_relative_to(self.handout) else self.handout


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, or a folder of notebooks.")],
    github: GithubOption = False,
    course: CourseOption = None,
) -> None:
    """For students: run a notebook from top to bottom in a fresh kernel and ask its public checks."""
    if github:
        page_of_job()
    paths = list(_notebooks(notebook))
    with no_commands() if github else nullcontext():
        fine = [_checked(path, len(paths) > 1, github, course) for path in paths]
    raise typer.Exit(0 if all(fine) else 1)


def _checked(path: Path, several: bool, github: bool, course: Path | None) -> bool:
    """Check one of the notebooks that were given. Whether all is well with it."""
    if several:
        out.print(Text(f"\n{path}", style="bold"), soft_wrap=True)
    try:
        found = _check(_read(path, course))
    except SubmissionError as error:
        if not several:
            raise UsageError(f"{path}: {error}") from error
        out.print(Text(str(error)), soft_wrap=True)
        return False
    if github:
        add_summary(checks_summary(found.answers))
    return not found.fault and all(answer.status is Status.PASSED for answer in found.answers)


def _notebooks(given: Path) -> Iterator[Path]:
    """The notebooks that are meant; in a folder all that lie in it, but for an editor's own copies."""
    if given.is_file():
        yield given
        return
    if not given.is_dir():
        raise UsageError(f"{given}: there is no such file or folder")
    found = [path for path in sorted(given.rglob("*.ipynb")) if not _is_hidden(path.relative_to(given))]
    if not found:
        raise UsageError(f"{given}: there is no notebook in this folder")
    yield from found


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(path: Path, course: Path | None) -> Notebook:
    """Read a notebook and find its handout: around it, or in the course. Raises SubmissionError and UsageError."""
    raw = read_notebook(path.read_bytes())
    cells, _ = read_cells(raw)
    around = find_handout([path.resolve().parent])
    if around is None:
        try:
            found = find_course(course, near=path.absolute().parent)
        except UsageError:
            said = f"{path}: there is no `assignment.toml` beside it; keep it in the folder that it came in"
            raise UsageError(said) from None
        around = find_handout([found.handout(find_assignment(raw, cells, found.assignments()))])
    assert around is not None
    return Notebook(path, cells, saved_counts(raw), around.folder)


def _check(notebook: Notebook) -> Rehearsal:
    """Run one notebook and print what is found."""
    from grader.rehearsal.hidden_state import remarks
    from grader.rehearsal.run import rehearse

    progress = steps(len(notebook.cells) + 1, "cells") if err.is_terminal else nullcontext(lambda: None)
    with progress as step:
        found = rehearse(notebook.cells, notebook.handout, notebook.folder, step)
    for run in found.execution.cells:
        for line in _of_cell(run):
            out.print(Text(line), soft_wrap=True)
    for answer in found.answers:
        out.print(Text(answer.text), soft_wrap=True)
    unknown = [name for answer in found.answers for name in answer.unknown]
    hidden = list(remarks(notebook.cells, found.execution, unknown, notebook.counts, notebook.folder))
    if hidden:
        out.print("\nIn a fresh kernel this notebook is not what it was in yours:")
    for line in hidden:
        out.print(Text(f"  - {line}"), soft_wrap=True)
    _sum_up(found)
    return found


def _of_cell(run: CellRun) -> Iterator[str]:
    """What is said of a cell that did not run to its end."""
    if run.trace:
        yield f"cell {run.number}: {clean(run.note or run.trace.said, 300)}"
        for frame in run.trace.frames[-1:]:
            yield f"    line {frame.line}: {frame.code}"
    elif run.note:
        yield f"cell {run.number}: {run.note}"


def _sum_up(found: Rehearsal) -> None:
    if found.fault:
        out.print(Text(f"The checks could not be asked: {clean(found.fault, 300)}"), soft_wrap=True)
        return
    held, checks = (sum(getattr(answer, what) for answer in found.answers) for what in ("held", "checks"))
    out.print(f"{held} of {checks} public checks passed.")
