"""Wrong answers that are the same, and that no known mistake explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.records import Assignment, Check, Grade, Result, Status, Student
from grader.report.code import CodeView, code_view
from grader.report.cohort.misconceptions import Holder
from grader.report.shown import shell
from grader.report.student.answer import cells_of
from grader.text import clean

Whole = Callable[[Student], Result | None]  # all of what counts for a student, cells included
_Own = tuple[Student, str]  # and what their first failed check says

MOST = 40  # groups of one kind that are shown
LEAST = 2  # students that make a group


@dataclass(frozen=True, slots=True)
class UnexplainedView:
    """A group of students with the same wrong answer.

    Attributes:
        message: what the first failed check says.
        code: of one of them.
        command: that starts the mistake's file from it.
    """

    question: str
    title: str
    message: str
    holders: tuple[Holder, ...]
    code: tuple[CodeView, ...]
    command: str


class Unexplained:
    """Whose wrong answers are the same."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], list[_Own]] = {}

    def add(self, result: Result, grade: Grade) -> None:
        """Look at a student's wrong answers."""
        for place, first in _unexplained(result):
            said = clean(first.trace.said if first.trace else first.message, 300)
            self._groups.setdefault(place, []).append((grade.student, said))

    def view(
        self, assignment: Assignment, holders: Mapping[str, Holder], whole: Whole, out: str
    ) -> tuple[UnexplainedView, ...]:
        """Groups of the same wrong answer, the largest first.

        Args:
            holders: of every student, by key, in the order of rows.
            out: the folder of results, as a command names it.
        """
        rank = {key: place for place, key in enumerate(holders)}
        groups = [
            (place[0], sorted(own, key=lambda one: rank[one[0].key]))
            for place, own in self._groups.items()
            if len(own) >= LEAST
        ]
        groups.sort(key=lambda group: (-len(group[1]), rank[group[1][0][0].key]))
        return tuple(_group(assignment, id, own, holders, whole, out) for id, own in groups[:MOST])


def _unexplained(result: Result) -> Iterator[tuple[tuple[str, ...], Check]]:
    """For each question whose wrong answer no mistake explains: its id and what all failed checks were told."""
    by_question: dict[str, list[Check]] = {}
    for check in result.checks:
        if check.status is Status.FAILED:
            by_question.setdefault(check.question, []).append(check)
    for id, failed in by_question.items():
        told = [check for check in failed if check.fingerprint]
        if told and not any(check.diagnosis for check in failed):
            yield (id, *(f"{check.name} {check.fingerprint}" for check in told)), told[0]


def _group(
    assignment: Assignment, id: str, group: Sequence[_Own], holders: Mapping[str, Holder], whole: Whole, out: str
) -> UnexplainedView:
    question = assignment.question(id)
    (first, said), result = group[0], whole(group[0][0])
    cells = cells_of(question, result.submission) if result else ()
    return UnexplainedView(
        question=id,
        title=question.title,
        message=said,
        holders=tuple(holders[student.key] for student, _ in group),
        code=tuple(code_view(cell.number, cell.source, (), "") for cell in cells),
        command=f"grader mistake {assignment.id} {id} {shell(first.key)} --out {shell(out)}",
    )
