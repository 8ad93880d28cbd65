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
from grader.roster.roster import Roster, read_roster, student_of


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
        if key in self.matches:
            return self.matches[key].person
        known = self.roster.by_id if self.roster else {}
        return known.get(key.removeprefix("roster//"))

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


def roster_at(path: Path | None) -> Roster | None:
    """The roster in a file; None where none is named.

    Raises UsageError for a file that is not there, FileFaults for one with faults.
    """
    if path is None:
        return None
    if not path.is_file():
        raise UsageError(f"{path}: there is no such roster; `grader roster FILE` makes one of a class list")
    return read_roster(path)


def groups_at(path: Path | None, roster: Roster | None) -> Roster | None:
    """The people in the groups that a file says, else in the roster's; without a roster, whom the file names.

    Raises as `roster_at`, and UsageError for a file without groups.
    """
    if path is None:
        return roster
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file of groups")
    people = read_list(path, own=True).people
    if not any(person.group for person in people):
        raise UsageError(f"{path}: nobody in it has a group; give it a column `group`")
    return roster.with_groups(people) if roster else read_roster(path)
