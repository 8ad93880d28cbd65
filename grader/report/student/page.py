"""The parts of a student's page, in a template's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.intake.written import NO_ANSWERS, Answers
from grader.records import Asked, Assignment, FeedbackLevel, Grade, Result
from grader.report.student.cells import CellView, cells_view
from grader.report.student.decided import SumView, all_comments, sum_view
from grader.report.student.evidence import evidence_view
from grader.report.student.first import StepView, first_view
from grader.report.student.head import HeadView, head_view
from grader.report.student.questions import QuestionView, SectionView, by_section, questions_view
from grader.report.student.remarks import remarks_view
from grader.report.student.told import RequestView, request_view, told


@dataclass(frozen=True, slots=True)
class StudentView:
    """What `student.html` sees as `page`; each field but the first three is what one part shows.

    Attributes:
        staff: whether it is the page for staff.
        replay: the command that grades this submission again; for staff only.
        sections: all questions, for the map and for what is written.
        unwritten: those that nothing is written for.
    """

    title: str
    student: str
    staff: bool
    head: HeadView
    first: tuple[StepView, ...]
    sum: SumView
    remarks: tuple[str, ...]
    sections: tuple[SectionView, ...]
    unwritten: tuple[QuestionView, ...]
    cells: tuple[CellView, ...]
    evidence: tuple[tuple[str, str], ...]
    replay: str
    request: RequestView | None


def student_view(
    result: Result,
    grade: Grade,
    assignment: Assignment,
    asked: Mapping[str, Asked],
    answers: Answers = NO_ANSWERS,
    *,
    staff: bool = False,
    level: FeedbackLevel = FeedbackLevel.FULL,
    code: str = "",
) -> StudentView:
    """One student's page.

    Args:
        asked: how the handout asks the questions, as far as it can be read.
        answers: what was answered to questions that a person judges.
        staff: whether what only staff may see is in it.
        level: how much it says.
        code: by which a request for another look is known to come from this page; "" for a page without the form.
    """
    result = told(result, level)
    view = _whole(result, grade, assignment, asked, answers, staff=staff, code=code)
    if level is FeedbackLevel.OUTCOMES:
        return replace(view, cells=())
    if level is FeedbackLevel.SCORE:
        sum_ = replace(view.sum, comments=all_comments(grade, assignment))
        return replace(view, first=(), sum=sum_, sections=(), unwritten=(), cells=())
    return view


def _whole(
    result: Result,
    grade: Grade,
    assignment: Assignment,
    asked: Mapping[str, Asked],
    answers: Answers,
    *,
    staff: bool,
    code: str,
) -> StudentView:
    questions = tuple(questions_view(result, grade, assignment, asked, answers, staff=staff))
    return StudentView(
        title=assignment.title,
        student=grade.student.name,
        staff=staff,
        head=head_view(grade, assignment),
        first=first_view(result, grade, assignment, {question.id: question for question in questions}),
        sum=sum_view(grade),
        remarks=remarks_view(result),
        sections=by_section(questions),
        unwritten=tuple(question for question in questions if question.not_written),
        cells=cells_view(result, {cell.cell for question in questions for cell in question.answer.code}),
        evidence=evidence_view(result),
        replay=result.evidence.replay if staff else "",
        request=request_view(grade, assignment, code),
    )
