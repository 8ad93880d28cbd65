"""What a group hands in is handed in by each of its members."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from grader.intake.claims import Claim
from grader.records import Student
from grader.roster.matching import clues_of
from grader.roster.people import Person
from grader.roster.roster import Roster, student_of


@dataclass(frozen=True, slots=True)
class Groups:
    """Who hands in together.

    Attributes:
        together: what one member hands in under the own name is the group's, too.
    """

    roster: Roster
    together: bool = False


def with_members(claims: Iterable[Claim], groups: Groups | None) -> list[Claim]:
    """The claims; those of a group that is known are all its members'."""
    if groups is None or not groups.roster.groups:
        return list(claims)
    named = {_squeezed(name): name for name in groups.roster.groups}
    return [_whole(claim, groups, named) for claim in claims]


def _whole(claim: Claim, groups: Groups, named: dict[str, str]) -> Claim:
    if len(claim.students) != 1:
        return claim  # nobody's, or a group whose members the platform names
    student = _without_group(claim.students[0], named)
    person = groups.roster.matcher.find(clues_of(student)).person
    group = next((named[name] for name in _names(claim, claim.students[0]) if name in named), "")
    if not group and groups.together and person is not None:
        group = person.group
    members = groups.roster.groups.get(group, ())
    if not members or (person is not None and person not in members):
        return claim
    return replace(claim, students=tuple(_students(student, person, members)), group=group)


def _without_group(student: Student, named: dict[str, str]) -> Student:
    """The student under the own name, where the platform puts the group's before it: "Group 7-Ada Ng"."""
    for cut in re.finditer("-", student.name):
        if _squeezed(student.name[: cut.start()]) in named:
            return replace(student, name=student.name[cut.end() :].strip() or student.name)
    return student


def _students(student: Student, person: Person | None, members: Iterable[Person]) -> Iterator[Student]:
    platform, mark, _ = student.key.partition("//")
    for member in members:
        yield student if member is person else student_of(member, platform if mark else "")


def _names(claim: Claim, student: Student) -> Iterator[str]:
    """What may be the group's name: what the platform says it is, or what it puts in the place of a name."""
    yield from filter(None, map(_squeezed, (claim.group, student.name, student.name.rpartition("/")[2])))
    for cut in re.finditer("-", student.name):
        yield _squeezed(student.name[: cut.start()])


def _squeezed(name: str) -> str:
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold()))
