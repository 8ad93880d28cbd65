"""Whose a hand-in is: by an id, then a login, then an e-mail address, then a name that only one person has.

What fits two people fits nobody: then the reason is said, and a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.records import Student
from grader.roster.people import Person

INTERNAL = ("canvas", "moodle", "brightspace")  # their ids are numbers of their own, and no student number
PASSING = ("moodle",)  # a student has a new one for each assignment


@dataclass(frozen=True, slots=True)
class Match:
    """A person, or why there is none.

    Attributes:
        by: what told it: "id", "login", "email", "name", or a platform for its own ids.
    """

    person: Person | None
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of somebody: pairs of what it is and what it says, the best first.

    Attributes:
        sure: whether the pairs are facts, so that whoever has another id is another one; else they are tried.
    """

    exact: tuple[tuple[str, str], ...]
    name: str = ""
    platform: str = ""
    number: str = ""
    sure: bool = False


def clues_of(student: Student) -> Clues:
    """What a hand-in says of its student."""
    platform, mark, number = student.key.partition("//")
    if platform == "roster" and mark:
        return Clues((("id", number),))
    email = student.ids.get("email", "")
    mails = (("email", email),) if email else ()
    if mark and platform in student.ids:
        exact = ((platform, number),) if platform in INTERNAL else _any(number, platform)
        return Clues((*exact, *mails), student.name if student.name != number else "", platform, number)
    last = student.key.rpartition("/")[2] if not student.key.endswith("//bytes") else ""
    return Clues((*_any(last), *mails), student.name.rpartition("/")[2])


def clues_about(person: Person) -> Clues:
    """What one list says of a person, to find the same one in another."""
    settled = person.id in (person.login, person.email, person.name, *person.all_ids())  # it has no id of its own
    plain = (("id", "" if settled else person.id), ("login", person.login), ("email", person.email))
    ids = [(platform, id) for platform, ids in person.ids.items() for id in ids]
    return Clues((*ids, *((what, value) for what, value in plain if value)), person.name, sure=True)


def _any(value: str, *platforms: str) -> tuple[tuple[str, str], ...]:
    return tuple((what, value) for what in (*platforms, "id", "login", "email"))


class Matcher:
    """Finds people in a list."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self.tables: dict[str, dict[str, list[Person]]] = {}
        for person in self.people:
            for what, value in {*clues_about(person).exact, ("id", person.id)} - {("id", "")}:
                self.tables.setdefault(what, {}).setdefault(_folded(value), []).append(person)
        self.names = [_index(self.people, form) for form in (_words, _squeezed, _bare)]

    def find(self, clues: Clues) -> Match:
        """The one person whom the clues fit."""
        for what, value in clues.exact:
            found = self.tables.get(what, {}).get(_folded(value), [])
            if len(found) == 1:
                return Match(found[0], what)
            if found:
                return Match(None, why=f"{what} {value} is that of {len(found)} people")
        if clues.platform in INTERNAL and clues.platform not in self.tables:
            found = self.tables.get("id", {}).get(_folded(clues.number), [])
            if len(found) == 1 and self._named(clues.name) == found:  # a number of two systems may be two people's
                return Match(found[0], "id")
        return self._by_name(clues)

    def _by_name(self, clues: Clues) -> Match:
        found = self._named(clues.name)
        if not found:
            return Match(None, why="nobody has this id, login, e-mail address or name")
        if len(found) > 1:
            return Match(None, why=f"{len(found)} people have this name")
        ids = found[0].ids.get(clues.platform, ()) if clues.platform not in PASSING else ()
        if ids and clues.number not in ids:
            return Match(None, why=f"{found[0].shown} has another {clues.platform} id there: {' '.join(ids)}")
        other = self._contradicted(clues, found[0]) if clues.sure else ""
        return Match(None, why=f"{found[0].shown} has {other} there") if other else Match(found[0], "name")

    def _contradicted(self, clues: Clues, person: Person) -> str:
        """The id by which somebody of this name is somebody else."""
        own = dict(clues_about(person).exact)
        for what, value in clues.exact:
            if what not in ("login", "email", *PASSING) and what in own and _folded(own[what]) != _folded(value):
                return f"another {what}, {own[what]}"
        return ""

    def _named(self, name: str) -> list[Person]:
        forms: Sequence[Callable[[str], set[str]]] = (_words, _squeezed, _bare)
        for form, index in zip(forms, self.names, strict=True):
            found = {id(person): person for key in form(name) for person in index.get(key, ())}
            if found:
                return list(found.values())
        return []


def match_all(handed: Iterable[tuple[Student, str]], matcher: Matcher) -> dict[str, Match]:
    """A match for each student's key. Two who handed in one assignment are not one person by name alone.

    Args:
        handed: students, each with an assignment; "" where it is not known.
    """
    pairs = list(handed)
    students = {student.key: student for student, _ in pairs}
    found = {key: matcher.find(clues_of(student)) for key, student in students.items()}
    work: dict[str, set[str]] = {}
    for student, assignment in pairs:
        work.setdefault(student.key, set()).add(assignment)
    by_person: dict[str, list[str]] = {}
    for key, match in found.items():
        if match.person is not None:
            by_person.setdefault(match.person.id, []).append(key)
    for keys in by_person.values():
        named = [key for key in keys if found[key].by == "name"]
        for key in named:
            rivals = [other for other in keys if other != key and work[other] & work[key]]
            if rivals:
                shown = found[key].person
                other = students[rivals[0]].name
                found[key] = Match(None, why=f"{shown.shown if shown else ''} handed in as {other}, too")
    return found


def _index(people: Iterable[Person], form: Callable[[str], set[str]]) -> dict[str, list[Person]]:
    index: dict[str, list[Person]] = {}
    for person in people:
        for key in form(person.name):
            index.setdefault(key, []).append(person)
    return index


def _folded(value: str) -> str:
    """An id or an address as it is compared: spreadsheets take zeros from the front of a number."""
    value = unicodedata.normalize("NFKC", value).casefold().strip()
    return value.lstrip("0") or value if value.isdecimal() else value


def _parts(name: str) -> Iterator[str]:
    """The words of a name."""
    return iter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold()))


def _words(name: str) -> set[str]:
    """A name in whatever order its words stand."""
    words = sorted(_parts(name))
    return {" ".join(words)} if words else set()


def _squeezed(name: str) -> set[str]:
    """A name as Canvas writes it into file names, the last name first; and as it is spoken."""
    words = list(_parts(name))
    return {"".join([*words[at:], *words[:at]]) for at in range(len(words))}


def _bare(name: str) -> set[str]:
    """The same without accents."""
    text = unicodedata.normalize("NFKD", name)
    return _squeezed("".join(letter for letter in text if not unicodedata.combining(letter)))
