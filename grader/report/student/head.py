"""Points, and how much is done."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Grade, Status
from grader.text import points


@dataclass(frozen=True, slots=True)
class HeadView:
    earned: str
    points: str
    percent: int
    status: str
    answered: int
    asked: int


def head_view(grade: Grade) -> HeadView:
    """The page's head."""
    return HeadView(
        earned=points(grade.earned),
        points=points(grade.points),
        percent=round(grade.percent),
        status=grade.status.value,
        answered=sum(score.status is Status.PASSED for score in grade.scores if not score.dropped),
        asked=sum(not score.dropped for score in grade.scores),
    )
