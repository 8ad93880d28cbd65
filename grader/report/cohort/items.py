"""How each question went in the class, and how well it tells strong from weak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean, median

from grader.records import Assignment, Check, Grade, Question, Result, Status
from grader.text import points

FEW = 5  # students, below whom nothing is said of a question
WEAK = 0.2  # a correlation below it: by custom, a question that discriminates poorly
HALF = 0.45
SHARES = (
    (0.95, "Nearly everybody"),
    (0.7, "Most of the class"),
    (HALF, "Half of the class"),
    (0.3, "A third of the class"),
)


@dataclass(frozen=True, slots=True)
class ItemView:
    """One question in the class.

    Attributes:
        percent: of students who have all its points.
        mean: of its points, in percent: how easy it is.
        discrimination: the corrected item-total correlation, "–" where there is none.
        seconds: the median of what its checks took.
        said: what that means, in sentences.
        mistakes: the commonest known mistakes, and how many students they fit.
    """

    id: str
    title: str
    points: str
    percent: int
    mean: int
    discrimination: str
    seconds: str
    said: tuple[str, ...]
    mistakes: tuple[tuple[str, int], ...]


def items_view(assignment: Assignment, graded: Sequence[tuple[Result, Grade]]) -> tuple[ItemView, ...]:
    """One per question, in the assignment's order."""
    checks: dict[str, list[list[Check]]] = {question.id: [] for question in assignment.questions}
    for result, _ in graded:
        own: dict[str, list[Check]] = {id: [] for id in checks}
        for check in result.checks:
            own.setdefault(check.question, []).append(check)
        for id, found in checks.items():
            found.append(own[id])
    grades = [grade for _, grade in graded]
    return tuple(_item(q, place, grades, checks[q.id]) for place, q in enumerate(assignment.questions))


def _item(question: Question, place: int, grades: Sequence[Grade], checks: Sequence[Sequence[Check]]) -> ItemView:
    if question.by_hand:  # of answers that nobody has read nothing is known
        grades = [grade for grade in grades if grade.scores[place].status is not Status.UNJUDGED]
    scores = [grade.scores[place] for grade in grades]
    passed = sum(score.status is Status.PASSED for score in scores)
    tells = discrimination([s.earned for s in scores], [sum(s.earned for s in grade.scores) for grade in grades])
    firsts = (next((check.diagnosis.title for check in own if check.diagnosis), None) for own in checks)
    fits = Counter(title for title in firsts if title)
    unwritten = sum(any(check.not_written for check in own) for own in checks)
    taken = [sum(check.seconds for check in own) for own in checks]
    return ItemView(
        id=question.id,
        title=question.title,
        points=points(question.points),
        percent=round(100 * passed / len(scores)) if scores else 0,
        mean=round(fmean(score.percent for score in scores)) if scores else 0,
        discrimination="–" if tells is None else f"{tells:.2f}",
        seconds=f"{median(taken):.2f} s" if taken else "–",
        said=tuple(_said(len(scores), passed, unwritten, tells, fits)) if len(scores) >= FEW else (),
        mistakes=tuple(fits.most_common(3)),
    )


def discrimination(scores: Sequence[float], totals: Sequence[float]) -> float | None:
    """The corrected item-total correlation: of a question's points with those of all other questions.

    Args:
        scores: of each student, for the question.
        totals: of each student, for all questions, this one included.

    None where either is the same for everybody.
    """
    try:
        return correlation(scores, [total - score for total, score in zip(totals, scores, strict=True)])
    except StatisticsError:
        return None


def _said(number: int, passed: int, unwritten: int, tells: float | None, fits: Counter[str]) -> Iterator[str]:
    if passed == number:
        yield "Everybody has it right."
        return
    if unwritten / number >= HALF:
        yield f"{_share(unwritten / number)} did not write it."
    for title, count in fits.most_common(1):
        if share := _share(count / number):
            yield f"{share} holds the same misconception: {title.rstrip('.')}."
    if tells is not None and tells < 0:
        yield "Those who are strong elsewhere do worse here than others: look at the question itself."
    elif tells is not None and tells < WEAK:
        yield "Does not tell strong from weak."
    if not passed:
        yield "Nobody has it right."


def _share(part: float) -> str:
    return next((words for least, words in SHARES if part >= least), "")
