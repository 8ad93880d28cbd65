"""How each question went in the class, and how well it tells strong from weak."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean, median

from grader.records import Assignment, Check, Grade, Question, Result, Score, Status
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
    percent: int | None  # none where nobody was judged
    mean: int | None
    discrimination: str
    seconds: str
    said: tuple[str, ...]
    mistakes: tuple[tuple[str, int], ...]


class Items:
    """How the questions of an assignment went, of whom a few numbers each are kept."""

    def __init__(self, assignment: Assignment) -> None:
        self._items = [_Item(question) for question in assignment.questions]

    def add(self, result: Result, grade: Grade) -> None:
        """Count a student."""
        checks: dict[str, list[Check]] = {}
        for check in result.checks:
            checks.setdefault(check.question, []).append(check)
        total = sum(score.earned for score in grade.scores)
        for item, score in zip(self._items, grade.scores, strict=True):
            item.add(score, total, checks.get(item.question.id, ()))

    def view(self) -> tuple[ItemView, ...]:
        """One per question, in the assignment's order."""
        return tuple(item.view() for item in self._items)


class _Item:
    """What is kept of one question: points, and points of all questions beside them, of each who was judged."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.earned, self.totals, self.percents = array("d"), array("d"), array("d")
        self.seconds = array("d")
        self.passed = self.unwritten = 0
        self.fits = Counter[str]()

    def add(self, score: Score, total: float, checks: Sequence[Check]) -> None:
        if not (self.question.by_hand and score.status is Status.UNJUDGED):  # of what nobody has read nothing is known
            self.earned.append(score.earned)
            self.totals.append(total)
            self.percents.append(score.percent)
            self.passed += score.status is Status.PASSED
        self.seconds.append(sum(check.seconds for check in checks))
        self.unwritten += any(check.not_written for check in checks)
        if title := next((check.diagnosis.title for check in checks if check.diagnosis), ""):
            self.fits[title] += 1

    def view(self) -> ItemView:
        number, tells = len(self.earned), discrimination(self.earned, self.totals)
        fits = sorted(self.fits.items(), key=lambda one: (-one[1], one[0]))
        said = _said(number, self.passed, self.unwritten, tells, fits) if number >= FEW else ()
        return ItemView(
            id=self.question.id,
            title=self.question.title,
            points=points(self.question.points),
            percent=round(100 * self.passed / number) if number else None,
            mean=round(fmean(self.percents)) if number else None,
            discrimination="–" if tells is None else f"{tells:.2f}",
            seconds=f"{median(self.seconds):.2f} s" if self.seconds else "–",
            said=tuple(said),
            mistakes=tuple(fits[:3]),
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


def _said(
    number: int, passed: int, unwritten: int, tells: float | None, fits: Sequence[tuple[str, int]]
) -> Iterator[str]:
    if passed == number:
        yield "Everybody has it right."
        return
    if unwritten / number >= HALF:
        yield f"{_share(unwritten / number)} did not write it."
    for title, count in fits[:1]:
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
