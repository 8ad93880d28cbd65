"""The parts of a class page, in a template's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.records import Assignment, Grade, Result, Unreadable
from grader.report.cohort.human import human_view
from grader.report.cohort.numbers import NumbersView, numbers_view
from grader.report.cohort.questions import RateView, rates_view
from grader.report.cohort.students import RowView, rows_view
from grader.text import points


@dataclass(frozen=True, slots=True)
class ClassView:
    """What `class.html` sees as `page`; each field but the first two is what one part shows."""

    title: str
    points: str
    numbers: NumbersView
    human: tuple[tuple[str, str], ...]
    rates: tuple[RateView, ...]
    rows: tuple[RowView, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Those of a class who have no grade, and how everybody is called.

    Attributes:
        unreadable: who handed in something that is no notebook.
        doubtful: who handed in and is not clearly somebody of the roster: name, reason.
        absent: the names of those who handed in nothing.
        names: how students are called here, by key, where two look the same.
    """

    unreadable: tuple[Unreadable, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def class_view(
    assignment: Assignment,
    graded: Sequence[tuple[Result, Grade]],
    lists: Lists,
) -> ClassView:
    """The page of one assignment's class."""
    return ClassView(
        title=assignment.title,
        points=points(assignment.points),
        numbers=numbers_view([grade for _, grade in graded]),
        human=(*human_view(graded, lists.unreadable, lists.names), *lists.doubtful),
        rates=rates_view(assignment, graded),
        rows=rows_view(graded, lists.names),
        absent=lists.absent,
    )
