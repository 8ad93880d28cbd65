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
    bins: tuple[tuple[str, int], ...]  # from which percent of the points on, and how many students
    told: str  # what the bins show, in a sentence


def numbers_view(grades: Sequence[Grade]) -> NumbersView:
    """A class in five numbers and a histogram."""
    percents = [grade.percent for grade in grades]
    bins = _bins(percents)
    return NumbersView(
        students=len(grades),
        mean=points(fmean(percents)) if percents else "–",
        median=points(median(percents)) if percents else "–",
        full=sum(percent >= 100 for percent in percents),
        bins=bins,
        told="Students by percent of the points: "
        + ", ".join(f"{count} from {label} on" for label, count in bins if count),
    )


def _bins(percents: Sequence[float]) -> tuple[tuple[str, int], ...]:
    counts = Counter(min(int(percent // 10), 9) for percent in percents)
    return tuple((str(10 * i), counts[i]) for i in range(10))
