"""The course's own list, `roster.csv`: read, brought up to date from another list, written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from grader.errors import CourseError, FileFaults, UsageError
from grader.folders import replacing
from grader.records import Student
from grader.roster.matching import Matcher, clues_about
from grader.roster.people import PLATFORMS, Person, faults_in
from grader.roster.reading import read_list
from grader.text import identity

FIRST = ("id", "name", "email", "section")  # columns that are always there
BOM = "\ufeff"  # without it, spreadsheets on Windows take UTF-8 for the local code page
_FORMULA = re.compile(r"\s*[=+\-@]")


@dataclass(frozen=True)
class Roster:
    """Everybody who takes the course, each with an id."""

    people: tuple[Person, ...] = ()

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.people)

    @cached_property
    def by_id(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def groups(self) -> dict[str, tuple[Person, ...]]:
        """Who hands in together, by the name of the group."""
        names = dict.fromkeys(person.group for person in self.people if person.group)
        return {name: tuple(person for person in self.people if person.group == name) for name in names}

    def with_groups(self, people: Iterable[Person]) -> Roster:
        """The same people in the groups of another list. Raises FileFaults for whom it does not know."""
        groups: dict[str, str] = {}
        faults = []
        for other in people:
            match = self.matcher.find(clues_about(other))
            if match.person is None:
                faults.append(
                    CourseError(other.where, f"{other.shown}: {match.why}", "correct it, or add them to the roster")
                )
            elif groups.setdefault(match.person.id, other.group) != other.group:
                faults.append(CourseError(other.where, f"{other.shown} is in two groups", "remove one"))
        if faults:
            raise FileFaults(faults)
        return Roster(tuple(replace(one, group=groups.get(one.id, one.group)) for one in self.people))


@dataclass(frozen=True)
class Merged:
    """What became of a roster when another list was read into it.

    Attributes:
        changed: what is now said otherwise: the person, the column, before, now.
        absent: who is in the roster and not in the list.
    """

    roster: Roster
    added: tuple[Person, ...]
    changed: tuple[tuple[Person, str, str, str], ...] = field(default=())
    absent: tuple[Person, ...] = ()


def read_roster(path: Path) -> Roster:
    """The roster in a file: the course's own, or a class list as a platform exports it.

    Raises UsageError, or FileFaults with a line for each fault.
    """
    people = [person.settled() for person in read_list(path, own=True).people]
    if faults := faults_in(people):  # one's id may be what another's was settled to be
        raise FileFaults(faults)
    return Roster(tuple(people))


def student_of(person: Person, platform: str = "") -> Student:
    """A person as somebody who handed in: as the platform would say it, if it is known there."""
    own = person.ids.get(platform, ())[:1]
    if own:
        return Student(f"{platform}//{identity(own[0])}", person.shown, {platform: own[0]})
    return Student(f"roster//{person.id}", person.shown, {})


def merge(roster: Roster, people: Sequence[Person]) -> Merged:
    """The roster with what another list says: new people, and more of those who are there. Nobody is removed.

    Raises FileFaults for each one who is not clearly somebody: nothing is merged then.
    """
    now = {person.id: person for person in roster.people}
    added: list[Person] = []
    changed: list[tuple[Person, str, str, str]] = []
    faults: list[CourseError] = []
    met: dict[str, Person] = {}
    for person in people:
        match = roster.matcher.find(clues_about(person))
        old = match.person
        if old is None:
            if "people" in match.why:
                faults.append(CourseError(person.where, f"{person.shown}: {match.why}", "give them ids in the roster"))
            added.append(person.settled())
        elif old.id in met:
            said = f"{person.shown} is {old.shown} of the roster, and so is {met[old.id].shown} ({met[old.id].where})"
            faults.append(CourseError(person.where, said, "give both an id"))
        else:
            met[old.id] = person
            now[old.id], news = _joined(old, person)
            changed += news
    whole = [*now.values(), *added]
    faults = faults or faults_in(whole)
    if faults:
        raise FileFaults(faults)
    absent = tuple(person for person in roster.people if person.id not in met)
    return Merged(Roster(tuple(whole)), tuple(added), tuple(changed), absent)


def _joined(old: Person, new: Person) -> tuple[Person, list[tuple[Person, str, str, str]]]:
    """One person of two lists: the newer one counts where they differ, but for the id."""
    said = {name: getattr(new, name) or getattr(old, name) for name in ("name", "email", "login", "section", "group")}
    ids = {**old.ids}
    for platform, values in new.ids.items():
        ids[platform] = tuple(dict.fromkeys([*ids.get(platform, ()), *values]))
    joined = replace(old, **said, ids=ids, more={**old.more, **new.more})
    news = [
        (joined, name, before, now)
        for name, now in said.items()
        if (before := str(getattr(old, name))) and before != now
    ]
    return joined, news


def write_roster(path: Path, roster: Roster) -> None:
    """Write the file whole, or not at all. Raises UsageError."""
    try:
        with replacing(path) as new:
            new.write_text(BOM + written(roster), encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; close what has it open") from error


def written(roster: Roster) -> str:
    """The text of `roster.csv`: as few columns as it takes, ids of platforms last."""
    more = list(dict.fromkeys(key for person in roster.people for key in person.more))
    plain = [name for name in ("login", "group") if any(getattr(person, name) for person in roster.people)]
    platforms = [name for name in PLATFORMS if any(name in person.ids for person in roster.people)]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*FIRST, *plain, *platforms, *more])
    for one in roster.people:
        own = [str(getattr(one, name)) for name in (*FIRST, *plain)]
        ids = [" ".join(one.ids.get(platform, ())) for platform in platforms]
        rows.writerow(
            [
                f"'{cell}" if _FORMULA.match(cell) else cell
                for cell in (*own, *ids, *(one.more.get(k, "") for k in more))
            ]
        )
    return text.getvalue()
