"""The points of one question from its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.records import Check, Question, Status, worst
from grader.rules.numbers import exact


def earned(question: Question, checks: Sequence[Check], decided: Mapping[str, float] | None = None) -> Fraction:
    """The exact points of a question. Guards alone earn nothing: to leave an argument alone is no answer yet.

    Args:
        decided: points that persons gave for single checks, by name; they take the place of the check's share.
    """
    decided = decided or {}
    passed = [check for check in checks if check.status is Status.PASSED and check.name not in decided]
    total = _weight(question, checks)
    given = sum((exact(decided[check.name]) for check in checks if check.name in decided), Fraction())
    if not total or all(check.name in question.guards for check in passed):
        return min(given, exact(question.points))
    share = exact(question.points) * _weight(question, passed) / total
    return min(given + share, exact(question.points))


def status_of(checks: Sequence[Check]) -> Status:
    """That of a question: without any check, nobody has judged it."""
    return worst(check.status for check in checks) if checks else Status.UNJUDGED


def _weight(question: Question, checks: Sequence[Check]) -> Fraction:
    """What checks weigh together."""
    if not question.weights:  # each weighs 1, as most do
        return Fraction(len(checks))
    return sum((exact(question.weight_of(check.name)) for check in checks), Fraction())
