"""Between two grades of one student: what changed, by how much, and why, as far as the grades themselves tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.records import Adjustment, Cause, Grade
from grader.text import points

WORDS = {
    Cause.LATE: "lateness",
    Cause.POINTS: "decided",
    Cause.RUBRIC: "judged by its rubric",
    Cause.DROPPED: "counts for nobody",
    Cause.GIVEN: "given to everybody",
    Cause.EXEMPTION: "exemption",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a grade that is another now.

    Attributes:
        question: its id; "" for what is about the whole.
        before: what it added to the grade; `now`, what it adds.
        why: in few words; "" where the checks alone tell it.
        detail: the reason and who decided, for staff.
    """

    question: str
    before: float
    now: float
    why: str = ""
    detail: str = ""


def changes(before: Grade, now: Grade) -> tuple[Change, ...]:
    """Everything that makes one grade another, questions first; the differences add up to that of the grades."""
    return (*_questions(before, now), *_whole(before, now))


def _questions(before: Grade, now: Grade) -> Iterator[Change]:
    old, new = ({s.question: (s.earned, s.points) for s in grade.scores} for grade in (before, now))
    for id in dict.fromkeys([*old, *new]):
        was, undone = old.get(id, (0.0, 0.0)), _about(before, id)
        is_, decided = new.get(id, (0.0, 0.0)), _about(now, id)
        if was != is_ or undone != decided:
            worth = f"worth {points(is_[1])} now" if was[1] != is_[1] and id in old and id in new else ""
            yield Change(id, was[0], is_[0], *(_why(undone, decided) or (worth, "")))


def _whole(before: Grade, now: Grade) -> Iterator[Change]:
    for cause in Cause:
        undone, decided = ([a for a in _about(grade, "") if a.cause is cause] for grade in (before, now))
        if undone != decided:
            was, is_ = (sum(one.points for one in found) for found in (undone, decided))
            yield Change("", was, is_, *(_why(undone, decided) or (WORDS[cause], "")))


def _about(grade: Grade, question: str) -> list[Adjustment]:
    return [one for one in grade.adjustments if one.question == question]


def _why(undone: Sequence[Adjustment], decided: Sequence[Adjustment]) -> tuple[str, str] | None:
    """The newest decision, or the one that holds no more; None where none came or went."""
    if new := [one for one in decided if not any(_same(one, other) for other in undone)]:
        return WORDS[new[-1].cause], _detail(new[-1])
    if gone := [one for one in undone if not any(_same(one, other) for other in decided)]:
        return f"{WORDS[gone[-1].cause]} no more", _detail(gone[-1])
    return None


def _same(one: Adjustment, other: Adjustment) -> bool:
    """Whether it is one decision: what it makes of the points depends on the checks, too."""
    parts = [(a.cause, a.reason, a.by, a.on, a.check, a.lines) for a in (one, other)]
    return parts[0] == parts[1]


def _detail(one: Adjustment) -> str:
    return f"{one.by}: {one.reason}" if one.by and one.reason else one.by or one.reason
