"""solutions/NN_topic.py -> the student's notebook, and solved notebooks for the proofs.

A solution is a percent-format script ("# %%"), read by jupytext. A cell that answers a question says so:

    # %% question="flatten_images"
    def flatten_images(batch: torch.Tensor) -> torch.Tensor:
        \"\"\"...\"\"\"
        # BEGIN SOLUTION
        return batch.flatten(start_dim=1)
        # END SOLUTION

In the student's copy the cell says the question's points, and each such region becomes a comment and a
NotImplementedError that names the function or class it stands in. The cell for an answer in words is
Markdown and carries its question's id as well; there the region stands between `<!-- BEGIN SOLUTION -->` and
`<!-- END SOLUTION -->`, and becomes a line that asks for the answer.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jupytext

from grader.course.catalog import Course
from grader.course.first_cell import with_first_cell
from grader.course.frame import with_last_cell, with_sittings
from grader.course.shown import with_reach
from grader.course.variants import Variant
from grader.errors import CourseError
from grader.notebook.handout import PLACEHOLDER
from grader.records import Assignment, Question
from grader.text import points

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
_REGION = re.compile(rf"^(?P<indent>[ \t]*){BEGIN}[^\n]*\n(?P<body>.*?)^[ \t]*{END}[^\n]*$", re.M | re.S)

BEGIN_WORDS, END_WORDS = "<!-- BEGIN SOLUTION -->", "<!-- END SOLUTION -->"
BEYOND = "Beyond the core: for the willing."
MARKS = (BEGIN, END, BEGIN_WORDS, END_WORDS)
_DEFINED = re.compile(r"^(?:def|class) (\w+)", re.M)
_WORDS = re.compile(rf"^{BEGIN_WORDS}[ \t]*\n.*?^{END_WORDS}[ \t]*$", re.M | re.S)

Notebook = dict[str, Any]
SourceCell = tuple[str, str, str]  # cell type, question, source


def build(course: Course, id: str) -> tuple[Path, str]:
    """The student notebook's path and its text, the same for the same source. Raises CourseError."""
    return course.notebook(id), as_text(student_notebook(course, id))


def student_notebook(course: Course, id: str) -> Notebook:
    """The notebook that students get."""
    assignment = course.assignment(id)

    def unsolved(source: str, question: str) -> str:
        stripped, told = strip(source, question), assignment.question(question)
        worth = f"{points(told.points)} point{'' if told.points == 1 else 's'}."
        if told.kind == "written":  # its own words stay first: by them it is known where marks are lost
            asked = stripped.replace(PLACEHOLDER, f"*{worth}*\n\n{PLACEHOLDER}")
            return f"*{BEYOND}*\n\n{asked}" if told.beyond else asked
        return f"# {BEYOND} {worth}\n{stripped}" if told.beyond else f"# {worth}\n{stripped}"

    notebook = with_sittings(_notebook(course, id, unsolved), assignment)
    return with_last_cell(with_first_cell(notebook, id), id)


def solved_notebook(course: Course, id: str, variants: Mapping[str, Iterable[Variant]] | None = None) -> Notebook:
    """The reference as a notebook; with `variants`, by question, their definitions take the reference's place."""
    chosen = variants or {}

    def solve(source: str, question: str) -> str:
        for variant in chosen.get(question, ()):
            source = substitute(source, variant)
        return source

    return _notebook(course, id, solve)


def as_text(notebook: Notebook) -> str:
    """A notebook's file content; always the same for the same notebook."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def strip(source: str, question: str) -> str:
    """A cell without its solution regions. Raises ValueError when a region does not end, or when there is none."""

    def blank(match: re.Match[str]) -> str:
        indent = match["indent"]
        name = [question, *_DEFINED.findall(source[: match.start()])][-1 if indent else 0]
        lines = ("# Write your code here, in the place of the next line.", f'raise NotImplementedError("{name}")')
        return "\n".join(indent + line for line in lines)

    stripped = _WORDS.sub(PLACEHOLDER, _REGION.sub(blank, source))
    if any(mark in stripped for mark in MARKS):
        raise ValueError(f"a region begins without an end, or ends without a beginning, in the cell of {question!r}")
    if stripped == source:
        raise ValueError(f"no {BEGIN}, or {BEGIN_WORDS}, in the cell of {question!r}: students would get the solution")
    return stripped


def solutions_in(source: str) -> list[str]:
    """The bodies of a cell's solution regions."""
    return [match["body"] for match in _REGION.finditer(source)] + _WORDS.findall(source)


