"""Whose points are not what they were before this run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.report.cohort.misconceptions import Holder
from grader.text import points


@dataclass(frozen=True, slots=True)
class Moved:
    """A grade that changed: the student's key, points before and after, and the questions that made the difference."""

    student: str
    before: float
    after: float
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedView:
    """Rows of anchor, name, points before and after, difference, and why."""

    rows: tuple[tuple[str, str, str, str, str, str], ...]


def moved_view(moved: Sequence[Moved], holders: Mapping[str, Holder]) -> MovedView:
    """The largest change first."""
    known = [one for one in moved if one.student in holders]
    ordered = sorted(known, key=lambda one: -abs(one.after - one.before))
    return MovedView(
        tuple(
            (
                *holders[one.student],
                points(one.before),
                points(one.after),
                f"{'+' if one.after > one.before else '−'}{points(abs(one.after - one.before))}",
                ", ".join(one.questions),
            )
            for one in ordered
        )
    )
