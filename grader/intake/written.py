"""What a student answered to questions that a person judges: words in Markdown cells, or the cells that draw.

A cell is known by its mark. Where an editor has lost the marks, by what the handout says in it or before it; and what a
student wrote in cells of their own right below belongs to it. Nothing that was written is lost: what belongs to no
question is kept as well, for a person to see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.course.catalog import Course
from grader.notebook.handout import PLACEHOLDER
from grader.records import Assignment, Cell, Question, Submission, Text


@dataclass(frozen=True, slots=True)
class Handed:
    """A cell of the handout that asks for an answer: as it was handed out, and the Markdown cell before it."""

    own: str
    before: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The handout of an assignment, as far as it helps to find answers: how it asks, and all that it says."""

    asks: dict[str, Handed]
    says: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student answered to one question: words, as Markdown, or the code cells that draw."""

    text: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.text and not self.cells


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one submission, by question; and the words that belong to none."""

    by_question: dict[str, Answer]
    other: tuple[str, ...] = ()

    def to(self, question: str) -> Answer:
        return self.by_question.get(question, Answer())


NO_ANSWERS = Answers({})


def sheet_of(course: Course, assignment: Assignment) -> Sheet:
    """How the handout asks what persons judge; nothing of a notebook that cannot be read."""
    path = course.notebook(assignment.id)
    try:
        return _sheet(path.read_text(encoding="utf-8"), tuple(q.id for q in assignment.questions if q.by_hand))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Sheet({}, frozenset())


@lru_cache(maxsize=8)  # asked for every student of a class
def _sheet(notebook: str, questions: tuple[str, ...]) -> Sheet:
    asks: dict[str, Handed] = {}
    says: set[str] = set()
    before = ""
    for cell in json.loads(notebook)["cells"]:
        source = _plain("".join(cell["source"]))
        question = cell["metadata"].get("grader", {}).get("question", "")
        if question in questions:
            asks[question] = Handed(source, before)
        if cell["cell_type"] == "markdown":
            before = source
            if question not in questions:
                says.add(source)
    return Sheet(asks, frozenset(says))


def answers_of(submission: Submission, assignment: Assignment, sheet: Sheet) -> Answers:
    """What a student answered to the questions of an assignment that persons judge."""
    written = {q.id: q for q in assignment.questions if q.kind == "written"}
    drawn = [q for q in assignment.questions if q.kind == "looked_at"]
    words, other = _words(submission, written, sheet)
    found = {id: Answer("\n\n".join(parts)) for id, parts in words.items()}
    found |= {q.id: Answer(cells=_drawing(submission, q, sheet)) for q in drawn}
    return Answers(found, tuple(other))


def _words(
    submission: Submission, written: dict[str, Question], sheet: Sheet
) -> tuple[dict[str, list[str]], list[str]]:
    """The parts of each answer, in the notebook's order, and what belongs to none."""
    found: dict[str, list[str]] = {id: [] for id in written}
    other: list[str] = []
    marked = {text.question for text in submission.texts}
    lost = {id: sheet.asks[id] for id in written if id not in marked and id in sheet.asks}
    current, place = "", -1
    for text in _with_code(submission, written):
        source = _plain(text.source)
        if text.after != place:
            current, place = "", text.after
        asked = text.question if text.question in written else _asked_by(source, lost)
        if asked:
            current = asked
            found[asked] += _own(source, sheet.asks.get(asked))
        elif source in sheet.says:
            current = next((id for id, handed in lost.items() if handed.before == source), "")
        elif source:
            (found[current] if current else other).append(source)
    return found, other


def _with_code(submission: Submission, written: dict[str, Question]) -> Iterator[Text]:
    """The texts of a notebook, and code cells in which an answer was written."""
    turned = [
        Text(cell.number - 1, cell.source, cell.question) for cell in submission.cells if cell.question in written
    ]
    yield from sorted((*submission.texts, *turned), key=lambda text: text.after)


def _asked_by(source: str, lost: dict[str, Handed]) -> str:
    """The question whose handed-out cell begins like this one, among those whose mark is lost."""
    first = source.partition("\n")[0]
    for id, handed in lost.items():
        head = handed.own.partition("\n")[0]
        if first and first == head and head != PLACEHOLDER:
            return id
    return ""


def _own(source: str, handed: Handed | None) -> list[str]:
    """What a student wrote in a cell, without what the handout says there."""
    given = set(handed.own.splitlines()) if handed else set()
    lines = [line for line in source.splitlines() if not line.strip() or line not in given | {PLACEHOLDER}]
    text = "\n".join(lines).strip()
    return [text] if text else []


def _drawing(submission: Submission, question: Question, sheet: Sheet) -> tuple[Cell, ...]:
    """The cells with a question's mark, else the one after the text that asks for it."""
    marked = tuple(cell for cell in submission.cells if cell.question == question.id)
    handed = sheet.asks.get(question.id)
    if marked or handed is None or not handed.before:
        return marked
    places = [text.after for text in submission.texts if _plain(text.source) == handed.before]
    return tuple(cell for cell in submission.cells if places and cell.number == places[0] + 1)


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
