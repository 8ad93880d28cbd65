"""Which known mistakes students made, and who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.records import Assignment, Grade, Result
from grader.report.shown import called

Holder = tuple[str, str]  # the anchor of a student's row, and the name


@dataclass(frozen=True, slots=True)
class MisconceptionView:
    question: str
    title: str  # of the question
    mistake: str
    holders: tuple[Holder, ...]


class Misconceptions:
    """Who made which known mistake."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[str, set[str]]] = {}  # its title, and the keys of students

    def add(self, result: Result, grade: Grade) -> None:
        """Look at a student's mistakes."""
        for check in result.checks:
            if check.diagnosis:
                place = (check.question, check.diagnosis.mistake)
                self._found.setdefault(place, (check.diagnosis.title, set()))[1].add(grade.student.key)

    def view(self, assignment: Assignment, holders: Mapping[str, Holder]) -> tuple[MisconceptionView, ...]:
        """The commonest first.

        Args:
            holders: of every student, by key, in the order of rows.
        """
        rank = {key: place for place, key in enumerate(holders)}
        names = {question.id: question.title for question in assignment.questions}
        found = [(place, title, sorted(keys, key=rank.__getitem__)) for place, (title, keys) in self._found.items()]
        found.sort(key=lambda one: (-len(one[2]), rank[one[2][0]]))
        return tuple(
            MisconceptionView(id, names.get(id, id), title.rstrip("."), tuple(holders[key] for key in keys))
            for (id, _), title, keys in found
        )


def holders_of(grades: Iterable[Grade], names: Mapping[str, str]) -> dict[str, Holder]:
    """Every student's anchor and name, by key, in the order of rows."""
    return {grade.student.key: (f"s{place}", called(grade.student, names)) for place, grade in enumerate(grades)}
