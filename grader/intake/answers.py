"""What a student answered to a question, as a hash: where it is another, a person looks at a decision again."""

from __future__ import annotations

import hashlib
import json

from grader.intake.submission import names_in
from grader.intake.written import NO_ANSWERS, Answers
from grader.records import Cell, Question, Submission


def answer_hash(submission: Submission, question: Question, answers: Answers = NO_ANSWERS) -> str:
    """A hash of what answers a question: the cells that carry its id, and those that define what it asks for.

    Space at the ends of lines is not part of an answer.

    Args:
        answers: of the submission to questions that a person judges.
    """
    cells, given = submission.cells, answers.to(question.id)
    if question.by_hand:
        return _digest([given.text, *(_plain(cell.source) for cell in given.cells)])
    own = [_plain(cell.source) for cell in cells if cell.question == question.id or _defines(cell, question)]
    return _digest(own)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _defines(cell: Cell, question: Question) -> bool:
    named = [name for name in question.names if name in cell.source]  # most cells name none: nothing is parsed
    return bool(named) and not names_in(cell.source).isdisjoint(named)


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
