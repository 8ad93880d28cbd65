"""A page that would say what it says stays as it is; whatever changes what one says makes it anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import TOY, Case, grader, notebook_of

NOTEBOOKS = {name: json.dumps(notebook_of(Case(case, TOY.parent / case))) for name, case in (
    ("ada", "all_right"), ("ben", "returns_none"), ("cy", "forgets_whole_numbers"),
)}  # fmt: skip
ALL = set(NOTEBOOKS)
STUDENTS, STAFF = "students", "staff"
Edit = Callable[[Path], object]


class Class:
    """A graded class with a course that may be edited; tells whose pages are made anew."""

    def __init__(self, folder: Path) -> None:
        self.course, self.handed, self.out = folder / "course", folder / "class", folder / "grades"

    def run(self, *words: object) -> dict[str, set[str]]:
        return self._anew("run", self.handed, *words)

    def score(self) -> dict[str, set[str]]:
        return self._anew("score")

    def pages(self, kind: str) -> dict[str, Path]:
        return {page.name.partition("-")[0]: page for page in (self.out / kind).glob("*.html")}

    def _anew(self, *words: object) -> dict[str, set[str]]:
        """Whose pages of each kind a command writes."""
        before = {page: page.stat().st_mtime_ns for kind in (STUDENTS, STAFF) for page in self.pages(kind).values()}
        done = grader(*words, "--out", self.out, course=self.course)
        assert done.returncode in (0, 3), done.stderr
        return {
            kind: {name for name, page in self.pages(kind).items() if before.get(page) != page.stat().st_mtime_ns}
            for kind in (STUDENTS, STAFF)
        }


NONE, EVERY = {STUDENTS: set(), STAFF: set()}, {STUDENTS: ALL, STAFF: ALL}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graded once; nobody writes here."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(TOY, folder / "course")
    for name, notebook in NOTEBOOKS.items():
        (folder / "class" / name).mkdir(parents=True)
        (folder / "class" / name / "notebook.ipynb").write_text(notebook, encoding="utf-8")
    assert Class(folder).run() == EVERY
    return folder


@pytest.fixture
def klass(graded: Path, tmp_path: Path) -> Class:
    return Class(shutil.copytree(graded, tmp_path / "kept"))


def edit(name: str, old: str, new: str) -> Edit:
    """What replaces a text in a file of the course, or writes the file."""

    def change(course: Path) -> None:
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if old else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")

    return change


DECISION = '[[comment]]\nstudent = "ben"\nassignment = "01_toy"\ntext = "Come and see me."\n'
OWN = '{% extends "grader/student.html" %}{% block questions %}Ask me.{% endblock %}'
OUTCOMES = '[feedback]\nlevel = "outcomes"\n'
TABLE = "assignments/01_toy/assignment.toml"


def test_nothing_is_made_twice(klass: Class) -> None:
    """By a second run, by scoring, or by both."""
    assert klass.run() == NONE
    assert klass.score() == NONE
    assert klass.run("--force")[STUDENTS] <= ALL, "a notebook that ran again may have printed something else"


@pytest.mark.parametrize("command", [Class.score, Class.run])
@pytest.mark.parametrize(
    ("change", "due"),
    [
        (edit("decisions.toml", "", DECISION), {"ben"}),
        (edit("templates/student.html", "", OWN), ALL),
        (edit("course.toml", "", OUTCOMES), ALL),
        (edit("assignments/01_toy/01_toy.ipynb", "", '{"cells": []}'), ALL),
        (edit(TABLE, "points = 2", "points = 3"), ALL),
        (edit("tests/hidden/01_toy/NOTES.md", "", "Nothing of a suite."), set()),
    ],
)
def test_what_makes_pages_anew(
    change: Edit, due: set[str], command: Callable[[Class], dict[str, set[str]]], klass: Class
) -> None:
    """A decision those that it is about; a template, a setting, the handout and the points all; and only once."""
    change(klass.course)
    assert command(klass) == {STUDENTS: due, STAFF: due}
    assert command(klass) == NONE and klass.score() == NONE


def test_a_template_that_is_changed_again(klass: Class) -> None:
    """And taken away."""
    edit("templates/student.html", "", OWN)(klass.course)
    klass.score()
    assert "Ask me." in klass.pages(STUDENTS)["ada"].read_text(encoding="utf-8")
    edit("templates/student.html", "Ask me.", "Ask us.")(klass.course)
    assert klass.score() == EVERY
    assert "Ask us." in klass.pages(STUDENTS)["ada"].read_text(encoding="utf-8")
    (klass.course / "templates" / "student.html").unlink()
    assert klass.score() == EVERY
    assert "Ask us." not in klass.pages(STUDENTS)["ada"].read_text(encoding="utf-8")


def test_a_corrected_check(klass: Class) -> None:
    """Only the pages of those whose verdicts are others; the same verdicts of another suite are told already."""
    suite = "tests/hidden/01_toy/test_double.py"
    edit(suite, "import torch\n", "import torch\n\n# a thought\n")(klass.course)
    assert klass.run() == NONE
    edit(suite, ", (torch.arange(5),)", ", (torch.rand(2, generator=rng),)")(klass.course)
    assert klass.run() == {STUDENTS: {"cy"}, STAFF: {"cy"}}
    assert klass.score() == NONE


def test_what_is_missing_or_torn_is_made(klass: Class) -> None:
    """A page that was removed, one that was not written to its end, and one of an older grader."""
    klass.pages(STAFF)["ada"].unlink()
    for name, end in (("ben", -90), ("cy", -30)):
        page = klass.pages(STUDENTS)[name]
        page.write_bytes(page.read_bytes()[:end])
    assert klass.run() == {STUDENTS: {"ben", "cy"}, STAFF: {"ada"}}
    assert klass.run() == NONE


def test_another_secret(klass: Class) -> None:
    """The codes on pages follow from it."""
    (klass.out / "secret.key").unlink()
    assert klass.run() == EVERY
