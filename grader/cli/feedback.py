"""`grader feedback` and `grader requests`: pages go out to students, and what they ask comes back."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.text import Text

from grader.cli.options import CourseOption, RosterOption
from grader.cli.printing import out
from grader.errors import UsageError
from grader.folders import make_folder
from grader.storage import FORMAT
from grader.text import clean, points

if TYPE_CHECKING:
    from grader.classroom.outgoing import Outgoing
    from grader.classroom.requests import Asked

FromOption = Annotated[Path, typer.Option("--from", help="The results: what `grader run --out` wrote.")]
GRADES = Path("grades")


def feedback(
    to: Annotated[Path, typer.Option("--to", help="The folder that students get, or a web server shows.")] = Path(
        "feedback"
    ),
    folder: FromOption = GRADES,
    assignment: Annotated[
        list[str] | None, typer.Option(help="Which ones. Default: all that anybody has a grade for.")
    ] = None,
    url: Annotated[str, typer.Option(help="Where the folder is to be found; goes before each page's name.")] = "",
    now: Annotated[bool, typer.Option("--now", help="Hand out what is not released yet, too.")] = False,
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Hand out feedback: copy pages under names that nobody can guess, and write the list of who has which.

    The list, feedback.csv, lies with the results and not in the folder that students get.
    """
    from grader.classroom.feedback import hand_out

    class_ = _class(course, folder, roster)
    base = f"{url.rstrip('/')}/" if url else ""
    handed = hand_out(class_, folder, class_.works(assignment or []), base, early=now)
    zone = class_.scorer.settings.zone
    for id, release in handed.held:
        when = release.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
        out.print(Text(f"{id}: released on {when} ({zone}); --now hands it out before"), soft_wrap=True)
    for who, why in handed.told.left:
        out.print(Text(f"needs a person: {clean(who, 60)}: {clean(why, 300)}"), soft_wrap=True)
    table = folder / "feedback.csv"
    try:
        if handed.pages:
            make_folder(to)
        for name, page in handed.pages.items():
            shutil.copyfile(page, to / name)
        table.write_text(handed.table, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(
            f"{error.filename or to}: cannot be written: {error.strerror}; name another with --to"
        ) from error
    out.print(Text(f"feedback: {len(handed.pages)} pages in {to}, the list in {table}"), soft_wrap=True)
    raise typer.Exit(3 if handed.told.left else 0)


def requests(
    files: Annotated[Path, typer.Argument(help="A folder of the files that students saved from their pages.")],
    folder: FromOption = GRADES,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Read what students ask to be looked at again: each beside its points, and the command that decides about it.

    What is no request, or comes from no page of this class, is listed, and the exit code is 3.
    """
    from grader.classroom.requests import asked_in
    from grader.desk.requests import Odd

    found = asked_in(files, folder, _class(course, folder, roster))
    asked = [one for one in found if not isinstance(one, Odd)]
    odd = [one for one in found if isinstance(one, Odd)]
    if as_json:
        plain = {"format": FORMAT, "requests": [_plain(one) for one in asked], "odd": [[o.where, o.why] for o in odd]}
        print(json.dumps(plain, indent=1, ensure_ascii=False))
    else:
        for one in asked:
            _show(one)
        for other in odd:
            out.print(Text(f"needs a person: {other.where}: {clean(other.why, 300)}"), soft_wrap=True)
        out.print(f"requests: {len(asked)}, {len({one.id for one in asked})} students")
    raise typer.Exit(3 if odd else 0)


def _class(course: Path | None, folder: Path, roster: Path | None) -> Outgoing:
    from grader.classroom.outgoing import outgoing
    from grader.classroom.people import roster_at
    from grader.course.catalog import find_course
    from grader.course.settings import settings_of

    found = find_course(course)
    return outgoing(found, folder, roster_at(roster or settings_of(found).roster), datetime.now(UTC))


def _show(one: Asked) -> None:
    id, earned = one.row.grade.assignment, f"{points(one.score.earned)} of {points(one.score.points)}"
    decided = ", decided by a person already" if one.decided else ""
    out.print(
        Text(f"{clean(one.row.shown, 60)} ({one.id}), {id}, {one.question.id}: {earned}{decided}"), soft_wrap=True
    )
    for promise in one.failed:
        out.print(Text(f"  did not pass: {clean(promise, 200)}"), soft_wrap=True)
    for line in one.request.why.splitlines() or ["(no reason given)"]:
        out.print(Text(f"  > {clean(line, 500)}"), soft_wrap=True)
    out.print(Text(f"  {_command(one)}"), soft_wrap=True)


def _command(one: Asked) -> str:
    import shlex

    most = points(one.score.points)
    words = ["grader", "decide", one.id, one.row.grade.assignment, one.question.id, "--points", most, "--reason", "..."]
    return shlex.join(words)


def _plain(one: Asked) -> dict[str, object]:
    return {
        "student": one.row.shown,
        "id": one.id,
        "assignment": one.row.grade.assignment,
        "question": one.question.id,
        "earned": one.score.earned,
        "points": one.score.points,
        "did_not_pass": list(one.failed),
        "decided": one.decided,
        "why": one.request.why,
        "file": one.request.where,
        "page": str(one.row.page),
    }
