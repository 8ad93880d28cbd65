"""Which known mistakes students made, and who; and wrong answers that are the same and that none explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.records import Assignment, Check, Grade, Result, Status, Student
from grader.report.code import CodeView, code_view
from grader.report.shown import called, shell
from grader.report.student.answer import cells_of
from grader.text import clean

Holder = tuple[str, str]  # the anchor of a student's row, and the name
Whole = Callable[[Student], Result | None]  # all of what counts for a student, cells included

MOST = 40  # groups of one kind that are shown
LEAST = 2  # students that make a group


@dataclass(frozen=True, slots=True)
class MisconceptionView:
    question: str
    title: str  # of the question
    mistake: str
    holders: tuple[Holder, ...]


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


def misconceptions_view(
    assignment: Assignment, graded: Sequence[tuple[Result, Grade]], holders: Mapping[str, Holder]
) -> tuple[MisconceptionView, ...]:
    """The commonest first.

    Args:
        holders: of every student, by key.
    """
    found: dict[tuple[str, str], dict[str, Holder]] = {}
    titles: dict[tuple[str, str], str] = {}
    for result, grade in graded:
        for check in result.checks:
            if check.diagnosis:
                place = (check.question, check.diagnosis.mistake)
                titles[place] = check.diagnosis.title
                found.setdefault(place, {})[grade.student.key] = holders[grade.student.key]
    names = {question.id: question.title for question in assignment.questions}
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return tuple(
        MisconceptionView(place[0], names.get(place[0], place[0]), titles[place].rstrip("."), tuple(who.values()))
        for place, who in ordered
    )


def unexplained_view(
    assignment: Assignment,
    graded: Sequence[tuple[Result, Grade]],
    holders: Mapping[str, Holder],
    whole: Whole,
    out: str,
) -> tuple[UnexplainedView, ...]:
    """Groups of the same wrong answer, the largest first.

    Args:
        out: the folder of results, as a command names it.
    """
    groups: dict[tuple[str, ...], list[tuple[Grade, Check]]] = {}
    for result, grade in graded:
        for place, first in _unexplained(result):
            groups.setdefault(place, []).append((grade, first))
    ordered = sorted((g for g in groups.items() if len(g[1]) >= LEAST), key=lambda item: -len(item[1]))
    return tuple(_group(assignment, place[0], own, holders, whole, out) for place, own in ordered[:MOST])


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
    assignment: Assignment,
    id: str,
    group: Sequence[tuple[Grade, Check]],
    holders: Mapping[str, Holder],
    whole: Whole,
    out: str,
) -> UnexplainedView:
    question = assignment.question(id)
    (first, check), result = group[0], whole(group[0][0].student)
    cells = cells_of(question, result.submission) if result else ()
    return UnexplainedView(
        question=id,
        title=question.title,
        message=clean(check.trace.said if check.trace else check.message, 300),
        holders=tuple(holders[grade.student.key] for grade, _ in group),
        code=tuple(code_view(cell.number, cell.source, (), "") for cell in cells),
        command=f"grader mistake {assignment.id} {id} {shell(first.student.key)} --out {shell(out)}",
    )


def holders_of(graded: Sequence[tuple[Result, Grade]], names: Mapping[str, str]) -> dict[str, Holder]:
    """Every student's anchor and name, by key, in the order of rows."""
    return {grade.student.key: (f"s{place}", called(grade.student, names)) for place, (_, grade) in enumerate(graded)}
