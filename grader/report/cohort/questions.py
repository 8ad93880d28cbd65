"""How each question went in the class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.records import Assignment, Grade, Question, Result, Status
from grader.text import points


@dataclass(frozen=True, slots=True)
class RateView:
    """How a question went in the class."""

    id: str
    title: str
    points: str
    passed: int
    percent: int
    mean: int
    mistakes: tuple[tuple[str, int], ...]  # the commonest diagnoses and how many students they fit


def rates_view(assignment: Assignment, graded: Sequence[tuple[Result, Grade]]) -> tuple[RateView, ...]:
    """One per question, in the assignment's order."""
    return tuple(_rate(question, place, graded) for place, question in enumerate(assignment.questions))


def _rate(question: Question, index: int, graded: Sequence[tuple[Result, Grade]]) -> RateView:
    scores = [grade.scores[index] for _, grade in graded]
    passed = sum(score.status is Status.PASSED for score in scores)
    fits: Counter[str] = Counter()
    for result, _ in graded:
        own = [c.diagnosis.title for c in result.checks if c.question == question.id and c.diagnosis]
        fits.update(own[:1])
    return RateView(
        id=question.id,
        title=question.title,
        points=points(question.points),
        passed=passed,
        percent=round(100 * passed / len(scores)) if scores else 0,
        mean=round(100 * sum(s.earned for s in scores) / (question.points * len(scores))) if scores else 0,
        mistakes=tuple(fits.most_common(3)),
    )