def substitute(source: str, variant: Variant) -> str:
    """A cell with one of its definitions replaced. Raises CourseError when the cell does not define the name."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == variant.name:
            lines = source.splitlines()
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            lines[first - 1 : node.end_lineno] = [variant.imports, "", variant.source]
            return "\n".join(lines).strip("\n")
    raise CourseError(variant.where, f"the reference's cell does not define {variant.name!r}", "name what it defines")


def source_cells(course: Course, id: str) -> list[SourceCell]:
    """The cells of a solution. Raises CourseError."""
    path = course.solution(id)
    if not path.is_file():
        raise CourseError(path, "there is no solution", "write it in percent format")
    return list(_cells_in(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=16)
def _cells_in(script: str) -> tuple[SourceCell, ...]:
    """The cells of a script, which proofs ask for again and again."""
    cells = jupytext.reads(script, fmt="py:percent")["cells"]
    return tuple((cell["cell_type"], str(cell["metadata"].get("question", "")), cell["source"]) for cell in cells)


def place_of(course: Course, id: str, question: str) -> str:
    """Where a question's cell stands, as file:line."""
    path = course.solution(id)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    tag = re.compile(rf"""#\s*%%.*question=["']{re.escape(question)}["']""")
    return next((f"{path}:{number}" for number, line in enumerate(lines, start=1) if tag.match(line)), str(path))


def _notebook(course: Course, id: str, change: Any) -> Notebook:
    assignment, path = course.whole(id), course.solution(id)
    cells: list[SourceCell] = []
    asked: set[str] = set()
    for kind, question, source in source_cells(course, id):
        if question:
            _check_question(path, assignment, question, asked)
            _check_kind(place_of(course, id, question), assignment.question(question), kind)
            try:
                source = change(source, question)
            except (ValueError, SyntaxError) as error:
                raise CourseError(place_of(course, id, question), str(error), "correct the cell") from error
        elif any(mark in source for mark in MARKS):
            line = next(line for line in source.splitlines() if any(mark in line for mark in MARKS)).strip()
            what = f"a solution region in a cell without a question, {line!r}: students would get what is in it"
            raise CourseError(path, what, 'tag the cell with question="its id"')
        elif kind == "code":
            source = with_reach(source, assignment)
        cells.append((kind, question, source))
    if missing := [q.id for q in assignment.questions if q.id not in asked]:
        raise CourseError(path, f"no cell for the question {missing[0]!r}", f'tag one with question="{missing[0]}"')
    return assemble(id, cells)


def assemble(id: str, cells: Iterable[SourceCell]) -> Notebook:
    """A notebook of an assignment with these cells, none of them run."""
    return {
        "cells": [_cell(*cell, number) for number, cell in enumerate(cells, start=1)],
        "metadata": {
            "grader": {"assignment": id},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def question_of(cell: Mapping[str, Any]) -> str:
    """The question that a cell of such a notebook answers, or nothing."""
    return str(cell["metadata"].get("grader", {}).get("question", ""))


def _check_question(path: Path, assignment: Assignment, question: str, asked: set[str]) -> None:
    if question in asked:
        raise CourseError(path, f"two cells answer {question!r}", "keep one")
    if question not in {q.id for q in assignment.questions}:
        raise CourseError(path, f"a cell answers {question!r}, which assignment.toml does not ask", "add or rename it")
    asked.add(question)


def _check_kind(where: str, question: Question, kind: str) -> None:
    """An answer in words is a Markdown cell, every other one a code cell."""
    due = "markdown" if question.kind == "written" else "code"
    if kind != due:
        what = f"the cell of {question.id!r}, a question of the kind {question.kind!r}, is a {kind} cell"
        raise CourseError(where, what, f"make it a {due} cell")


def _cell(kind: str, question: str, source: str, number: int) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": question.replace("_", "-")[:60] or f"cell-{number:03d}",
        "metadata": {"grader": {"question": question}} if question else {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
