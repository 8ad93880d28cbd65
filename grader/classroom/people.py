"""Who the people behind hand-ins are, by the roster as it is now: correcting it changes no stored grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.intake.people import shown_names
from grader.records import Student
from grader.roster.matching import Match, match_all
from grader.roster.people import Person
from grader.roster.reading import read_list
from grader.roster.roster import FILE, Roster, read_roster, student_of


@dataclass(frozen=True)
class People:
    """The students of a class.

    Attributes:
        roster: None where the course has none: then everybody is who the hand-in says.
        matches: by the key of a student.
        students: by key, as they handed in.
    """

    roster: Roster | None
    matches: dict[str, Match]
    students: dict[str, Student]

    def person(self, key: str) -> Person | None:
        """Who a student is in the roster."""
        match = self.matches.get(key)
        return match.person if match else None

    def called(self, student: Student) -> Student:
        """The student under the roster's name, with the roster's id before the platform's; the key stays."""
        person = self.person(student.key)
        return student if person is None else Student(student.key, person.shown, {"id": person.id, **student.ids})

    def names(self) -> dict[str, str]:
        """Everybody's name by key, told from others that look the same; two keys of one person have one name."""
        own = [(key, self.person(key)) for key in self.students]
        people = self.roster.people if self.roster else ()
        whole = {person.id: Student(f"roster//{person.id}", person.shown, {"id": person.id}) for person in people}
        strangers = [self.students[key] for key, person in own if person is None]
        shown = shown_names([*whole.values(), *strangers])
        return {f"roster//{id}": shown[f"roster//{id}"] for id in whole} | {
            key: shown[f"roster//{person.id}" if person else key] for key, person in own
        }

    def strangers(self) -> dict[str, str]:
        """Who handed in and is not in the roster, by key, with the reason."""
        return {key: match.why for key, match in self.matches.items() if match.person is None}

    def absent(self, present: Iterable[str]) -> list[Student]:
        """Everybody of the roster but those behind some keys."""
        if self.roster is None:
            return []
        there = {person.id for key in present if (person := self.person(key))}
        return [
            Student(f"roster//{person.id}", person.shown, {"id": person.id, **student_of(person).ids})
            for person in self.roster.people
            if person.id not in there
        ]


def people_of(roster: Roster | None, handed: Iterable[tuple[Student, str]]) -> People:
    """The people behind students, each with an assignment that they handed in ("" where it is not known)."""
    pairs = list(handed)
    matches = match_all(pairs, roster.matcher) if roster else {}
    return People(roster, matches, {student.key: student for student, _ in pairs})


def find_roster(root: Path, named: Path | None = None) -> Roster | None:
    """The roster that is named, or that of the course in a folder; None where there is none.

    Raises UsageError for a file that is not there, CourseError or FileFaults for one with faults.
    """
    if named is not None and not named.is_file():
        raise UsageError(f"{named}: there is no such roster; `grader roster FILE` makes one of a class list")
    path = named or root / FILE
    return read_roster(path) if path.is_file() else None


def with_groups(roster: Roster | None, path: Path) -> Roster:
    """The roster with the groups of a file; without a roster, the people whom the file names.

    Raises as `find_roster`.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file of groups")
    people = read_list(path, own=True).people
    if not any(person.group for person in people):
        raise UsageError(f"{path}: nobody in it has a group; give it a column `group`")
    return roster.with_groups(people) if roster else read_roster(path)
