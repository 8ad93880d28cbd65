"""How many, how well, and how their points are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from grader.records import Grade
from grader.text import points


@dataclass(frozen=True, slots=True)
class NumbersView:
    students: int
    mean: str
    median: str
    full: int
    bins: tuple[tuple[str, int, int], ...]  # label, students, percent of the fullest bin


def numbers_view(grades: Sequence[Grade]) -> NumbersView:
    """A class in five numbers and a histogram."""
    percents = [grade.percent for grade in grades]
    return NumbersView(
        students=len(grades),
        mean=points(fmean(percents)) if percents else "–",
        median=points(median(percents)) if percents else "–",
        full=sum(percent >= 100 for percent in percents),
        bins=_bins(percents),
    )


def _bins(percents: Sequence[float]) -> tuple[tuple[str, int, int], ...]:
    counts = Counter(min(int(percent // 10), 9) for percent in percents)
    most = max(counts.values(), default=1)
    return tuple((f"{10 * i}–{10 * i + 10}", counts[i], round(100 * counts[i] / most)) for i in range(10))
