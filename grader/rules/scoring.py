"""Points from checks: pure arithmetic, so that changing points never runs a notebook again.

A question's points are whole hundredths, as they are shown, and everything else is a sum of them: whoever adds up a
page, a row of a table or an export by hand comes to the same number. Within a question nothing is rounded on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.records import Assignment, Check, Grade, Question, Score, Standing, Status, Student
from grader.rules.numbers import exact, hundredths


def grade(assignment: Assignment, student: Student, checks: Sequence[Check]) -> Grade:
    """The Grade of one submission.

    A question earns its points in proportion to the weights of its passed checks. A question with an unjudged check,
    or with no check at all, is unjudged, and so is the grade: what it earns is what was judged so far.
    """
    by_question: dict[str, list[Check]] = {}
    for check in checks:
        by_question.setdefault(check.question, []).append(check)
    own = [by_question.get(question.id, []) for question in assignment.questions]
    statuses = [worst(check.status for check in group) if group else Status.UNJUDGED for group in own]
    failed = {q.id for q, status in zip(assignment.questions, statuses, strict=True) if status is Status.FAILED}
    own_points = [
        hundredths(earned(question, group)) for question, group in zip(assignment.questions, own, strict=True)
    ]
    scores = tuple(
        Score(q.id, float(points), q.points, status, _waits_for(q, failed) if status is Status.FAILED else ())
        for q, points, status in zip(assignment.questions, own_points, statuses, strict=True)
    )
    total, most = sum(own_points, Fraction()), sum((exact(q.points) for q in assignment.questions), Fraction())
    return Grade(student, assignment.id, float(total), float(most), standing(statuses, total, most), scores)


def earned(question: Question, checks: Sequence[Check]) -> Fraction:
    """The exact points of a question. Guards alone earn nothing: to leave an argument alone is no answer yet."""
    passed = [check for check in checks if check.status is Status.PASSED]
    total = sum((_weight(question, check) for check in checks), Fraction())
    if not total or all(check.name in question.guards for check in passed):
        return Fraction()
    return exact(question.points) * sum((_weight(question, check) for check in passed), Fraction()) / total


def standing(statuses: Iterable[Status], earned: Fraction, points: Fraction) -> Standing:
    """What a grade amounts to: unjudged if any question is, else complete, partial or none."""
    if worst(statuses) is Status.UNJUDGED:
        return Standing.UNJUDGED
    if earned == points:
        return Standing.COMPLETE
    return Standing.PARTIAL if earned else Standing.NONE


def worst(statuses: Iterable[Status]) -> Status:
    """Unjudged if any is, else failed if any is, else passed."""
    found = set(statuses)
    return next((s for s in (Status.UNJUDGED, Status.FAILED) if s in found), Status.PASSED)


def _waits_for(question: Question, failed: set[str]) -> tuple[str, ...]:
    return tuple(needed for needed in question.needs if needed in failed)


def _weight(question: Question, check: Check) -> Fraction:
    return exact(question.weights.get(check.name, 1.0))
