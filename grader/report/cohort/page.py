"""The parts of a class page, in a template's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.records import Assignment, Grade, Result, Standing, Student, Unreadable
from grader.report.cohort.human import human_view
from grader.report.cohort.items import ItemView, items_view
from grader.report.cohort.misconceptions import (
    MisconceptionView,
    UnexplainedView,
    Whole,
    holders_of,
    misconceptions_view,
    unexplained_view,
)
from grader.report.cohort.moved import Moved, MovedView, moved_view
from grader.report.cohort.numbers import NumbersView, numbers_view
from grader.report.cohort.students import RowView, in_order, rows_view
from grader.text import points


@dataclass(frozen=True, slots=True)
class ClassView:
    """What `class.html` sees as `page`; each field but the first two is what one part shows.

    Attributes:
        alike: pairs of near-identical submissions: two names, and percent.
    """

    title: str
    points: str
    numbers: NumbersView
    human: tuple[tuple[str, str], ...]
    moved: MovedView
    items: tuple[ItemView, ...]
    misconceptions: tuple[MisconceptionView, ...]
    unexplained: tuple[UnexplainedView, ...]
    alike: tuple[tuple[str, str, int], ...]
    rows: tuple[RowView, ...]
    absent: tuple[str, ...]


def _nothing(student: Student) -> Result | None:
    return None


@dataclass(frozen=True, slots=True)
class Lists:
    """What is known of a class beside its grades.

    Attributes:
        unreadable: who handed in something that is no notebook.
        doubtful: who handed in and is not clearly somebody of the roster: name, reason.
        absent: the names of those who handed in nothing.
        names: how students are called here, by key, where two look the same.
        sections: of the roster, by key.
        moved: whose points are not what they were before this run: key, before, after.
        alike: whose code is nearly the same: two keys, and the share of it.
        whole: what a student handed in, with its cells; those of `graded` have none.
        out: the folder of results, as a command names it.
    """

    unreadable: tuple[Unreadable, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()
    alike: tuple[tuple[str, str, float], ...] = ()
    whole: Whole = _nothing
    out: str = "grades"


def class_view(assignment: Assignment, graded: Sequence[tuple[Result, Grade]], lists: Lists) -> ClassView:
    """The page of one assignment's class."""
    ordered, counted = in_order(graded), [pair for pair in graded if pair[1].status is not Standing.EXCUSED]
    holders = holders_of(ordered, lists.names)
    return ClassView(
        title=assignment.title,
        points=points(graded[0][1].points if graded else assignment.points),  # without those that were dropped
        numbers=numbers_view([grade for _, grade in counted]),
        human=(*human_view(assignment.id, graded, lists.unreadable, lists.names), *lists.doubtful),
        moved=moved_view(lists.moved, holders),
        items=items_view(assignment, counted),
        misconceptions=misconceptions_view(assignment, ordered, holders),
        unexplained=unexplained_view(assignment, ordered, holders, lists.whole, lists.out),
        alike=tuple((holders[a][1], holders[b][1], round(100 * share)) for a, b, share in lists.alike),
        rows=rows_view(ordered, holders, lists.sections),
        absent=lists.absent,
    )
