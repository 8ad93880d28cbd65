"""The last cell of every student's notebook: how to hand it in."""

from __future__ import annotations

from typing import Any

from grader.notebook.handout import STUDENTS_SIDE

SOURCE = """\
## Hand in

Save this notebook. Then, in a terminal, in the folder that it lies in:

    python {archive} submit {id}.ipynb

(In a cell, begin the line with `!`.) This runs the notebook from top to bottom in a fresh kernel, asks its public
checks, and writes `hand_in/{id}.ipynb`: that is the file to hand in, whatever the checks say. Keep the receipt that is
printed: your feedback page will show the same one.
"""


def with_last_cell(notebook: dict[str, Any], id: str) -> dict[str, Any]:
    """A notebook of an assignment with the cell behind its own."""
    source = SOURCE.format(id=id, archive=STUDENTS_SIDE).rstrip("\n")
    cell = {"cell_type": "markdown", "id": "hand-in", "metadata": {}, "source": source.splitlines(keepends=True)}
    return {**notebook, "cells": [*notebook["cells"], cell]}
