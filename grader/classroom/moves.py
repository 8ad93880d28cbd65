"""Whose grade is not what it was before a run, by how much, and because of which questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.classroom.roll import Row
from grader.gradebook.store import Gradebook
from grader.records import Grade
from grader.rules.changes import Change, changes


@dataclass(frozen=True, slots=True)
class Move:
    """A grade that changed.

    Attributes:
        changes: what made it another: questions, then what is about the whole.
        anew: whether it is another notebook's grade.
    """

    row: Row
    before: Grade
    changes: tuple[Change, ...]
    anew: bool

    @property
    def gained(self) -> float:
        """Points; negative when the grade fell."""
        return self.row.grade.earned - self.before.earned


def moves_of(gradebook: Gradebook, run: int, rows: Iterable[Row]) -> Iterator[Move]:
    """The moves of a run among some rows, in their order. Who had no grade before has not moved."""
    places = {(row.submission.student.key, row.grade.assignment): row for row in rows}
    moved = {(one.student, id): one for id in {id for _, id in places} for one in gradebook.moved(run, id)}
    for place, row in places.items():
        if one := moved.get(place):
            yield Move(row, one.before, changes(one.before, one.now), one.anew)
