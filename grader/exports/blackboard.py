"""Blackboard: fills the file that the Grade Center lets one download, in its encoding and quoting.

The column's id stands in its title; without it Blackboard makes a new column.
"""

from __future__ import annotations

import re

from grader.exports.filling import Column, Format
from grader.exports.numbers import read_number
from grader.roster.reading import ClassList

_TITLE = re.compile(r"(?P<name>.*?)\s*(?:\[[^\]]*?(?P<most>\d[\d.,]*)[^\]]*\])?\s*\|\s*(?P<id>\d+)", re.S)


def _columns(read: ClassList) -> list[Column]:
    found = []
    for index, title in enumerate(read.table.titles):
        if match := _TITLE.fullmatch(title):
            found.append(Column(index, title, match["name"], read_number(match["most"] or "")))
    return found


BLACKBOARD = Format("blackboard", _columns)
