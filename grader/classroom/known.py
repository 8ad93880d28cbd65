"""What is known of a submission already, and what is still to be asked of it.

A stored check stands as long as what it rests on is what it was. Of several stored results the one with most checks
that stand is taken: the cells of a notebook ran for it as they run now, and its pages tell of one run, not of several.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grader.gradebook.store import Gradebook, Key, Stored
from grader.records import Assignment, Check, Result, Status, Submission
from grader.running.setting import EVERYTHING, Order

Bases = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a submission.

    Attributes:
        result: the stored one, where all of it stands.
        order: what is to be asked otherwise.
    """

    result: Result | None = None
    order: Order = EVERYTHING


def known_of(gradebook: Gradebook, submission: Submission, key: Key, assignment: Assignment, bases: Bases) -> Known:
    """What the gradebook knows of a submission.

    Args:
        bases: says, by question, the hash of what its verdicts rest on now; asked only where a suite has changed.
    """
    if found := gradebook.find(submission, key):
        return Known(found)
    stored = gradebook.stored(submission, key)
    if not stored:
        return Known()
    due = bases()
    kept, best = max(((_standing(one, key, due), one) for one in stored), key=lambda pair: len(pair[0]))
    asked = tuple(question.id for question in assignment.coded if question.id not in kept)
    if not asked:
        return Known(best.result)
    if not kept:
        return Known()
    checks = tuple(check for check in best.result.checks if check.question in kept)
    deaths = tuple(check.message for check in checks if check.message in best.result.execution.deaths)
    return Known(order=Order(questions=asked, kept=checks, kept_deaths=deaths))


def _standing(stored: Stored, key: Key, due: Mapping[str, str]) -> set[str]:
    """The questions whose stored checks stand: all were judged, and rest on what they would rest on now."""
    checks: dict[str, list[Check]] = {id: [] for id in due}
    for check in stored.result.checks:
        checks.setdefault(check.question, []).append(check)
    same_suite = stored.result.evidence.suite == key.suite
    return {
        id
        for id, basis in due.items()
        if checks[id]
        and all(check.status is not Status.UNJUDGED for check in checks[id])
        and (stored.bases[id] == basis or (same_suite and not stored.bases[id]))
    }
