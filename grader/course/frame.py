"""What every student's notebook tells beside its questions: how long it takes, and how it is handed in."""

from __future__ import annotations

from typing import Any

from grader.notebook.handout import STUDENTS_SIDE
from grader.records import Assignment
from grader.text import points

Notebook = dict[str, Any]

SITTINGS = "sittings"  # the id of the cell that says how long it takes
HAND_IN = """\
## Hand in

Save this notebook. Then, in a terminal, in the folder that it lies in:

    python {archive} submit {id}.ipynb

(In a cell, begin the line with `!`.) This runs the notebook from top to bottom in a fresh kernel, asks its public
checks, and writes `hand_in/{id}.ipynb`: that is the file to hand in, whatever the checks say. Keep the receipt that is
printed: your feedback page will show the same one."""


def with_sittings(notebook: Notebook, assignment: Assignment) -> Notebook:
    """A notebook with a cell behind its title, if the assignment says what its parts are."""
    if not assignment.parts:
        return notebook
    first, *rest = notebook["cells"]
    return {**notebook, "cells": [first, _cell(SITTINGS, "\n".join(_times(assignment))), *rest]}


def with_last_cell(notebook: Notebook, id: str) -> Notebook:
    """A notebook of an assignment with the cell behind its own that says how to hand it in."""
    return {**notebook, "cells": [*notebook["cells"], _cell("hand-in", HAND_IN.format(id=id, archive=STUDENTS_SIDE))]}


def _cell(id: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": text.splitlines(keepends=True)}


def _times(assignment: Assignment) -> list[str]:
    parts = assignment.parts
    times = [f"* part {n}, {part.title}" + (f": {part.time}" if part.time else "") for n, part in enumerate(parts, 1)]
    beyond = sum(question.points for question in assignment.questions if question.beyond)
    said = (
        "What is marked *Beyond the core* is for the willing: the core needs none of it, and your instructor says"
        f" whether it counts. The core is worth {points(assignment.points - beyond)} points, all together"
        f" {points(assignment.points)}."
    )
    return ["**How long it takes.**", "", *times, *(["", said] if beyond else [])]
