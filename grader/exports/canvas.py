"""Canvas: fills the exported gradebook, to be imported again.

The columns of ids stay, so does the row of possible points; what Canvas computes itself is read-only and stays, too.
"""

from __future__ import annotations

import re

from grader.exports.filling import Column, Format
from grader.exports.numbers import read_number
from grader.roster.reading import ClassList

_TITLE = re.compile(r"(.*\S)\s*\((\d+)\)", re.S)


def _columns(read: ClassList) -> list[Column]:
    """Assignments have their id in the title. Their maximum stands in a row above the students'."""
    students = {line.number for line in read.lines}
    heads = [line for line in read.table.lines if line.number not in students]
    found = []
    for index, title in enumerate(read.table.titles):
        if match := _TITLE.fullmatch(title):
            said = [line.cells[index].text.strip() for line in heads]
            numbers = [number for text in said if (number := read_number(text)) is not None]
            closed = "Canvas computes it itself" if any(text.startswith("(") for text in said) else ""
            found.append(Column(index, title, match[1], numbers[0] if numbers else None, closed))
    return found


CANVAS = Format("canvas", _columns, excused="EX")
