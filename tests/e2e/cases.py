"""Whole submissions with the grade they must get. A case is a folder; adding a case is adding a folder.

    notebook.py      the notebook, in percent format
    make.py          optional: `write(folder, notebook)` puts what is handed in into the student's folder,
                     or `edit(notebook)` changes the notebook before it is written
    expected.toml    points; per question where they are not full; what report and cells must say

Cases of the toy course (tests/submissions, tests/attacks, tests/unlucky) are written out in full. Those of the real
assignments (tests/notebooks/NN_topic) give only what differs from the reference: a cell that names a question takes
the place of that question's cell, and the cells before it go with it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import sqlite3
import subprocess
import sys
import tomllib
import traceback
import warnings
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import jupytext
import pytest
import typer.main
from ancestors import shared
from walls_here import BEST

from grader import cli
from grader.course.catalog import Course
from grader.course.notebooks import solved_notebook
from grader.sandbox import levels

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests" / "submissions" / "course"
GRADER = [str(Path(sys.executable).with_name("grader"))]
Notebook = dict[str, Any]
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Case:
    """One folder. `assignment` is empty for a case of the toy course."""

    name: str
    folder: Path
    expected: dict[str, Any] = field(default_factory=dict)
    assignment: str = ""

    @property
    def student(self) -> str:
        return str(self.expected.get("student", self.name))


@dataclass(frozen=True)
class Graded:
    """What `grader run` printed and stored about a class."""

    out: Path
    grades: dict[str, dict[str, Any]]
    unreadable: dict[str, str]
    checks: dict[str, list[dict[str, Any]]]
    records: dict[str, tuple[dict[str, Any], dict[str, Any]]]

    @classmethod
    def of(cls, out: Path, printed: str) -> Graded:
        """From the folder of results and what `grader run --json` printed."""
        said, book = json.loads(printed), out / "gradebook.db"
        grades = {grade["student"]["name"]: grade for grade in said["grades"]}
        unreadable = {entry["student"]["name"]: entry["reason"] for entry in said["unreadable"]}
        return cls(out, grades, unreadable, checks_in(book), records_in(book))


def cases_in(folder: Path, assignment: str = "") -> list[Case]:
    return [
        Case(path.parent.name, path.parent, tomllib.loads(path.read_text(encoding="utf-8")), assignment)
        for path in sorted(folder.glob("*/expected.toml"))
    ]


def of_the_assignments() -> list[Case]:
    """What students of the real assignments hand in."""
    folders = sorted((ROOT / "tests" / "notebooks").glob("*_*"))
    return [case for folder in folders for case in cases_in(folder, folder.name)]


def notebook_of(case: Case) -> Notebook:
    """The case's notebook as Jupyter would have saved it."""
    path = case.folder / "notebook.py"
    cells = [
        _cell(i, cell)
        for i, cell in enumerate(jupytext.read(path, fmt="py:percent")["cells"] if path.is_file() else [])
    ]
    if case.assignment:
        return _in_place(solved_notebook(Course(ROOT), case.assignment), cells)
    metadata = {"grader": {"assignment": "01_toy"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}


def hand_in(case: Case, folder: Path) -> None:
    """Write what this case's student hands in."""
    home = folder / case.student
    home.mkdir(parents=True)
    notebook = notebook_of(case)
    make = runpy.run_path(str(case.folder / "make.py")) if (case.folder / "make.py").is_file() else {}
    if "edit" in make:
        make["edit"](notebook)
    if "write" in make:
        make["write"](home, notebook)
    else:
        name = case.expected.get("file", "notebook.ipynb")
        (home / name).write_text(json.dumps(notebook), encoding="utf-8")


def grade_cases(cases: list[Case], folder: Path, *options: object, course: Path = TOY) -> Graded:
    """Grade cases as one class, by the real command line."""
    for case in cases:
        hand_in(case, folder / "handed in")
    done = grader("run", folder / "handed in", "--out", folder / "grades", "--json", *options, course=course)
    assert done.returncode in (0, 3), done.stderr
    return Graded.of(folder / "grades", done.stdout)


def assert_grade(case: Case, graded: Graded) -> None:
    """The case earned exactly its points, or was refused with its sentence. Answers in words wait for a person."""
    if "unreadable" in case.expected:
        assert case.expected["unreadable"] in graded.unreadable[case.student]
        assert case.student not in graded.grades
        return
    grade = graded.grades[case.student]
    earned = {score["question"]: score["earned"] for score in grade["scores"]}
    waiting = {score["question"] for score in grade["scores"] if score["question"] in by_hand(case)}
    full = {score["question"]: score["points"] * (score["question"] not in waiting) for score in grade["scores"]}
    said = [f"{c['question']}::{c['name']}: {c['message']}" for c in graded.checks[case.student] if c["message"]]
    due = {**full, **case.expected.get("questions", {})}
    assert earned == pytest.approx(due, abs=1e-4), (
        f"{case.name}: {earned} in the place of {due}; {said}; {graded.records[case.student][1]}"
    )
    assert grade["earned"] == pytest.approx(case.expected["points"], abs=1e-4)
    whole = grade["earned"] == grade["points"]
    judged = "complete" if whole else "partial" if grade["earned"] else "none"
    assert grade["status"] == ("unjudged" if waiting else judged)


def by_hand(case: Case) -> set[str]:
    """The questions that a person judges, who has not yet: no points, and no final grade."""
    return {q.id for q in Course(ROOT).assignment(case.assignment).questions if q.by_hand} if case.assignment else set()


def assert_said(case: Case, graded: Graded) -> None:
    """The report says what was odd, and what became of cells and questions."""
    expected, (submission, execution) = case.expected, graded.records[case.student]
    remarks = " ".join([*submission["notes"], *execution["deaths"]])
    for part in expected.get("notes", []):
        assert part in remarks
    assert len(execution["deaths"]) == expected.get("deaths", len(execution["deaths"]))
    ended = [" ".join([run["note"], *(run["trace"] or {"kind": ""})["kind"].split()]) for run in execution["cells"]]
    for part in expected.get("cells", []):
        assert any(part in text for text in ended), ended
    checks = graded.checks[case.student]
    for question, part in expected.get("says", {}).items():
        assert any(part in c["message"] for c in checks if c["question"] == question), checks
    for question, mistake in expected.get("diagnosis", {}).items():
        assert mistake in [c["diagnosis"]["mistake"] for c in checks if c["question"] == question and c["diagnosis"]]
    waits = {s["question"]: s["waits_for"] for s in graded.grades[case.student]["scores"]}
    for question, others in expected.get("waits", {}).items():
        assert waits[question] == others


def grader(
    *arguments: object, course: Path | None = TOY, cwd: Path | None = None, env: dict[str, str] | None = None
) -> Done:
    """The command line, in this process: all that happens once Python has loaded it.

    Kernels come from one host for all commands, and workers from one process that has loaded PyTorch: one worker, where
    no test asks for more, since others have the processor. What the options are, and which walls stand here, is found
    out once. Where the start, the end or the environment of the program itself is in question, see `typed`.
    """
    words = [*map(str, arguments), *(["--course", str(course)] if course else [])]
    if words[0] in ("run", "validate") and not {"-j", "--dask"}.intersection(words):
        words += ["-j", "1"]
    printed, told, code = io.StringIO(), io.StringIO(), 0
    with (
        mock.patch.object(sys, "argv", [*GRADER, *words]),
        shared(),
        mock.patch.object(typer.main, "get_command", _options),
        mock.patch.object(levels, "best_level", lambda: BEST),
        mock.patch.dict(os.environ, env or {}),
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(told),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("default")  # as for a user: a warning is no error
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        except Exception:
            traceback.print_exc()
            code = 1
    return subprocess.CompletedProcess(words, code, printed.getvalue(), told.getvalue())


_options = cache(typer.main.get_command)


def typed(*arguments: object, course: Path | None = TOY, **options: Any) -> Done:
    """The command line as it is typed: a process of its own."""
    command = [*GRADER, *map(str, arguments), *(["--course", str(course)] if course else [])]
    return subprocess.run(command, capture_output=True, text=True, timeout=900, **options)


def checks_in(gradebook: Path) -> dict[str, list[dict[str, Any]]]:
    """Every stored check by student."""
    with sqlite3.connect(gradebook) as db:
        rows = db.execute(
            "SELECT p.name, c.record FROM checks c JOIN executions e ON e.id = c.execution "
            "JOIN submissions s ON s.id = e.submission JOIN students p ON p.key = s.student "
            "ORDER BY s.student, c.position"
        ).fetchall()
    found: dict[str, list[dict[str, Any]]] = {}
    for student, record in rows:
        found.setdefault(student, []).append(json.loads(record))
    return found


def records_in(gradebook: Path) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The stored submission and execution of every student."""
    with sqlite3.connect(gradebook) as db:
        rows = db.execute(
            "SELECT p.name, s.record, e.record FROM executions e JOIN submissions s ON s.id = e.submission "
            "JOIN students p ON p.key = s.student"
        ).fetchall()
    return {student: (json.loads(one), json.loads(two)) for student, one, two in rows}


def _cell(number: int, cell: Any) -> Notebook:
    question = cell["metadata"].get("question")
    made = {
        "id": f"c{number}",
        "cell_type": cell["cell_type"],
        "metadata": {"grader": {"question": question}} if question else {},
        "source": cell["source"].splitlines(keepends=True),
    }
    return made | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _question(cell: Notebook) -> str:
    return str(cell["metadata"].get("grader", {}).get("question", ""))


def _in_place(notebook: Notebook, cells: list[Notebook]) -> Notebook:
    """The reference's notebook with these cells in the places of their questions, the last ones at its end."""
    places: dict[str, list[Notebook]] = {}
    waiting: list[Notebook] = []
    for cell in cells:
        waiting.append(cell)
        if question := _question(cell):
            places[question], waiting = waiting, []
    unknown = places.keys() - {_question(cell) for cell in notebook["cells"]}
    assert not unknown, f"no such questions: {unknown}"
    kept = [new for cell in notebook["cells"] for new in places.get(_question(cell) or "-", [cell])]
    return {**notebook, "cells": [*kept, *waiting]}
