"""`grader export`: grades into the file that a platform takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from grader.cli.options import CourseOption, RosterOption, Walls
from grader.cli.printing import out
from grader.errors import UsageError
from grader.text import clean

if TYPE_CHECKING:
    from grader.course.catalog import Course
    from grader.exports.entries import Entry, Options, Told, Work
    from grader.records import FeedbackLevel

TOLD = 20  # grades that changed, named one by one


class Builder(StrEnum):
    """Who runs this grader by itself."""

    GRADESCOPE = "gradescope"


class Platform(StrEnum):
    """Who takes the grades."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    BRIGHTSPACE = "brightspace"
    GRADESCOPE = "gradescope"
    GITHUB = "github"
    NBGRADER = "nbgrader"
    JSON = "json"


FILLED = (Platform.CANVAS, Platform.MOODLE, Platform.BLACKBOARD, Platform.BRIGHTSPACE)  # a file of theirs is filled
ENDS = {Platform.NBGRADER: "csv", Platform.JSON: "json", Platform.GRADESCOPE: "json", Platform.BRIGHTSPACE: "csv"}


def export(
    platform: Annotated[Platform, typer.Argument(help="Who takes the grades.")],
    file: Annotated[
        Path | None, typer.Argument(help="What the platform exported: it is filled, all else in it stays as it is.")
    ] = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="Where to write. Default: beside the results, named for the platform.")
    ] = None,
    folder: Annotated[Path, typer.Option("--from", help="The results: what `grader run --out` wrote.")] = Path(
        "grades"
    ),
    assignment: Annotated[
        list[str] | None, typer.Option(help="Which ones. Default: all that anybody has a grade for.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="ASSIGNMENT=TITLE: the column that takes its grades. Default: of its name.")
    ] = None,
    student: Annotated[str, typer.Option(help="Whose, for gradescope: an id, login, e-mail address or name.")] = "",
    pages: Annotated[
        Path | None, typer.Option(help="Write the feedback pages, too: a zip, with the names that the platform wants.")
    ] = None,
    now: Annotated[bool, typer.Option("--now", help="With --pages: also what is not released yet.")] = False,
    schema: Annotated[Path | None, typer.Option(help="For json: write the JSON Schema, too.")] = None,
    missing: Annotated[
        str, typer.Option(help="For who handed in nothing: empty, or zero once the deadline is past.")
    ] = "empty",
    with_unjudged: Annotated[
        bool, typer.Option("--with-unjudged", help="Write the points so far where a person must still look.")
    ] = False,
    scale: Annotated[
        bool, typer.Option("--scale", help="Convert points where the platform's maximum is another.")
    ] = False,
    encoding: Annotated[str, typer.Option(help="Of FILE. Default: told from what stands in it.")] = "",
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Write grades for a platform: fill the file that it exported, or make what it takes. Nothing is graded.

    Who cannot be matched, or is not judged yet, is listed, left as they were, and the exit code is 3.
    """
    from grader.classroom.outgoing import outgoing
    from grader.classroom.people import roster_at
    from grader.course.catalog import find_course
    from grader.course.settings import settings_of
    from grader.exports.entries import Options

    if missing not in ("empty", "zero"):
        raise UsageError(f"--missing {missing}: there are empty, zero")
    found = find_course(course)
    options = Options(missing == "zero", with_unjudged, scale, _columns(found, column or []))
    people = roster_at(roster or settings_of(found).roster)
    class_ = outgoing(found, folder, people, datetime.now(UTC))
    works = class_.works(assignment or [])
    target = out_file or folder / f"{platform.value}{file.suffix if file else '.' + ENDS.get(platform, 'csv')}"
    told: list[Told] = []
    if platform is not Platform.GITHUB:
        data, one = _made(platform, file, encoding, found, works, options, student)
        _write(target, data)
        told.append(one)
        _tell(one, f"{platform.value}: {one.written} grades in {target}")
    if pages:
        held = [] if now else class_.held(works)
        if held:
            out.print(Text(f"pages: not released yet: {', '.join(work.id for work in held)}; --now takes them, too"))
        told.append(_pages(platform, pages, [work for work in works if work not in held]))
    if schema:
        from grader.exports.plain import schema as text

        _write(schema, text().encode())
    raise typer.Exit(3 if any(one.left for one in told) else 0)


def package(
    platform: Annotated[Builder, typer.Argument(help="Who is to run it.")],
    assignment: Annotated[str, typer.Argument(help="Which assignment.")],
    out_file: Annotated[Path | None, typer.Option("--out", help="The zip. Default: named for the assignment.")] = None,
    walls: Annotated[
        Walls, typer.Option(help="The sandbox there. none: students' code can read the suite.")
    ] = Walls.AUTO,
    course: CourseOption = None,
) -> None:
    """Make an autograder for a platform: a zip that is uploaded once and grades each submission there."""
    from grader.authoring.autograder import package as packed
    from grader.course.catalog import find_course

    found = find_course(course)
    path = out_file or Path(f"{platform.value}-{assignment}.zip")
    data = packed(found, assignment, walls.value)
    _write(path, data)
    out.print(Text(f"autograder: {path} ({len(data) / 1e6:.1f} MB)"), soft_wrap=True)


def _columns(course: Course, said: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in said:
        id, equals, title = one.partition("=")
        if not equals or not title.strip():
            raise UsageError(f"--column {one}: write ASSIGNMENT=TITLE")
        found[course.assignment(id.strip()).id] = title.strip()
    return found


def _made(
    platform: Platform,
    file: Path | None,
    encoding: str,
    course: Course,
    works: list[Work],
    options: Options,
    student: str,
) -> tuple[bytes, Told]:
    """The bytes of the file for a platform. Raises UsageError."""
    from grader.exports import brightspace, gradescope, nbgrader, plain

    if file is not None and platform not in FILLED:
        raise UsageError(f"{file}: for {platform.value} no file is filled; leave it out")
    if platform in FILLED and file is not None:
        return _filled(platform, file, encoding, works, options)
    if platform is Platform.BRIGHTSPACE:
        return brightspace.made(works, options)
    if platform in FILLED:
        raise UsageError(f"name the file that {platform.value.capitalize()} exported: it is filled, and imported again")
    if platform is Platform.NBGRADER:
        return nbgrader.table(works, options)
    if platform is Platform.JSON:
        return plain.json_of(works, options)
    work, entry = _one(works, student)
    return gradescope.results(entry, work, _level(course, work.id))


def _filled(platform: Platform, file: Path, encoding: str, works: list[Work], options: Options) -> tuple[bytes, Told]:
    from grader.exports.blackboard import BLACKBOARD
    from grader.exports.brightspace import BRIGHTSPACE
    from grader.exports.canvas import CANVAS
    from grader.exports.filling import fill
    from grader.exports.moodle import MOODLE
    from grader.roster.reading import read_list

    if platform is Platform.MOODLE and len(works) > 1:
        ids = ", ".join(work.id for work in works)
        raise UsageError(f"a worksheet of Moodle is of one assignment; say which: --assignment, of {ids}")
    forms = {form.name: form for form in (CANVAS, MOODLE, BLACKBOARD, BRIGHTSPACE)}
    return fill(forms[platform.value], read_list(file, encoding), works, options)


def _one(works: Sequence[Work], student: str) -> tuple[Work, Entry]:
    """The one entry that is meant. Raises UsageError."""
    from grader.exports.entries import State
    from grader.records import Student
    from grader.roster.matching import Matcher, clues_of

    entries = [(work, entry) for work in works for entry in work.entries if entry.state is not State.MISSING]
    if student:
        people = {id(entry.person): entry.person for _, entry in entries}
        match = Matcher(people.values()).find(clues_of(Student.named(student)))
        if match.person is None:
            raise UsageError(f"--student {student}: {match.why}")
        entries = [(work, entry) for work, entry in entries if entry.person == match.person]
    if len(entries) != 1:
        raise UsageError(
            f"results.json is of one submission, and there are {len(entries)}; use --student, --assignment"
        )
    return entries[0]


def _level(course: Course, assignment: str) -> FeedbackLevel:
    from grader.course.settings import settings_of

    return settings_of(course).of(assignment).feedback.level


def _pages(platform: Platform, path: Path, works: list[Work]) -> Told:
    from grader.exports.feedback import NAMES, archive

    if platform.value not in NAMES:
        raise UsageError(f"--pages: {platform.value} takes no pages; `json` makes an archive with ids and names")
    data, told = archive(works, NAMES[platform.value])
    _write(path, data)
    _tell(told, f"pages: {told.written} in {path}")
    return told


def _write(path: Path, data: bytes) -> None:
    """Write the file whole, or not at all. Raises UsageError."""
    from grader.folders import replacing

    try:
        with replacing(path) as new:
            new.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another with --out") from error


def _tell(told: Told, last: str) -> None:
    for line in told.said:
        out.print(Text(line), soft_wrap=True)
    for who, before, now in told.changed[:TOLD]:
        out.print(Text(f"changed: {clean(who, 60)}: {clean(before, 40)} was there, now {now}"), soft_wrap=True)
    if len(told.changed) > TOLD:
        out.print(f"changed: and {len(told.changed) - TOLD} more")
    for who, why in told.left:
        out.print(Text(f"needs a person: {clean(who, 60)}: {clean(why, 300)}"), soft_wrap=True)
    out.print(Text(last), soft_wrap=True)
