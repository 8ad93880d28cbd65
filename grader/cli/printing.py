"""What commands print: a class as a table or as JSON, and progress with the time left."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grader.kernel.packages import is_quiet
from grader.records import Status, Unreadable
from grader.report.views import points
from grader.storage import FORMAT, to_json
from grader.text import clean

if TYPE_CHECKING:  # what loads torch is imported by the command that needs it
    from grader.classroom.grading import ClassResult, Outcome

MISSED = 10  # packages that are named
TOLD = 5  # lines about the progress of a piece of work, where there is no terminal
out, err = Console(highlight=False), Console(stderr=True, highlight=False)


@contextmanager
def progress(total: int) -> Iterator[Callable[[Outcome | Unreadable], None]]:
    """A function to call for each student: a bar with the time left on a terminal, plain lines elsewhere."""
    if not err.is_terminal:
        done = iter(range(1, total + 1))
        yield lambda entry: err.print(Text(f"{next(done)}/{total} {line_of(entry)}"), soft_wrap=True)
        return
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=err) as bar:
        task = bar.add_task("", total=total)
        yield lambda entry: bar.update(task, advance=1, description=escape(line_of(entry)))


@contextmanager
def steps(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A function to call after each step: a bar with the time left on a terminal, now and then a line elsewhere."""
    if err.is_terminal:
        with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=err) as bar:
            task = bar.add_task("", total=total)
            yield lambda: bar.advance(task)
        return
    started, done = time.monotonic(), iter(range(1, total + 1))

    def tell() -> None:
        number = next(done)
        if number == total or number * TOLD // total > (number - 1) * TOLD // total:
            left = (time.monotonic() - started) / number * (total - number)
            err.print(Text(f"{what}: {number} of {total}" + (f", about {left:.0f} s left" if left else "")))

    yield tell


def line_of(entry: Outcome | Unreadable) -> str:
    if isinstance(entry, Unreadable):
        return f"{clean(entry.student.name, 60)}: {clean(entry.reason, 200)}"
    grade = entry.grade
    return f"{clean(grade.student.name, 60)} {grade.assignment}: {points(grade.earned)} of {points(grade.points)}"


def show(result: ClassResult) -> None:
    """The class as a table, where the pages are, and who needs a person."""
    table = Table("student", "assignment", "points", "%", "", box=None, pad_edge=False)
    for outcome in result.outcomes:
        grade = outcome.grade
        remark = "" if outcome.fresh else "unchanged"
        remark = "needs a person" if grade.status is Status.UNJUDGED else remark
        row = (clean(grade.student.name, 40), grade.assignment, f"{points(grade.earned)}/{points(grade.points)}")
        table.add_row(*map(escape, row), f"{grade.percent:.0f}", remark)
    out.print(table)
    for entry in result.unreadable:
        who, where = clean(entry.student.name, 60), clean(entry.path, 200)
        out.print(Text(f"needs a person: {who}: {clean(entry.reason, 300)} ({where})"))
    for outcome in result.outcomes:
        if outcome.grade.status is Status.UNJUDGED:
            first = next(check for check in outcome.result.checks if check.status is Status.UNJUDGED)
            why = clean(first.staff.strip().splitlines()[-1] if first.staff.strip() else "", 300)
            out.print(
                Text(f"needs a person: {clean(outcome.grade.student.name, 60)}: {first.question} is unjudged: {why}")
            )
    show_missing(result.missing)
    for page in result.pages:
        out.print(Text(f"class page: {page}"), soft_wrap=True)
    out.print(Text(f"feedback:   {result.table.parent / 'students'}"), soft_wrap=True)
    out.print(Text(f"grades:     {result.table}, {result.table.parent / 'gradebook.db'}"), soft_wrap=True)


def show_missing(missing: dict[str, int]) -> None:
    """Which packages notebooks import that are not installed, and what to do about it."""
    if not missing:
        return
    for name, count in list(missing.items())[:MISSED]:
        harm = "its calls did nothing" if is_quiet(name) else "its use raised"
        out.print(Text(f"not installed: {clean(name, 60)}, imported by {count}; {harm}"), soft_wrap=True)
    if len(missing) > MISSED:
        out.print(f"not installed: and {len(missing) - MISSED} more")
    said = "If the course allows one of them, add it to `requirements` in course.toml, install it, and run again."
    out.print(Text(said), soft_wrap=True)


def class_json(result: ClassResult) -> dict[str, object]:
    """A graded class as plain data."""
    return {
        "format": FORMAT,
        "grades": [json.loads(to_json(o.grade)) | {"page": str(o.page), "fresh": o.fresh} for o in result.outcomes],
        "unreadable": [json.loads(to_json(entry)) for entry in result.unreadable],
        "pages": [str(page) for page in result.pages],
        "missing": result.missing,
    }
