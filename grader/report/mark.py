"""What the page for marking sees."""

from __future__ import annotations

from dataclasses import dataclass

from grader.intake.written import Answer, Answers
from grader.report.student.answer import AnswerView


@dataclass(frozen=True, slots=True)
class Marked:
    """A question and a pile of equal answers to it.

    Attributes:
        asked: the passage that asks, in Markdown.
        lines: of the rubric: id, text, points, whether it holds.
        given: points in the place of what the lines add up to.
        worth: what was chosen comes to; "" where nothing was.
        other: words that belong to no question, where no answer was found.
        names: of students, as far as they are shown; `students` is how many there are.
        changed: how many were decided about when the answer was another.
        before, after: addresses of the piles beside it, "" where there is none.
    """

    id: str
    pile: str
    title: str
    asked: str
    points: str
    lines: tuple[tuple[str, str, str, bool], ...]
    given: str
    text: str
    worth: str
    answer: AnswerView
    other: tuple[str, ...]
    students: int
    names: tuple[str, ...]
    hidden: bool
    marked: bool
    changed: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """The page; without a question, how far one has come.

    Attributes:
        questions: address, title, how many are marked, of how many, whether it is the one that is shown.
    """

    title: str
    questions: tuple[tuple[str, str, int, int, bool], ...]
    question: Marked | None = None
    fault: str = ""


def answers_with(question: str, answer: Answer) -> Answers:
    """One answer, as a page takes it."""
    return Answers({question: answer})
