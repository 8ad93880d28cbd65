"""`grader roster`: who takes the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from grader.cli.options import CourseOption
from grader.cli.printing import out

if TYPE_CHECKING:
    from grader.roster.reading import ClassList
    from grader.roster.roster import Merged

TOLD = 20  # people who are named one by one


def roster(
    files: Annotated[
        list[Path], typer.Argument(help="Class lists or gradebooks as a platform exports them, as they are.")
    ],
    out_file: Annotated[
        Path | None, typer.Option("--out", help="The roster to bring up to date. Default: the course's roster.csv.")
    ] = None,
    encoding: Annotated[
        str, typer.Option(help="Of the files, such as windows-1251. Default: told from what stands in them.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    course: CourseOption = None,
) -> None:
    """Make the course's roster of class lists, or bring it up to date: new people and ids come in, nobody goes."""
    from grader.course.catalog import find_course
    from grader.course.settings import ROSTER, settings_of
    from grader.roster.reading import read_list
    from grader.roster.roster import Roster, merge, read_roster, write_roster

    path = out_file
    if path is None:
        found = find_course(course)
        path = settings_of(found).roster or found.root / ROSTER
    people = read_roster(path) if path.is_file() else Roster()
    before = len(people.people)
    lists = [read_list(file, encoding) for file in files]
    for one in lists:
        merged = merge(people, one.people)
        _tell(one, merged, before)
        people = merged.roster
    if dry_run:
        out.print("nothing was written", soft_wrap=True)
        return
    write_roster(path, people)
    out.print(Text(f"roster: {len(people.people)} people in {path}"), soft_wrap=True)


def _tell(read: ClassList, merged: Merged, before: int) -> None:
    """What a list was taken for, and what it changed."""
    table = read.table
    separator = {"\t": "tab"}.get(table.separator, table.separator)
    said = f"{table.path}: {read.form.title}, {len(read.people)} students ({table.encoding}, separator {separator})"
    out.print(Text(said), soft_wrap=True)
    for line in read.left_out:
        out.print(Text(f"  left out: {line}"), soft_wrap=True)
    if before:
        _names("added", [person.shown for person in merged.added])
        _names("not in this list, kept", [person.shown for person in merged.absent])
    for person, what, old, new in merged.changed:
        out.print(Text(f"  {person.shown} ({person.id}): {what} was {old}, is {new}"), soft_wrap=True)


def _names(what: str, names: list[str]) -> None:
    if names:
        more = f" and {len(names) - TOLD} more" if len(names) > TOLD else ""
        out.print(Text(f"  {what}: {len(names)}: {', '.join(names[:TOLD])}{more}"), soft_wrap=True)
