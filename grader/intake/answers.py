"""What a student answered to a question, as a hash: where it is another, a person looks at a decision again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from grader.intake.submission import names_in
from grader.records import Cell, Question


def answer_hash(cells: Sequence[Cell], question: Question) -> str:
    """A hash of the cells that answer a question: those that carry its id, and those that define what it asks for.

    Space at the ends of lines is not part of an answer.
    """
    own = [_plain(cell.source) for cell in cells if cell.question == question.id or _defines(cell, question)]
    return hashlib.sha256(json.dumps(own).encode()).hexdigest()[:16]


def _defines(cell: Cell, question: Question) -> bool:
    named = [name for name in question.names if name in cell.source]  # most cells name none: nothing is parsed
    return bool(named) and not names_in(cell.source).isdisjoint(named)


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
