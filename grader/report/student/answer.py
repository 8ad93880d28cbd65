"""What a student wrote for a question, and what came of its cells when the notebook ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.grading.causes import defining_cell
from grader.intake.written import Answers
from grader.records import Asked, Cell, CellStatus, Check, Question, Result, Submission
from grader.report.code import CodeView, code_view
from grader.report.shown import is_png
from grader.report.student.cells import last_lines
from grader.text import clean

MOST_WORDS = 20_000  # characters of an answer that are shown


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The cells of an answer.

    Attributes:
        text: the end of what they printed.
        images: what they drew, PNG, base64.
        words: an answer in words, in Markdown.
    """

    code: tuple[CodeView, ...]
    text: str
    images: tuple[str, ...]
    words: str = ""


def answer_view(
    result: Result, question: Question, checks: Sequence[Check], asked: Asked | None, answers: Answers
) -> AnswerView:
    """The cells with a question's mark, or those that define its names; or what was answered to a person."""
    given = answers.to(question.id)
    cells = given.cells if question.by_hand else cells_of(question, result.submission)
    frames = [frame for check in checks if check.trace for frame in check.trace.frames]
    runs = [run for cell in cells if (run := result.execution.run_of(cell.number))]
    for run in runs:
        frames.extend(run.trace.frames if run.trace else ())
    return AnswerView(
        code=tuple(
            code_view(
                cell.number,
                cell.source,
                {frame.line for frame in frames if frame.cell == cell.number},
                asked.code if asked else "",
            )
            for cell in cells
            if cell.source.strip()
        ),
        text="\n".join(last_lines(run.text) for run in runs if run.text.strip() and run.status is CellStatus.RAN),
        images=tuple(image for run in runs for image in run.images if is_png(image)),
        words=clean(given.text, MOST_WORDS),
    )


def cells_of(question: Question, submission: Submission) -> tuple[Cell, ...]:
    """A question's cells, in the notebook's order."""
    marked = [cell for cell in submission.cells if cell.question == question.id]
    found = marked or [cell for name in question.names if (cell := defining_cell(name, submission))]
    return tuple(sorted(dict.fromkeys(found), key=lambda cell: cell.number))
