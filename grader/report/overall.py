"""The page of a whole course: one row per student over all assignments, and who falls behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from grader.records import Grade, Standing
from grader.report.shown import page_name

DROP = 15  # percent of the points; less is how one assignment differs from another
LOWEST = 0.25  # of the class


@dataclass(frozen=True, slots=True)
class Column:
    """An assignment: its id, title, class page and weight in the total."""

    id: str
    title: str
    page: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Member:
    """A student: what is shown, and the grades by assignment; none where nothing was handed in.

    Attributes:
        excused: assignments that do not count for this student.
    """

    name: str
    section: str = ""
    grades: Mapping[str, Grade] = field(default_factory=dict)
    excused: frozenset[str] = frozenset()

    def counts(self, assignment: str) -> bool:
        """Whether an assignment counts for this student, who may have handed in nothing."""
        grade = self.grades.get(assignment)
        return assignment not in self.excused and not (grade and grade.status is Standing.EXCUSED)

    def percent(self, assignment: str) -> float | None:
        """Of what was handed in and counts."""
        return self.grades[assignment].percent if assignment in self.grades and self.counts(assignment) else None


@dataclass(frozen=True, slots=True)
class CellView:
    percent: str  # "–" where nothing was handed in, "excused" where it does not count
    page: str
    mark: str  # a word for the style sheet: "high", "low", "none"


@dataclass(frozen=True, slots=True)
class MemberView:
    """A row.

    Attributes:
        mean: of all assignments that count, by weight, in percent; what was not handed in is 0; "–" if none counts.
        trend: how the last one compares with the mean of those before: "+12", "−8"; "" where nothing can be compared.
        behind: why one should look; "" where nothing says so.
    """

    name: str
    section: str
    cells: tuple[CellView, ...]
    mean: str
    trend: str
    behind: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """What `course.html` sees as `page`."""

    title: str
    columns: tuple[Column, ...]
    medians: tuple[str, ...]
    rows: tuple[MemberView, ...]
    behind: tuple[MemberView, ...]


def course_view(title: str, columns: Sequence[Column], members: Sequence[Member]) -> CourseView:
    """Everybody in the order of names; assignments in the course's order."""
    percents = {
        column.id: [percent for m in members if (percent := m.percent(column.id)) is not None] for column in columns
    }
    rows = tuple(
        _row(member, columns, percents, len(members))
        for member in sorted(members, key=lambda member: member.name.casefold())
    )
    return CourseView(
        title=title,
        columns=tuple(columns),
        medians=tuple(f"{median(percents[column.id]):.0f}" if percents[column.id] else "–" for column in columns),
        rows=rows,
        behind=tuple(row for row in rows if row.behind),
    )


def _row(member: Member, columns: Sequence[Column], percents: Mapping[str, list[float]], number: int) -> MemberView:
    cells = tuple(_cell(member, column, percents[column.id]) for column in columns)
    columns = [column for column in columns if member.counts(column.id)]
    own = [member.percent(column.id) for column in columns]
    weights = sum(column.weight for column in columns)
    total = sum(column.weight * (percent or 0.0) for column, percent in zip(columns, own, strict=True))
    change = trend(own)
    return MemberView(
        name=member.name,
        section=member.section,
        cells=cells,
        mean=f"{total / weights:.0f}" if weights else "–",
        trend="" if change is None else f"{'+' if change >= 0 else '−'}{abs(change):.0f}",
        behind=" ".join(_behind(own, columns, percents, number)),
    )


def _cell(member: Member, column: Column, all_: Sequence[float]) -> CellView:
    grade = member.grades.get(column.id)
    if not member.counts(column.id):
        return CellView("excused", page_name(grade) if grade else "", "none")
    if grade is None:
        return CellView("–", "", "none")
    low = len(all_) > 1 and grade.percent < median(all_) - DROP
    return CellView(f"{grade.percent:.0f}", page_name(grade), "low" if low else "")


def trend(percents: Sequence[float | None]) -> float | None:
    """By how much the last one is above the mean of those before it; None where one of the two is missing."""
    before = [percent for percent in percents[:-1] if percent is not None]
    last = percents[-1] if percents else None
    return None if last is None or not before else last - fmean(before)


def _behind(
    own: Sequence[float | None], columns: Sequence[Column], all_: Mapping[str, list[float]], number: int
) -> Iterator[str]:
    """Reasons to look at a student, in sentences.

    Args:
        number: of students; what most of them handed in is due.
    """
    due = [column.id for column in columns if len(all_[column.id]) > number / 2]
    missing = [c.title for c, percent in zip(columns, own, strict=True) if percent is None and c.id in due]
    if missing:
        yield f"Handed in nothing for {' and '.join(missing)}."
    change, last = trend(own), own[-1] if own else None
    if change is not None and last is not None and change <= -DROP and last < median(all_[columns[-1].id]):
        yield f"The last one is {-change:.0f} percent of the points below those before."
    known = [(percent, all_[c.id]) for c, percent in zip(columns, own, strict=True) if percent is not None]
    if len(known) > 1 and all(_is_low(percent, others) for percent, others in known):
        yield "Among the lowest quarter each time, and far below the middle."


def _is_low(percent: float, others: Sequence[float]) -> bool:
    below = sum(other < percent for other in others)
    return below < LOWEST * len(others) and percent < median(others) - DROP
