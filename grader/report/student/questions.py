"""The questions of a page, by section: what was promised, what came of it, the hint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.records import Assignment, Check, Grade, Question, Result, Score, Status
from grader.report.shown import LineView, lines, said
from grader.text import clean, points


@dataclass(frozen=True, slots=True)
class CheckView:
    status: str
    promise: str
    message: str
    error: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: str
    title: str
    section: str
    status: str
    earned: str
    points: str
    percent: int
    waits_for: tuple[str, ...]
    diagnosis: str
    hint: str
    not_written: bool
    only_guards: bool
    note: str
    checks: tuple[CheckView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    name: str
    questions: tuple[QuestionView, ...]


def sections_view(result: Result, grade: Grade, assignment: Assignment) -> tuple[SectionView, ...]:
    """Questions under their sections' names, both in the assignment's order."""
    questions = tuple(
        _question(assignment, question, score, [c for c in result.checks if c.question == question.id])
        for question, score in zip(assignment.questions, grade.scores, strict=True)
    )
    names = dict.fromkeys(question.section for question in questions)
    return tuple(SectionView(name, tuple(q for q in questions if q.section == name)) for name in names)


def _question(assignment: Assignment, question: Question, score: Score, checks: Sequence[Check]) -> QuestionView:
    diagnosis = next((check.diagnosis for check in checks if check.diagnosis), None)
    failed = [check for check in checks if check.status is Status.FAILED]
    return QuestionView(
        id=question.id,
        title=question.title,
        section=question.section,
        status=score.status.value,
        earned=points(score.earned),
        points=points(score.points),
        percent=round(100 * score.earned / score.points),
        waits_for=tuple(assignment.question(id).title for id in score.waits_for),
        diagnosis=diagnosis.title if diagnosis else "",
        hint=diagnosis.hint if diagnosis else "",
        not_written=bool(failed) and all(check.not_written for check in failed),
        only_guards=score.earned == 0 and any(check.status is Status.PASSED for check in checks),
        note=" ".join(clean(check.note, 600) for check in checks if check.note),
        checks=tuple(_check(check) for check in checks),
    )


def _check(check: Check) -> CheckView:
    error = said(check.trace) if check.trace is not None and not check.not_written else ""
    return CheckView(
        status=check.status.value,
        promise=check.promise,
        message="" if error else clean(check.message, 600),
        error=error,
        lines=lines(check.trace) if error else (),
    )
