"""Whole submissions with the grade they must get: a case is a folder in tests/submissions.

    notebook.py      the notebook, in percent format
    make.py          optional: `write(folder, notebook)` puts what is handed in into the student's folder
    expected.toml    points; per question where they are not full; what report and cells must say

Adding a case is adding a folder.
"""

from __future__ import annotations

import json
import runpy
import sqlite3
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "submissions"
TOY = CASES / "course"
GRADER = [str(Path(sys.executable).with_name("grader"))]


@dataclass(frozen=True)
class Case:
    """One folder of tests/submissions."""

    name: str
    folder: Path
    expected: dict[str, Any] = field(default_factory=dict)

    @property
    def student(self) -> str:
        return str(self.expected.get("student", self.name))


def all_cases() -> list[Case]:
    return [
        Case(path.parent.name, path.parent, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(CASES.glob("*/expected.toml"))
    ]


def notebook_of(case: Case, assignment: str = "01_toy") -> dict[str, Any]:
    """The case's notebook as Jupyter would have saved it."""
    path = case.folder / "notebook.py"
    cells = jupytext.read(path, fmt="py:percent")["cells"] if path.is_file() else []
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"grader": {"assignment": assignment}},
        "cells": [_cell(i, cell) for i, cell in enumerate(cells)],
    }


def _cell(number: int, cell: Any) -> dict[str, Any]:
    question = cell["metadata"].get("question")
    made = {
        "id": f"c{number}",
        "cell_type": cell["cell_type"],
        "metadata": {"grader": {"question": question}} if question else {},
        "source": cell["source"].splitlines(keepends=True),
    }
    return made | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def hand_in(case: Case, folder: Path) -> None:
    """Write what this case's student hands in."""
    home = folder / case.student
    home.mkdir(parents=True)
    notebook = notebook_of(case)
    if (case.folder / "make.py").is_file():
        runpy.run_path(str(case.folder / "make.py"))["write"](home, notebook)
    else:
        name = case.expected.get("file", "notebook.ipynb")
        (home / name).write_text(json.dumps(notebook), encoding="utf-8")


def grader(*arguments: object, course: Path | None = TOY, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the real command line."""
    command = [*GRADER, *map(str, arguments), *(["--course", str(course)] if course else [])]
    return subprocess.run(command, capture_output=True, text=True, timeout=900, **options)


def checks_in(gradebook: Path) -> dict[str, list[dict[str, Any]]]:
    """Every stored check by student."""
    with sqlite3.connect(gradebook) as db:
        rows = db.execute(
            "SELECT s.student, c.record FROM checks c JOIN executions e ON e.id = c.execution "
            "JOIN submissions s ON s.id = e.submission ORDER BY s.student, c.position"
        ).fetchall()
    found: dict[str, list[dict[str, Any]]] = {}
    for student, record in rows:
        found.setdefault(student, []).append(json.loads(record))
    return found


def records_in(gradebook: Path) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The stored submission and execution of every student."""
    with sqlite3.connect(gradebook) as db:
        rows = db.execute(
            "SELECT s.student, s.record, e.record FROM executions e JOIN submissions s ON s.id = e.submission"
        ).fetchall()
    return {student: (json.loads(one), json.loads(two)) for student, one, two in rows}
