"""Points from checks, decisions and deadlines: pure arithmetic, so that changing points never runs a notebook again.

A question's points are whole hundredths, as they are shown, and everything else is a sum of them: whoever adds up a
page, a row of a table or an export by hand comes to the same number. Within a question nothing is rounded on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.records import (
    Adjustment,
    Assignment,
    Cause,
    Check,
    Grade,
    Kind,
    Late,
    Lateness,
    Question,
    Score,
    Standing,
    Status,
    Student,
    worst,
)
from grader.rules.decisions import Rulings, Settled, about_whole, settled
from grader.rules.lateness import deduction, reason
from grader.rules.numbers import exact
from grader.rules.questions import status_of


def grade(
    assignment: Assignment,
    student: Student,
    checks: Sequence[Check],
    rulings: Rulings | None = None,
    lateness: Lateness | None = None,
    late: Late | None = None,
) -> Grade:
    """The Grade of one submission.

    A question earns its points in proportion to the weights of its passed checks. A question with an unjudged check,
    or with no check at all, is unjudged, and so is the grade: what it earns is what was judged so far.

    Args:
        rulings: what persons decided about it.
        lateness: when it was due and came, and `late`, what that costs.
    """
    rulings = rulings or Rulings()
    own: dict[str, list[Check]] = {question.id: [] for question in assignment.questions}
    for check in checks:
        own.setdefault(check.question, []).append(check)
    failed = {q.id for q in assignment.questions if status_of(own[q.id]) is Status.FAILED}
    found = [settled(question, own[question.id], rulings) for question in assignment.questions]
    scores = tuple(_score(question, one, failed) for question, one in zip(assignment.questions, found, strict=True))
    total, most = sum((one.earned for one in found), Fraction()), sum((one.worth for one in found), Fraction())
    whole = _about_the_whole(rulings, lateness, late or Late(), total, most)
    total += sum((exact(one.points) for one in whole), Fraction())
    status = standing((one.status for one in found if one.worth), total, most)
    if rulings.of(Kind.EXEMPTION):
        status = Standing.EXCUSED
    adjustments = (*(adjustment for one in found for adjustment in one.adjustments), *whole)
    points = (float(total), float(most))
    return Grade(student, assignment.id, *points, status, scores, adjustments, rulings.comments(), lateness)


def standing(statuses: Iterable[Status], earned: Fraction, points: Fraction) -> Standing:
    """What a grade amounts to: unjudged if any question is, else complete, partial or none."""
    if worst(statuses) is Status.UNJUDGED:
        return Standing.UNJUDGED
    if earned == points:
        return Standing.COMPLETE
    return Standing.PARTIAL if earned else Standing.NONE


def _score(question: Question, found: Settled, failed: set[str]) -> Score:
    waits = tuple(needed for needed in question.needs if needed in failed) if found.status is Status.FAILED else ()
    checked = float(found.checked) if found.adjustments else None
    return Score(question.id, float(found.earned), float(found.worth), found.status, waits, checked)


def _about_the_whole(
    rulings: Rulings, lateness: Lateness | None, late: Late, total: Fraction, most: Fraction
) -> list[Adjustment]:
    """What is not about a question: an exemption, else what lateness costs."""
    if exemption := rulings.one(Kind.EXEMPTION):
        return [about_whole(exemption, Cause.EXEMPTION)]
    if lateness is None or not (lateness.closed or lateness.steps):
        return []
    taken = deduction(late, lateness, total, most)
    return [Adjustment(Cause.LATE, float(-taken), reason(late, lateness))] if taken or lateness.closed else []
