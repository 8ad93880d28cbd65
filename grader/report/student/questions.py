"""The questions of a page, by section: what was asked, what was written, what came of it, the hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.intake.written import Answers
from grader.records import Asked, Assignment, Check, Grade, Question, Result, Score, Status
from grader.report.shown import LineView, lines, said
from grader.report.student.answer import AnswerView, answer_view
from grader.report.student.asked import AskedView, asked_view
from grader.report.student.decided import DecidedView, decided_view
from grader.report.student.figures import FigureView, figure_view
from grader.text import clean, points

STEPS = ("What", "Where", "How")  # of a hint
BRIEF = 110  # characters of what a folded question says is wrong


@dataclass(frozen=True, slots=True)
class StaffView:
    """Of a check, what only staff may see."""

    name: str
    detail: str
    seconds: str


@dataclass(frozen=True, slots=True)
class CheckView:
    status: str
    promise: str
    message: str
    error: str
    lines: tuple[LineView, ...]
    figures: tuple[FigureView, ...]
    staff: StaffView | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question.

    Attributes:
        hints: of the known mistake, each a step further, with its name: ("Where", "Look at ...").
        only_guards: what passed does not count yet.
        opened: whether the page shows it unfolded.
        asked: None where the handout cannot be read.
        dropped: it counts for nobody.
        by_hand: a person judges it.
        beyond: it goes beyond the core.
    """

    id: str
    title: str
    section: str
    status: str
    earned: str
    points: str
    waits_for: tuple[tuple[str, str], ...]  # id and title
    diagnosis: str
    hints: tuple[tuple[str, str], ...]
    not_written: bool
    only_guards: bool
    note: str
    checks: tuple[CheckView, ...]
    answer: AnswerView
    asked: AskedView | None
    decided: DecidedView
    dropped: bool
    by_hand: bool
    beyond: bool

    @property
    def brief(self) -> str:
        """What is wrong, in a line: the misconception, or what the first failed check says."""
        said = (check.error or check.message for check in self.checks if check.status == "failed")
        return self.diagnosis or clean(next(filter(None, said), ""), BRIEF)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section: its questions, and those of them that something is written for."""

    name: str
    questions: tuple[QuestionView, ...]
    written: tuple[QuestionView, ...]


def questions_view(
    result: Result,
    grade: Grade,
    assignment: Assignment,
    asked: Mapping[str, Asked],
    answers: Answers,
    *,
    staff: bool,
) -> Iterator[QuestionView]:
    """Every question, in the assignment's order.

    Args:
        answers: what was answered to questions that a person judges.
        staff: whether what only staff may see is in it.
    """
    by_question: dict[str, list[Check]] = {question.id: [] for question in assignment.questions}
    for check in result.checks:
        by_question.setdefault(check.question, []).append(check)
    shown: dict[str, str] = {}  # passages, and the question that shows each
    for question, score in zip(assignment.questions, grade.scores, strict=True):
        checks, text = by_question[question.id], asked.get(question.id)
        open_ = score.status is not Status.PASSED
        told = asked_view(text, shown.get(text.text, ""), passage=open_ and not _unwritten(checks)) if text else None
        if text and told and told.passage:
            shown[text.text] = question.id
        views = tuple(_check(check, staff=staff) for check in checks)
        answer = answer_view(result, question, checks, text, answers)
        decided = decided_view(grade, assignment, question.id)
        yield _question(assignment, question, score, checks, views, answer, told, decided)


def by_section(questions: Sequence[QuestionView]) -> tuple[SectionView, ...]:
    """Questions under their sections' names, both in the assignment's order."""
    names = dict.fromkeys(question.section for question in questions)
    own = {name: tuple(question for question in questions if question.section == name) for name in names}
    return tuple(SectionView(name, qs, tuple(q for q in qs if not q.not_written)) for name, qs in own.items())


def _question(
    assignment: Assignment,
    question: Question,
    score: Score,
    checks: Sequence[Check],
    views: tuple[CheckView, ...],
    answer: AnswerView,
    asked: AskedView | None,
    decided: DecidedView,
) -> QuestionView:
    diagnosis = next((check.diagnosis for check in checks if check.diagnosis), None)
    hints = (diagnosis.hint, *diagnosis.more) if diagnosis else ()
    return QuestionView(
        id=question.id,
        title=question.title,
        section=question.section,
        status="dropped" if score.dropped else score.status.value,
        earned=points(score.earned),
        points=points(score.points),
        waits_for=tuple((id, assignment.question(id).title) for id in score.waits_for),
        diagnosis=diagnosis.title.rstrip(".") if diagnosis else "",
        hints=tuple(zip(STEPS if len(hints) > 1 else ("",), hints, strict=False)),
        not_written=_unwritten(checks) and not (decided.changes or decided.comments),
        only_guards=score.checked is None
        and score.earned == 0
        and any(check.status is Status.PASSED for check in checks),
        note=" ".join(clean(check.note, 600) for check in checks if check.note),
        checks=views,
        answer=answer,
        asked=asked,
        decided=decided,
        dropped=score.dropped,
        by_hand=question.by_hand,
        beyond=question.beyond,
    )


def _unwritten(checks: Sequence[Check]) -> bool:
    failed = [check for check in checks if check.status is Status.FAILED]
    return bool(failed) and all(check.not_written for check in failed)


def _check(check: Check, *, staff: bool) -> CheckView:
    error = said(check.trace) if check.trace is not None and not check.not_written else ""
    return CheckView(
        status=check.status.value,
        promise=check.promise,
        message="" if error or check.not_written else clean(check.message, 600),
        error=error,
        lines=lines(check.trace) if error else (),
        figures=tuple(figure_view(figure) for figure in check.figures),
        staff=StaffView(check.name, clean(check.staff, 4000), f"{check.seconds:.2f} s") if staff else None,
    )
