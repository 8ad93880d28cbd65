"""Verdicts on what kernels answered before; many students' kernels have answered the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.grading.causes import causes, is_cause
from grader.records import Check, Execution, Result, Submission


def ran_before(ran: Execution) -> Execution:
    """What a notebook did, without what was said of it because of the verdicts then."""
    return replace(ran, hurried=False, notes=tuple(note for note in ran.notes if not is_cause(note)))


def is_of_answers(result: Result, asked: Sequence[str]) -> bool:
    """Whether the verdicts on what was asked are those on every notebook whose kernel has answered the same.

    They are not where only a kernel could tell, or where they tell what became of this notebook's cells.

    Args:
        asked: questions; none means all.
    """
    return not (result.evidence.kernels or result.alone or any(check.lacks for check in _judged(result, asked)))


def of_another(
    result: Result, submission: Submission, asked: Sequence[str], kept: Sequence[Check], ran: Execution
) -> Result:
    """The same verdicts as the result of another notebook, whose kernel has answered the same.

    Args:
        asked: the questions that were judged; none means all.
        kept: the other notebook's checks of other questions.
        ran: what it did.
    """
    places = {check.question: place for place, check in enumerate(result.checks)}
    checks = tuple(sorted([*_judged(result, asked), *kept], key=lambda check: places[check.question]))
    ran = ran_before(ran)
    ran = replace(ran, notes=(*causes(checks, submission, ran), *ran.notes))
    evidence = replace(result.evidence, replay=replay_of(submission, result.evidence.seed))
    return Result(replace(submission, files=()), ran, checks, evidence)


def replay_of(submission: Submission, seed: int) -> str:
    """The command that grades it again."""
    return f"grader run {submission.path!r} --assignment {submission.assignment} --seed {seed} --force"


def _judged(result: Result, asked: Sequence[str]) -> list[Check]:
    return [check for check in result.checks if not asked or check.question in asked]
