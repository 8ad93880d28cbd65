"""What to do first: at most three steps, the cause before what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.grading.causes import is_cause
from grader.records import Assignment, Grade, Result, Score, Status
from grader.report.student.questions import QuestionView
from grader.text import clean, points

STEPS = 3


@dataclass(frozen=True, slots=True)
class StepView:
    """One step; `question` is the id of the question that it is about, and `what` its title, or both are empty."""

    what: str
    why: str
    question: str = ""


def first_view(
    result: Result, grade: Grade, assignment: Assignment, questions: dict[str, QuestionView]
) -> tuple[StepView, ...]:
    """What broke the rest; what others need; what is almost right; what is not written."""
    found: dict[str, StepView] = {}
    for step in (
        *_broken(result),
        *_needed(grade, assignment, questions),
        *_almost(grade, questions),
        *_unwritten(grade, questions),
    ):
        found.setdefault(step.question or step.why, step)
    return tuple(found.values())[:STEPS]


def _broken(result: Result) -> Iterator[StepView]:
    for note in result.execution.notes:
        if is_cause(note):
            yield StepView("", clean(note, 600))


def _lost(grade: Grade) -> list[Score]:
    """Questions that failed for a reason of their own, and that no person has decided about."""
    failed = [score for score in grade.scores if score.status is Status.FAILED]
    return [score for score in failed if not score.waits_for and score.checked is None]


def _needed(grade: Grade, assignment: Assignment, questions: dict[str, QuestionView]) -> Iterator[StepView]:
    failed = {score.question for score in grade.scores if score.status is Status.FAILED}
    counted = [(len(followers(score.question, assignment) & failed), score) for score in _lost(grade)]
    for number, score in sorted(counted, key=lambda pair: -pair[0]):
        if number:
            said = f"{number} other questions build on it." if number > 1 else "Another question builds on it."
            yield StepView(questions[score.question].title, said, score.question)


def _almost(grade: Grade, questions: dict[str, QuestionView]) -> Iterator[StepView]:
    written = [score for score in _lost(grade) if not questions[score.question].not_written]
    for score in sorted(written, key=lambda score: (-score.percent, score.earned - score.points)):
        view = questions[score.question]
        right, all_ = sum(check.status == "passed" for check in view.checks), len(view.checks)
        passing = f"{right} of its {all_} checks pass already." if right and score.earned else ""
        known = f"A known misconception: {view.diagnosis}." if view.diagnosis else ""
        said = " ".join(filter(None, (passing, known))) or f"It is worth {points(score.points)} points."
        yield StepView(view.title, said, score.question)


def _unwritten(grade: Grade, questions: dict[str, QuestionView]) -> Iterator[StepView]:
    for score in _lost(grade):
        view = questions[score.question]
        if view.not_written:
            yield StepView(view.title, "It is not written yet.", score.question)


def followers(question: str, assignment: Assignment) -> set[str]:
    """Every question that needs this one, directly or not."""
    found: set[str] = set()
    edge = {question}
    while edge:
        edge = {one.id for one in assignment.questions if edge & set(one.needs)} - found
        found |= edge
    return found - {question}
