"""Whom a decision is about: a student by id, login, key or exact name. What fits two people fits nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from grader.records import Student


@dataclass(frozen=True)
class Known:
    """The people who may be meant.

    Attributes:
        students: everybody who is on the class list or handed something in.
        sections: by key, where that is known.
        complete: whether nobody else can be meant: there is a class list.
    """

    students: tuple[Student, ...] = ()
    sections: dict[str, str] = field(default_factory=dict)
    complete: bool = False

    def __post_init__(self) -> None:
        by_word: dict[str, dict[str, Student]] = {}
        for student in self.students:
            for word in words_of(student):
                by_word.setdefault(word, {})[student.key] = student
        object.__setattr__(self, "_by_word", by_word)

    _by_word: dict[str, dict[str, Student]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def find(self, named: str) -> list[Student]:
        """Who may be meant: one, if all is well."""
        return list(self._by_word.get(_plain(named), {}).values())

    def near(self, named: str) -> str:
        """The cure for a name that is nobody's."""
        near = get_close_matches(_plain(named), self._by_word, n=1)
        return f"did you mean {near[0]}?" if near else "write an id, a login or a name as the class page has it"


def words_of(student: Student) -> Iterable[str]:
    """By what a student may be named: the key, what follows a platform's name in it, ids, the name."""
    return {
        _plain(word) for word in (student.key, student.key.rpartition("//")[2], *student.ids.values(), student.name)
    }


def told_apart(students: Iterable[Student]) -> str:
    """Several people, each with what only that one has."""
    return " and ".join(f"{one.name} ({next(iter(one.ids.values()), one.key)})" for one in students)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", " ".join(word.split()))
