"""The cell of a student's notebook that says how long it takes, and what one may leave out."""

from __future__ import annotations

from typing import Any

from grader.records import Assignment
from grader.text import points

ID = "sittings"  # of the cell


def with_sittings(notebook: dict[str, Any], assignment: Assignment) -> dict[str, Any]:
    """A notebook with the cell behind its title, if the assignment says what its parts are."""
    if not assignment.parts:
        return notebook
    cell = {
        "cell_type": "markdown",
        "id": ID,
        "metadata": {},
        "source": "\n".join(_lines(assignment)).splitlines(keepends=True),
    }
    first, *rest = notebook["cells"]
    return {**notebook, "cells": [first, cell, *rest]}


def _lines(assignment: Assignment) -> list[str]:
    parts = assignment.parts
    times = [f"* part {n}, {part.title}" + (f": {part.time}" if part.time else "") for n, part in enumerate(parts, 1)]
    beyond = sum(question.points for question in assignment.questions if question.beyond)
    said = (
        "What is marked *Beyond the core* is for the willing: the core needs none of it, and your instructor says"
        f" whether it counts. The core is worth {points(assignment.points - beyond)} points, all together"
        f" {points(assignment.points)}."
    )
    return ["**How long it takes.**", "", *times, *(["", said] if beyond else [])]
