"""How far a run is: for who started it, for a program that reads it, and for who asks from beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from grader.cli.printing import err, line_of, out
from grader.records import Unreadable
from grader.storage import to_json
from grader.text import clean

if TYPE_CHECKING:  # what loads torch is imported by the command that needs it
    from grader.classroom.summary import Outcome
    from grader.classroom.watching import Progress as RunProgress
    from grader.classroom.watching import Watch

STOPPED = "stopped with Ctrl-C; running it again goes on from there"
CUT_OFF = "cut off; running it again goes on from there"


class Log(StrEnum):
    """What `--log` may say."""

    TEXT = "text"
    JSON = "json"


@contextmanager
def progress(watch: Watch, log: Log = Log.TEXT) -> Iterator[Callable[[Outcome | Unreadable], None]]:
    """A function to call for each student: a bar with what to expect on a terminal, a line each elsewhere, or JSON."""
    total = watch.progress.total
    if log is Log.JSON:
        _print_json({"event": "begun", **_plain(watch.progress)})
        yield lambda entry: _print_json(_logged(entry, watch.note(entry)))
        return
    if not err.is_terminal:
        yield lambda entry: err.print(Text(f"{watch.note(entry).done}/{total} {line_of(entry)}"), soft_wrap=True)
        return
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=err) as bar:
        task = bar.add_task("", total=total)

        def tell(entry: Outcome | Unreadable) -> None:
            told = f"{pace(watch.note(entry))}  {line_of(entry)}"
            bar.update(task, advance=1, description=escape(told))

        yield tell


def pace(progress: RunProgress) -> str:
    """How fast a run is, and how much is left of it."""
    said = f"{progress.per_minute:.0f} a minute" if progress.fresh else "starting"
    if progress.left:
        said += f", {timedelta(seconds=round(progress.left))} left"
    return said + "".join(f", {kind}: {number}" for kind, number in sorted(progress.troubles.items()))


def show_progress(progress: RunProgress, alive: bool | None) -> None:
    """A run, as it is or was, for somebody who asks from beside it."""
    going = f"running as process {progress.process} on {progress.host}"
    if not alive:
        going = CUT_OFF if alive is False else f"running on {progress.host}, as far as is known here"
    states = {"": going, "stopped": STOPPED}
    known = progress.done - progress.fresh
    out.print(Text(f"{progress.command}: {states.get(progress.ending, progress.ending)}"), soft_wrap=True)
    passed = timedelta(seconds=round(progress.seconds))
    out.print(f"{progress.done} of {progress.total} done in {passed}, begun {progress.started}; {known} needed no run")
    out.print(Text(pace(progress)), soft_wrap=True)
    for slow in progress.slowest:
        out.print(Text(f"slow: {slow.seconds:.1f} s: {clean(slow.name, 60)} {slow.assignment}"), soft_wrap=True)


def _plain(record: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(record))
    return found


def _print_json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False), file=sys.stderr, flush=True)


def _logged(entry: Outcome | Unreadable, progress: RunProgress) -> dict[str, Any]:
    """A student's line of `--log json`."""
    so_far = {"done": progress.done, "total": progress.total, "left": progress.left}
    so_far["per_minute"] = round(progress.per_minute, 1)
    if isinstance(entry, Unreadable):
        return {"event": "unreadable", "student": entry.student.name, "reason": entry.reason, **so_far}
    grade = entry.grade
    told = {"student": grade.student.name, "assignment": grade.assignment, "earned": grade.earned}
    told |= {"points": grade.points, "fresh": entry.fresh, "seconds": entry.seconds, "troubles": entry.troubles}
    return {"event": "graded", **told, **so_far}
