"""Points, and how much is done."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Assignment, Grade, Standing, Status
from grader.text import points


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head.

    Attributes:
        waiting: answers that a person has not read yet.
        stuck: whether checks could not be judged.
    """

    earned: str
    points: str
    percent: int
    status: str
    answered: int
    asked: int
    waiting: int
    stuck: bool


def head_view(grade: Grade, assignment: Assignment) -> HeadView:
    """The page's head."""
    by_hand = {question.id for question in assignment.questions if question.by_hand}
    open_ = [score.question for score in grade.scores if score.status is Status.UNJUDGED and not score.dropped]
    return HeadView(
        earned=points(grade.earned),
        points=points(grade.points),
        percent=round(grade.percent),
        status=grade.status.value,
        answered=sum(score.status is Status.PASSED for score in grade.scores if not score.dropped),
        asked=sum(not score.dropped for score in grade.scores),
        waiting=sum(id in by_hand for id in open_) if grade.status is Standing.UNJUDGED else 0,
        stuck=grade.status is Standing.UNJUDGED and any(id not in by_hand for id in open_),
    )
