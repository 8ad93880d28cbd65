"""The students of a class, the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from grader.records import Grade, HandIn, Result, Score, Status
from grader.report.cohort.misconceptions import Holder
from grader.report.shown import page_name
from grader.text import points


@dataclass(frozen=True, slots=True)
class RowView:
    """One student.

    Attributes:
        anchor: of the row.
        strip: the questions in order, as a stroke for each status: its name, and where it goes, in SVG's words.
        kinds: words that the table can be searched for.
        remarks: how many the page has.
    """

    anchor: str
    student: str
    page: str
    section: str
    earned: str
    percent: int
    status: str
    complete: int
    strip: tuple[tuple[str, str], ...]
    handed: str
    late: bool
    attempt: str
    kinds: str
    remarks: int


@dataclass(frozen=True, slots=True)
class Present:
    """What the table needs of somebody who handed in."""

    grade: Grade
    handed: HandIn
    remarks: int

    @classmethod
    def of(cls, result: Result, grade: Grade) -> Present:
        """Of a student's result."""
        remarks = len(result.submission.notes) + len(result.execution.deaths)
        return cls(grade, result.submission.handed, remarks)


def in_order(present: Sequence[Present]) -> list[Present]:
    """The best first."""
    return sorted(present, key=lambda one: (-one.grade.percent, one.grade.student.name, one.grade.student.key))


def rows_view(
    ordered: Sequence[Present], holders: Mapping[str, Holder], sections: Mapping[str, str]
) -> tuple[RowView, ...]:
    """One row per student."""
    return tuple(_row(one, *holders[one.grade.student.key], sections) for one in ordered)


def _row(one: Present, anchor: str, name: str, sections: Mapping[str, str]) -> RowView:
    grade, handed = one.grade, one.handed
    late = bool(grade.lateness.late if grade.lateness else handed.late)
    return RowView(
        anchor=anchor,
        student=name,
        page=page_name(grade),
        section=sections.get(grade.student.key, ""),
        earned=points(grade.earned),
        percent=round(grade.percent),
        status=grade.status.value,
        complete=sum(score.status is Status.PASSED for score in grade.scores),
        strip=strip(grade.scores),
        handed=handed.time.removesuffix("Z").replace("T", " ")[:16],
        late=late,
        attempt=handed.attempt,
        kinds=" ".join([grade.status.value, *(["late"] if late else [])]),
        remarks=one.remarks,
    )


def strip(scores: Sequence[Score]) -> tuple[tuple[str, str], ...]:
    """For each status the stretches of questions that have it."""
    found: dict[str, list[str]] = {}
    place = 0
    for name, group in groupby(map(_kind, scores)):
        length = len(list(group))
        found.setdefault(name, []).append(f"M{place} 0h{length}")
        place += length
    return tuple((name, "".join(parts)) for name, parts in found.items())


def _kind(score: Score) -> str:
    if score.status is Status.UNJUDGED:
        return "unjudged"
    if score.status is Status.PASSED:
        return "passed"
    return "part" if score.earned else "failed"
