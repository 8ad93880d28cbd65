"""What is known of a submission already, and what is still to be asked of it.

A stored check stands as long as what it rests on is what it was. Of several stored results the one with most checks
that stand is taken: the cells of a notebook ran for it as they run now, and its pages tell of one run, not of several.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from grader.course.catalog import Course
from grader.gradebook.rows import Key, Stored
from grader.gradebook.store import Gradebook
from grader.records import Assignment, Check, Execution, Result, Status, Submission
from grader.running.setting import EVERYTHING, Order


@dataclass(frozen=True)
class Rests:
    """Hashes of what results rest on beside their notebook: verdicts, by question; and what a kernel answers."""

    verdicts: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""


def rests_on(course: Course, id: str, suite: str) -> Rests:
    """What results rest on; nothing is known when the course was changed meanwhile."""
    from grader.course.basis import bases, basis_of_answers  # what reads solutions takes half a second to load

    found = Rests(bases(course, id), basis_of_answers(course, id))
    return found if course.suite_hash(id) == suite else Rests()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a submission.

    Attributes:
        result: the stored one, where all of it stands.
        order: what is to be asked otherwise.
    """

    result: Result | None = None
    order: Order = EVERYTHING


def known_of(
    gradebook: Gradebook,
    submission: Submission,
    key: Key,
    assignment: Assignment,
    rests: Callable[[], Rests],
) -> Known:
    """What the gradebook knows of a submission.

    Args:
        rests: says what results rest on now; asked only where a suite has changed.
    """
    if found := gradebook.find(submission, key):
        return Known(found)
    stored = gradebook.stored(submission, key)
    if not stored:
        return Known()
    due = rests()
    kept, best = max(((_standing(one, key, due.verdicts), one) for one in stored), key=lambda pair: len(pair[0]))
    asked = tuple(question.id for question in assignment.coded if question.id not in kept)
    if not asked:
        return Known(best.result)
    checks = tuple(check for check in best.result.checks if check.question in kept)
    deaths = tuple(check.message for check in checks if check.message in best.result.execution.deaths)
    order = Order(questions=asked if kept else (), kept=checks, kept_deaths=deaths)
    heard = gradebook.heard(submission, key, due.answers)
    if not heard.keys() >= set(asked) or not _cells_only(best.result.execution, deaths):
        return Known(order=order)
    heard = {question: heard[question] for question in asked}
    return Known(order=replace(order, heard=heard, ran=best.result.execution))


def _cells_only(ran: Execution, deaths: tuple[str, ...]) -> bool:
    """Whether every kernel that ended, but for those of checks that stand, was ended by a cell."""
    notes = {run.note for run in ran.cells}
    return all(death in notes or death in deaths for death in ran.deaths)


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
