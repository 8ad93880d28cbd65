"""Points from checks: pure arithmetic, so that changing points never runs a notebook again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.records import Assignment, Check, Grade, Question, Score, Status, Student


def grade(assignment: Assignment, student: Student, checks: Sequence[Check]) -> Grade:
    """The Grade of one submission.

    A question earns its points in proportion to the weights of its passed checks. A question with an unjudged check,
    or with no check at all, is unjudged, and so is the grade: what it earns is what was judged so far.
    """
    by_question: dict[str, list[Check]] = {}
    for check in checks:
        by_question.setdefault(check.question, []).append(check)
    first = [score(question, by_question.get(question.id, ())) for question in assignment.questions]
    failed = {s.question for s in first if s.status is Status.FAILED}
    scores = tuple(
        Score(s.question, s.earned, s.points, s.status, tuple(n for n in question.needs if n in failed))
        if s.status is Status.FAILED
        else s
        for s, question in zip(first, assignment.questions, strict=True)
    )
    earned = round(sum(s.earned for s in scores), 4)
    return Grade(student, assignment.id, earned, assignment.points, worst(s.status for s in scores), scores)


def score(question: Question, checks: Sequence[Check]) -> Score:
    """The points of one question. Guards alone earn nothing: to leave an argument alone is no answer yet."""
    total = sum(_weight(question, check) for check in checks)
    passed = [check for check in checks if check.status is Status.PASSED]
    counts = total > 0 and any(check.name not in question.guards for check in passed)
    earned = round(question.points * sum(_weight(question, check) for check in passed) / total, 4) if counts else 0.0
    status = worst(check.status for check in checks) if checks else Status.UNJUDGED
    return Score(question.id, earned, question.points, status)


def _weight(question: Question, check: Check) -> float:
    return question.weights.get(check.name, 1.0)


def worst(statuses: Iterable[Status]) -> Status:
    """Unjudged if any is, else failed if any is, else passed."""
    found = set(statuses)
    return next((s for s in (Status.UNJUDGED, Status.FAILED) if s in found), Status.PASSED)
