"""The students of a class, the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.records import Grade, Result
from grader.report.shown import called, page_name
from grader.text import points


@dataclass(frozen=True, slots=True)
class RowView:
    student: str
    page: str
    earned: str
    percent: int
    status: str
    cells: tuple[tuple[str, int], ...]  # (status, percent) per question
    notes: int


def rows_view(graded: Sequence[tuple[Result, Grade]], names: Mapping[str, str]) -> tuple[RowView, ...]:
    """One row per student."""
    ordered = sorted(graded, key=lambda pair: (-pair[1].percent, pair[1].student.name, pair[1].student.key))
    return tuple(_row(result, grade, names) for result, grade in ordered)


def _row(result: Result, grade: Grade, names: Mapping[str, str]) -> RowView:
    return RowView(
        student=called(grade.student, names),
        page=page_name(grade),
        earned=points(grade.earned),
        percent=round(grade.percent),
        status=grade.status.value,
        cells=tuple((score.status.value, round(100 * score.earned / score.points)) for score in grade.scores),
        notes=len(result.submission.notes) + len(result.execution.deaths),
    )
