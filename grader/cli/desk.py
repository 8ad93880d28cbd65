"""`grader decide` and `grader score`: what persons decide, and what that makes of grades."""

from __future__ import annotations

import getpass
import json
import shlex
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from grader.cli.options import CourseOption, RosterOption, command_line
from grader.cli.printing import class_json, out, show
from grader.course.catalog import find_course
from grader.course.settings import settings_of
from grader.errors import UsageError
from grader.records import Decision, Kind, Standing
from grader.text import clean, points

OutOption = Annotated[Path, typer.Option("--out", help="Where gradebook and pages are.")]
GRADES = Path("grades")
EVERYBODY = "all"


def decide(
    student: Annotated[str, typer.Argument(help=f"An id, login or name; `{EVERYBODY}` for a section or everybody.")],
    assignment: Annotated[str, typer.Argument(help="Which assignment it is about.")],
    question: Annotated[str, typer.Argument(help="Which question it is about, if it is about one.")] = "",
    give: Annotated[float | None, typer.Option("--points", help="In the place of what was earned.")] = None,
    check: Annotated[str, typer.Option(help="With --points: of this check only.")] = "",
    lines: Annotated[str | None, typer.Option(help="The lines of the rubric that hold: one,two.")] = None,
    comment: Annotated[str, typer.Option(help="To the student, in Markdown.")] = "",
    due: Annotated[str, typer.Option(help="Another due date: 2026-10-20T23:59.")] = "",
    extra: Annotated[str, typer.Option(help='So much later than others: "2 days", "12 h".')] = "",
    excuse_late: Annotated[bool, typer.Option("--excuse-late", help="Lateness costs nothing.")] = False,
    handed: Annotated[str, typer.Option(help="When it was handed in, where nothing tells.")] = "",
    exempt: Annotated[bool, typer.Option("--exempt", help="The assignment does not count for the student.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="The question counts for nobody.")] = False,
    to_all: Annotated[bool, typer.Option("--give", help="Everybody gets the question.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was decided last about this.")] = False,
    section: Annotated[str, typer.Option(help=f"With `{EVERYBODY}`: another due date for this section.")] = "",
    reason: Annotated[str, typer.Option(help="Why; the student reads it.")] = "",
    by: Annotated[str, typer.Option(envvar="GRADER_BY", help="Who decides. Default: your login name.")] = "",
    out_folder: OutOption = GRADES,
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Write a decision into the course's decisions.toml; it holds however often the class is graded again."""
    from grader.classroom.deciding import decided, undone

    kinds: dict[Kind, dict[str, Any]] = {
        Kind.POINTS: {"points": give, "check": check} if give is not None else {},
        Kind.RUBRIC: {"lines": [one.strip() for one in lines.split(",") if one.strip()]} if lines is not None else {},
        Kind.COMMENT: {"text": comment},
        Kind.EXTENSION: {"due": _moment("--due", due), "extra": extra, "excused": excuse_late or None},
        Kind.HANDED: {"at": _moment("--handed", handed)},
        Kind.EXEMPTION: {"": exempt},
        Kind.DROPPED: {"": drop},
        Kind.GIVEN: {"": to_all},
    }
    found = find_course(course)
    people, gradebook = roster or settings_of(found).roster, out_folder / "gradebook.db"
    wanted = {kind: own for kind, own in kinds.items() if any(value not in ("", None, False) for value in own.values())}
    who = {} if student == EVERYBODY else {"student": student}
    about = {**who, "section": section, "assignment": assignment, "question": question}
    if undo and not wanted:
        last = undone(
            found, people, gradebook, Decision(Kind.COMMENT, assignment, who.get("student", ""), section, question)
        )
        out.print(Text(f"{last.where}: [[{last.kind}]] taken out: {clean(_said(last), 200)}"), soft_wrap=True)
        _say_next(out_folder)
        return
    if len(wanted) != 1 or undo:
        raise UsageError(
            "say one thing at a time: --points, --lines, --comment, --due or --extra or --excuse-late, --handed, "
            "--exempt, --drop, --give or --undo"
        )
    [(kind, own)] = wanted.items()
    if kind in (Kind.DROPPED, Kind.GIVEN) and student != EVERYBODY:
        raise UsageError(f"that is about everybody: write `{EVERYBODY}` in the place of {clean(student, 60)}")
    entry = about | own | {"reason": reason, "by": by or _me(), "on": date.today()}
    entry = {key: value for key, value in entry.items() if key and value not in ("", None)}
    written = decided(found, people, gradebook, kind, entry)
    instead = "; another one was there" if written.before else ""
    out.print(Text(f"{written.decision.where}: [[{kind}]] written{instead}"), soft_wrap=True)
    if written.waits:
        out.print(Text(f"it holds for nobody yet: {written.waits}"), soft_wrap=True)
    _say_next(out_folder)


def _said(one: Decision) -> str:
    """A decision in a few words."""
    what = [one.question, one.check, "" if one.points is None else f"{points(one.points)} points", one.text, one.reason]
    return ", ".join(part for part in what if part) or one.assignment


def _say_next(out_folder: Path) -> None:
    if (out_folder / "gradebook.db").is_file():
        command = shlex.join(["grader", "score", *([] if out_folder == GRADES else ["--out", str(out_folder)])])
        out.print(Text(f"`{command}` brings grades and pages up to date"), soft_wrap=True)


def score(
    out_folder: OutOption = GRADES,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Score again what was graded: points, deadlines and decisions as they are now. No notebook runs."""
    from grader.classroom.people import roster_at
    from grader.classroom.summary import Place, score_class

    found = find_course(course)
    people = roster_at(roster or settings_of(found).roster)
    result = score_class(Place(found, out_folder, command_line(), people))
    if as_json:
        print(json.dumps(class_json(result), indent=1, ensure_ascii=False))
    else:
        show(result)
    unjudged = any(row.grade.status is Standing.UNJUDGED for row in result.rows)
    raise typer.Exit(3 if result.need_human or result.unreadable or unjudged else 0)


def _me() -> str:
    """The login name; nothing where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _moment(option: str, text: str) -> datetime | date | None:
    """A date, with a time or without. Raises UsageError."""
    try:
        if not text:
            return None
        return date.fromisoformat(text) if len(text) == len("2026-10-12") else datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text}: write a date as 2026-10-12 or 2026-10-12T23:59") from None
