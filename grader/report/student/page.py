"""The parts of a student's page, in a template's order."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Assignment, Grade, Result
from grader.report.student.cells import CellView, cells_view
from grader.report.student.evidence import evidence_view
from grader.report.student.head import HeadView, head_view
from grader.report.student.questions import SectionView, sections_view
from grader.report.student.remarks import remarks_view


@dataclass(frozen=True, slots=True)
class StudentView:
    """What `student.html` sees as `page`; each field but the first two is what one part shows."""

    title: str
    student: str
    head: HeadView
    remarks: tuple[str, ...]
    sections: tuple[SectionView, ...]
    cells: tuple[CellView, ...]
    evidence: tuple[tuple[str, str], ...]


def student_view(result: Result, grade: Grade, assignment: Assignment) -> StudentView:
    """One student's page."""
    return StudentView(
        title=assignment.title,
        student=grade.student.name,
        head=head_view(grade),
        remarks=remarks_view(result),
        sections=sections_view(result, grade, assignment),
        cells=cells_view(result),
        evidence=evidence_view(result),
    )
