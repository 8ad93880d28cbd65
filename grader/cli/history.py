"""`grader history`: what a student's grades were, and why they changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from grader.cli.moves import said_of, signed, worth
from grader.cli.options import CourseOption, RosterOption
from grader.cli.printing import out, wide
from grader.course.catalog import find_course
from grader.course.settings import settings_of
from grader.records import Decision
from grader.storage import to_json
from grader.text import clean, points

if TYPE_CHECKING:
    from grader.classroom.past import Past, Step
    from grader.gradebook.history import Held


def history(
    student: Annotated[str, typer.Argument(help="An id, login or name.")],
    out_folder: Annotated[Path, typer.Option("--out", help="Where the gradebook is.")] = Path("grades"),
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Say what a student's grades were after each run, what changed and why, and who decided what."""
    from grader.classroom.past import past_of

    settings = settings_of(find_course(course))
    past = past_of(out_folder / "gradebook.db", roster or settings.roster, student)
    if as_json:
        print(json.dumps(_json(past), indent=1, ensure_ascii=False))
        return
    _show(past, ZoneInfo(settings.zone))


def _show(past: Past, zone: ZoneInfo) -> None:
    table = Table("assignment", "run", "when", "points", "", "why", box=None, pad_edge=False)
    for step in past.steps:
        entry = step.entry
        gained = "" if step.gained is None else signed(step.gained)
        when = f"{datetime.fromisoformat(entry.started).astimezone(zone):%Y-%m-%d %H:%M}"
        cells = (entry.grade.assignment, str(entry.run), when, worth(entry.grade), gained, "; ".join(_why(step)))
        table.add_row(*map(escape, cells))
    out.print(Text(clean(past.student.name, 100)))
    wide().print(table)
    for held in past.decisions:
        out.print(Text(_decided(held)), soft_wrap=True)


def _why(step: Step) -> Iterator[str]:
    if step.gained is None:
        yield "graded first"
    yield from step.rests_on
    for change in step.changes:
        yield said_of(change) + (f": {clean(change.detail, 300)}" if change.detail else "")


def _decided(held: Held) -> str:
    """A decision in one line: since when it holds, what, who, why."""
    until = f" until run {held.until}" if held.until is not None else ""
    one = held.decision
    who = " ".join([*([clean(one.by, 60)] if one.by else []), *([one.on.isoformat()] if one.on else [])])
    said = " ".join(_what(one))
    return f"decision, from run {held.since}{until}: {said}{f' ({who})' if who else ''}"


def _what(one: Decision) -> Iterable[str]:
    yield one.kind.value
    yield from (clean(part, 60) for part in (one.assignment, one.question, one.check, one.section) if part)
    if one.points is not None:
        yield f"{points(one.points)} points"
    if one.lines:
        yield f"lines {', '.join(clean(line, 60) for line in one.lines)}"
    if one.due or one.at:
        yield f"{one.due or one.at:%Y-%m-%dT%H:%M:%SZ}"
    if one.excused:
        yield "excused"
    yield from (f"“{clean(' '.join(text.split()), 300)}”" for text in (one.text, one.reason) if text)


def _json(past: Past) -> dict[str, Any]:
    return {
        "student": json.loads(to_json(past.student)),
        "grades": [
            {
                "run": step.entry.run,
                "started": step.entry.started,
                "command": step.entry.command,
                "grade": json.loads(to_json(step.entry.grade)),
                "why": list(_why(step)),
            }
            for step in past.steps
        ],
        "decisions": [
            {"since": held.since, "until": held.until, "decision": json.loads(to_json(held.decision))}
            for held in past.decisions
        ],
    }
