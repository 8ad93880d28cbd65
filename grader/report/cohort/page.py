"""The parts of a class page, in a template's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.records import Assignment, Grade, Result, Standing, Student, Unreadable
from grader.report.cohort.board import Boards, BoardView
from grader.report.cohort.human import human_view, torn_view
from grader.report.cohort.items import Items, ItemView
from grader.report.cohort.misconceptions import Misconceptions, MisconceptionView, holders_of
from grader.report.cohort.moved import Moved, MovedView, moved_view
from grader.report.cohort.numbers import NumbersView, numbers_view
from grader.report.cohort.students import Present, RowView, in_order, rows_view
from grader.report.cohort.unexplained import Unexplained, UnexplainedView, Whole
from grader.report.shown import called
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
    boards: tuple[BoardView, ...]
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
        board: whether quests have a board.
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
    board: bool = False
    out: str = "grades"


def class_view(assignment: Assignment, graded: Iterable[tuple[Result, Grade]], lists: Lists) -> ClassView:
    """The page of one assignment's class. Of each result only what the page needs is kept."""
    present: list[Present] = []
    human: list[tuple[str, str, str]] = []  # the name, the key, and why
    items, misconceptions, unexplained = Items(assignment), Misconceptions(), Unexplained()
    boards = Boards(assignment if lists.board else None)
    for result, grade in graded:
        present.append(Present.of(result, grade))
        who = called(grade.student, lists.names)
        human += [(who, grade.student.key, why) for why in human_view(result, grade)]
        misconceptions.add(result, grade)
        unexplained.add(result, grade)
        if grade.status is not Standing.EXCUSED:
            items.add(result, grade)
            boards.add(result)
    ordered = in_order(present)
    grades = [one.grade for one in ordered]
    holders = holders_of(grades, lists.names)
    return ClassView(
        title=assignment.title,
        points=points(grades[0].points if grades else assignment.points),  # without those that were dropped
        numbers=numbers_view([grade for grade in grades if grade.status is not Standing.EXCUSED]),
        human=(
            *((who, why) for who, _, why in sorted(human, key=lambda one: one[:2])),
            *torn_view(assignment.id, lists.unreadable, lists.names),
            *lists.doubtful,
        ),
        moved=moved_view(lists.moved, holders),
        items=items.view(),
        misconceptions=misconceptions.view(assignment, holders),
        unexplained=unexplained.view(assignment, holders, lists.whole, lists.out),
        alike=tuple((holders[a][1], holders[b][1], round(100 * share)) for a, b, share in lists.alike),
        boards=boards.view(),
        rows=rows_view(ordered, holders, lists.sections),
        absent=lists.absent,
    )
