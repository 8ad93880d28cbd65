"""Whose grade is not what it was before a run, by how much, and because of which questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.classroom.roll import Row
from grader.gradebook.store import Gradebook
from grader.records import Grade


@dataclass(frozen=True, slots=True)
class Move:
    """A grade that changed.

    Attributes:
        questions: those that earn something else now, or whose points are others, each with what it earned before and
            what it earns now; 0 where it was not, or is not, asked.
        anew: whether it is another notebook's grade.
    """

    row: Row
    before: Grade
    questions: tuple[tuple[str, float, float], ...]
    anew: bool

    @property
    def gained(self) -> float:
        """Points; negative when the grade fell."""
        return self.row.grade.earned - self.before.earned


def moves_of(gradebook: Gradebook, run: int, rows: Iterable[Row]) -> Iterator[Move]:
    """The moves of a run among some rows, in their order. Who had no grade before has not moved."""
    places = {(row.result.submission.student.key, row.grade.assignment): row for row in rows}
    moved = {(one.student, id): one for id in {id for _, id in places} for one in gradebook.moved(run, id)}
    for place, row in places.items():
        if one := moved.get(place):
            yield Move(row, one.before, tuple(questions_moved(one.before, one.now)), one.anew)


def questions_moved(before: Grade, now: Grade) -> Iterator[tuple[str, float, float]]:
    """The questions that are worth something else, each with what it earned before and what it earns now."""
    old, new = ({s.question: (s.earned, s.points) for s in grade.scores} for grade in (before, now))
    for id in dict.fromkeys([*old, *new]):
        if old.get(id) != new.get(id):
            yield id, old.get(id, (0.0, 0.0))[0], new.get(id, (0.0, 0.0))[0]
