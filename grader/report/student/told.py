"""How much a student's page says: less than there is, where the course says so; and how to ask for another look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from grader.records import Assignment, Check, FeedbackLevel, Grade, Result
from grader.text import clean, slug


@dataclass(frozen=True, slots=True)
class RequestView:
    """What a request for another look begins with; a form adds the question and the reason, and saves it as a file.

    Attributes:
        link: the whole as a link, for a browser without scripts.
    """

    head: str
    file: str
    questions: tuple[tuple[str, str], ...]  # id, title
    link: str


def told(result: Result, level: FeedbackLevel) -> Result:
    """The result as a page of this level may know it."""
    if level is FeedbackLevel.FULL:
        return result
    return replace(result, checks=tuple(_told(check, hints=level is FeedbackLevel.HINTS) for check in result.checks))


def _told(check: Check, *, hints: bool) -> Check:
    """The outcome of a check, with the hint or without."""
    return Check(
        check.question,
        check.name,
        check.promise,
        check.status,
        diagnosis=check.diagnosis if hints else None,
        not_written=check.not_written,
        note=check.note if hints else "",
    )


def request_view(grade: Grade, assignment: Assignment, code: str) -> RequestView | None:
    """The form; None without a code, by which `grader requests` knows whose page it comes from."""
    if not code:
        return None
    student = clean(grade.student.name, 100)
    head = f"Regrade request\nassignment: {assignment.id}\nstudent: {student}\ncode: {code}\n"
    template = f"{head}question: \n\nWrite the question's name above, and here why it should be looked at again.\n"
    file = f"regrade-{assignment.id}-{slug(student, code).rpartition('-')[0]}.txt"
    questions = tuple((question.id, question.title) for question in assignment.questions)
    return RequestView(head, file, questions, f"data:text/plain;charset=utf-8,{quote(template)}")
