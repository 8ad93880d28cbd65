"""What checks alone do not say: persons' decisions and comments, deadlines, and the sum of it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from grader.records import Adjustment, Assignment, Cause, Comment, Grade, Lateness, Question
from grader.text import clean, points

WHAT = {
    Cause.POINTS: "Decided by a person",
    Cause.RUBRIC: "Judged by a person",
    Cause.DROPPED: "This question counts for nobody",
    Cause.GIVEN: "Everybody gets this question",
    Cause.EXEMPTION: "This assignment does not count for you",
    Cause.LATE: "",
}
SOURCES = {"file": "by the file's own time", "person": "as a person noted"}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of points.

    Attributes:
        points: with its sign; "" where a decision changes none.
        who: decided, and when; "" for a rule of the course.
        lines: of a rubric that hold, with their points.
    """

    what: str
    points: str
    reason: str
    who: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CommentView:
    """What a person wrote, in Markdown; `about` is a question's title where it stands away from the question."""

    text: str
    who: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class DecidedView:
    """What persons decided about one question; `checked` is what its checks alone gave.

    Attributes:
        opened: it is about this student, who should see it at once.
    """

    checked: str
    changes: tuple[ChangeView, ...]
    comments: tuple[CommentView, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """Each is a sentence's part; "" where there is nothing to say."""

    due: str
    extension: str
    handed: str
    spent: str


@dataclass(frozen=True, slots=True)
class SumView:
    """How the points of the whole come about.

    Attributes:
        questions: the sum of all questions' points.
        changes: what is added and taken away after that.
    """

    questions: str
    changes: tuple[ChangeView, ...]
    total: str
    points: str
    comments: tuple[CommentView, ...]
    deadline: DeadlineView | None


def sum_view(grade: Grade) -> SumView:
    """The sum of a page."""
    return SumView(
        questions=points(round(sum(score.earned for score in grade.scores), 2)),
        changes=tuple(_change(one) for one in grade.adjustments if not one.question),
        total=points(grade.earned),
        points=points(grade.points),
        comments=_comments(grade, ""),
        deadline=_deadline(grade.lateness) if grade.lateness else None,
    )


def decided_view(grade: Grade, assignment: Assignment, question: str) -> DecidedView:
    """What persons decided about a question."""
    score = next(score for score in grade.scores if score.question == question)
    rubric, comments = assignment.question(question), _comments(grade, question)
    own = [one for one in grade.adjustments if one.question == question]
    return DecidedView(
        checked="" if score.checked is None or rubric.by_hand else points(score.checked),
        changes=tuple(_change(one, rubric) for one in own),
        comments=comments,
        opened=bool(comments) or any(one.cause in (Cause.POINTS, Cause.RUBRIC) for one in own),
    )


def _change(one: Adjustment, question: Question | None = None) -> ChangeView:
    lines = [line for line in (question.rubric if question else ()) if line.id in one.lines]
    what = WHAT[one.cause] + (f", about the check {clean(one.check, 100)}" if one.check else "")
    reason = "" if lines and one.reason == " ".join(line.text for line in lines) else clean(one.reason, 20_000)
    told = tuple((line.text, signed(line.points)) for line in lines)
    return ChangeView(what, signed(one.points) if one.points else "", reason, _who(one.by, one.on), told)


def all_comments(grade: Grade, assignment: Assignment) -> tuple[CommentView, ...]:
    """Those about questions, too, for a page that shows no question."""
    titles = {question.id: question.title for question in assignment.questions}
    return tuple(_comment(one, titles.get(one.question, one.question)) for one in grade.comments)


def _comments(grade: Grade, question: str) -> tuple[CommentView, ...]:
    return tuple(_comment(one) for one in grade.comments if one.question == question)


def _comment(one: Comment, about: str = "") -> CommentView:
    return CommentView(clean(one.text, 20_000), _who(one.by, one.on), about)


def _deadline(late: Lateness) -> DeadlineView:
    spent = f"{late.spent} of your late days {'was' if late.spent == 1 else 'were'} used." if late.spent else ""
    why = clean(late.extension, 2_000) + (f" ({clean(late.by, 100)})" if late.by else "")
    return DeadlineView(
        due=f"{_time(late.due, late.zone)} ({late.zone})",
        extension=why.strip() or ("Lateness was excused." if late.excused else ""),
        handed=f"{_time(late.handed, late.zone)} {SOURCES.get(late.source, '')}".strip() if late.handed else "",
        spent=spent,
    )


def signed(value: float) -> str:
    """Points that are added or taken away."""
    return f"+{points(value)}" if value >= 0 else f"−{points(-value)}"


def _who(by: str, on: str) -> str:
    day = _day(date.fromisoformat(on)) if on else ""
    return ", ".join(part for part in (clean(by, 100), day) if part)


def _time(moment: str, zone: str) -> str:
    """As people of the course read it: 12 October 2026, 23:59."""
    there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return f"{_day(there)}, {there:%H:%M}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
