"""`grader check`, as a student types it: a fresh kernel, every public check, and what a fresh kernel does not have."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from cases import TOY, grader, typed
from words import answered, write_course

HANDOUT = TOY / "assignments" / "01_toy"

DOUBLE = "def double(t):\n    print('doubling')\n    return t * 2\ncheck('double')"
MESSY = [
    ("import torch\nfrom grader import check", 1),
    (DOUBLE, 3),
    ("y = helper(3)", 9),
    ("def helper(x):\n    return x", 5),
    ("def root(t):\n    return gone(t)", 6),
]


def write(path: Path, cells: list[tuple[str, int]]) -> None:
    made = [
        {"cell_type": "code", "source": source, "execution_count": count, "outputs": [], "metadata": {}}
        for source, count in cells
    ]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}), encoding="utf-8")


@pytest.fixture
def handout(tmp_path: Path) -> Path:
    """What a student has, and nothing else."""
    return Path(shutil.copytree(HANDOUT, tmp_path / "toy"))


def test_it_says_what_only_hidden_state_made_work(handout: Path) -> None:
    """The cell, its exception and line; each question; the order; in an encoding that has no marks."""
    write(handout / "mine.ipynb", MESSY)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = typed("check", handout / "mine.ipynb", course=None, env=environment)
    assert (done.returncode, done.stderr) == (1, ""), done.stderr
    for words in (
        "cell 3: NameError: name 'helper' is not defined",
        "line 1: y = helper(3)",
        "+ double: Double",
        "x root: Root",
        "In [5], line 2, in root:",
        "Cell 3 uses `helper`, which cell 4 defines, further down.",
        "Your functions use `gone`, which no cell defines.",
        "Cell 3 (In [9]) had been run after cell 4 (In [5])",
        "1 of 5 public checks passed.",
    ):
        assert words in done.stdout, done.stdout


def test_a_folder_has_a_heading_for_each_file(handout: Path) -> None:
    """A dead kernel and a torn file are told as that, and the others are run."""
    shutil.rmtree(handout / "data")
    (handout / "01_toy.ipynb").unlink()
    (handout / ".ipynb_checkpoints").mkdir()
    write(handout / ".ipynb_checkpoints" / "old.ipynb", MESSY)
    write(handout / "dead.ipynb", [("import os\nos._exit(3)", 1), ("x = 1", 2), ("y = 1", 3)])
    (handout / "torn.ipynb").write_text("{")
    done = grader("check", handout, course=None)
    assert done.returncode == 1, done.stderr
    assert str(handout / "dead.ipynb") in done.stdout and "old.ipynb" not in done.stdout
    assert "cell 1: The kernel died while this cell ran." in done.stdout
    assert "cells 2 to 3: Not run: the kernel had died." in done.stdout
    assert "The checks could not be asked: the kernel had died" in done.stdout
    assert "its content is not valid JSON" in done.stdout


def test_a_cell_that_is_no_python_is_named_by_its_question(handout: Path) -> None:
    """With its line, and without the file that IPython keeps it in."""
    write(handout / "mine.ipynb", [("def double(t)\n    return t * 2", 1)])
    raw = json.loads((handout / "mine.ipynb").read_text())
    raw["cells"][0]["metadata"] = {"grader": {"question": "double"}}
    (handout / "mine.ipynb").write_text(json.dumps(raw))
    done = grader("check", handout / "mine.ipynb", course=None)
    assert "cell 1, `double`: SyntaxError: expected ':', in its line 1\n" in done.stdout, done.stdout


def test_questions_in_words_that_wait_are_named(tmp_path: Path) -> None:
    """Nobody hands in a notebook and learns later that a cell of text asked for an answer."""
    course = write_course(tmp_path / "course")
    folder = course.handout("01_toy")
    for words, said in (("", "0 of 1"), ("The linear layer wants rows.", "1 of 1")):
        (folder / "mine.ipynb").write_text(json.dumps(answered(course, words)))
        done = grader("check", folder / "mine.ipynb", course=None)
        assert "5 of 5 public checks passed.\n" in done.stdout, done.stdout
        assert f"{said} questions in words are answered; a person reads them." in done.stdout, done.stdout
        assert ("Not yet: `why_rows`.\n" in done.stdout) is (not words), done.stdout


def test_a_notebook_without_its_handout(tmp_path: Path) -> None:
    """It is told what to do, in one line."""
    write(tmp_path / "alone.ipynb", MESSY)
    done = grader("check", tmp_path / "alone.ipynb", course=None, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert "assignment" in done.stderr
