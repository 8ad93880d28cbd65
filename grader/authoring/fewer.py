"""A handout with some of an assignment's questions: what belongs to the others alone goes with them.

a section all of whose questions are left out      goes whole
a question's own passage, without a heading        goes with its question
a cell that shows what a question's code does      goes when it uses a name that is not there any more, and the
                                                   passage before it, without a heading, with it
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.course.frame import SITTINGS
from grader.course.names import binds_and_uses
from grader.course.notebooks import Notebook, question_of
from grader.desk.blocks import without
from grader.errors import CourseError

_SECTION = re.compile(r"^#{1,2} ", re.M)
_HEADING = re.compile(r"^#{1,6} ", re.M)
_RUBRIC = re.compile(r"^\s*rubric\s*=")

Cell = dict[str, Any]


def fewer(notebook: Notebook, asked: Collection[str]) -> Notebook:
    """A student's notebook that asks these questions only."""
    sections = _sections([cell for cell in notebook["cells"] if cell["id"] != SITTINGS])  # it speaks of all questions
    kept = [cell for section in sections if _is_asked(section, asked) for cell in _of_section(section, asked)]
    gone = [cell for section in sections for cell in section if question_of(cell) and question_of(cell) not in asked]
    lost = set().union(*map(_binds, gone)) - set().union(*map(_binds, kept))
    return {**notebook, "cells": list(_without(lost, kept))}


def table_with(text: str, questions: Sequence[str], asked: Collection[str]) -> str:
    """The text of `assignment.toml` with some of its questions only.

    Args:
        questions: all of them, in its order.

    Raises UsageError where one is not written as `[[questions]]`.
    """
    return without(text, "questions", [place for place, id in enumerate(questions) if id not in asked], len(questions))


def _sections(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells from one title or heading of a section to the next."""
    found: list[list[Cell]] = [[]]
    for cell in cells:
        if cell["cell_type"] == "markdown" and _SECTION.search(_source(cell)):
            found.append([])
        found[-1].append(cell)
    return found


def _source(cell: Cell) -> str:
    return "".join(cell["source"])


def _binds(cell: Cell) -> frozenset[str]:
    return binds_and_uses(_source(cell))[0] if cell["cell_type"] == "code" else frozenset()


def _uses(cell: Cell) -> frozenset[str]:
    return binds_and_uses(_source(cell))[1] if cell["cell_type"] == "code" else frozenset()


def _is_asked(section: Sequence[Cell], asked: Collection[str]) -> bool:
    """Whether a section asks something still, or never did."""
    own = [question for cell in section if (question := question_of(cell))]
    return not own or any(question in asked for question in own)


def _of_section(section: Sequence[Cell], asked: Collection[str]) -> Iterator[Cell]:
    passage: list[Cell] = []
    for cell in section:
        question = question_of(cell)
        if question and question not in asked:
            yield from (one for one in passage if _HEADING.search(_source(one)))
            passage = []
        elif cell["cell_type"] == "markdown" and not question:
            passage.append(cell)
        else:
            yield from passage
            yield cell
            passage = []
    yield from passage


def _without(lost: Collection[str], cells: Iterable[Cell]) -> Iterator[Cell]:
    """Cells that can run without these names, and the words that do not lead to another."""
    passage: list[Cell] = []
    for cell in cells:
        if cell["cell_type"] == "markdown" and not question_of(cell):
            passage.append(cell)
        elif not question_of(cell) and _uses(cell).intersection(lost):
            yield from (one for one in passage if _HEADING.search(_source(one)))
            passage = []
        else:
            yield from passage
            yield cell
            passage = []
    yield from passage


def without_rubrics(table: str, where: Path) -> str:
    """An assignment's table without rubrics. Raises CourseError where one is written so that it cannot be taken out."""
    kept, statement = [], ""
    for line in table.splitlines(keepends=True):
        statement += line if statement or _RUBRIC.match(line) else ""
        if not statement:
            kept.append(line)
        elif _is_whole(statement):
            statement = ""
    text = "".join(kept)
    if statement or any("rubric" in one for one in tomllib.loads(text).get("questions", [])):
        raise CourseError(where, "a rubric is written in another way", "write it as `rubric = [` … `]`")
    return text


def _is_whole(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True
