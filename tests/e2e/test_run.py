"""`grader run` as a whole: resuming, repeating, re-scoring, exit codes, what it prints."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import jupytext
import pytest
from cases import GRADER, TOY, Case, grader, hand_in
from walls_here import BEST

from grader.sandbox.policy import Level

NAMES = ("all_right", "returns_none", "forgets_whole_numbers", "calls_os_exit", "cell_raises", "function_defined_twice")


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small class: six notebooks and a torn file."""
    folder = tmp_path_factory.mktemp("small") / "class"
    for name in NAMES:
        hand_in(Case(name, TOY.parent / name), folder)
    (folder / "torn").mkdir()
    (folder / "torn" / "p.ipynb").write_text("{")
    return folder


def verdicts(out: Path) -> list[Any]:
    """The gradebook without what may differ between two equal runs: numbers of rows, times, durations."""
    with sqlite3.connect(out / "gradebook.db") as db:
        rows = db.execute(
            "SELECT s.student, s.assignment, s.sha, e.suite, e.environment, e.seed, e.judged, g.earned, c.record "
            "FROM checks c JOIN executions e ON e.id = c.execution JOIN submissions s ON s.id = e.submission "
            "JOIN grades g ON g.execution = e.id ORDER BY s.student, c.position"
        ).fetchall()
        refused = db.execute("SELECT student, reason FROM unreadable ORDER BY student").fetchall()
    return [(*row[:-1], {**json.loads(row[-1]), "seconds": 0}) for row in rows] + refused


@pytest.fixture(scope="module")
def undisturbed(handed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    assert grader("run", handed, "--out", out).returncode == 3
    return out


def test_the_same_again(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Grading a class twice gives the same grades and checks."""
    assert grader("run", handed, "--out", tmp_path, "-j", 1).returncode == 3
    assert verdicts(tmp_path) == verdicts(undisturbed)
    assert len(verdicts(undisturbed)) == 10 * len(NAMES) + 1


@pytest.mark.slow
def test_cold_kernels_give_the_same(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Fresh processes in the place of forked kernels: slower, the same verdicts."""
    assert grader("run", handed, "--out", tmp_path, "--kernels", "cold").returncode == 3
    assert verdicts(tmp_path) == verdicts(undisturbed)


def test_a_second_run_grades_only_what_changed(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Unchanged notebooks are taken from the gradebook, a changed one is graded again, --force grades all."""
    shutil.copytree(undisturbed, tmp_path / "out")
    shutil.copytree(handed, tmp_path / "class")
    path = tmp_path / "class" / "returns_none" / "notebook.ipynb"
    path.write_text(path.read_text().replace("    batch.flatten(1)", "    return batch.flatten(1)"))
    said = json.loads(grader("run", tmp_path / "class", "--out", tmp_path / "out", "--json").stdout)
    fresh = {grade["student"]["name"]: grade["fresh"] for grade in said["grades"]}
    assert fresh == {**dict.fromkeys(NAMES, False), "returns_none": True}
    assert {g["student"]["name"]: g["earned"] for g in said["grades"]}["returns_none"] == 10
    forced = json.loads(grader("run", tmp_path / "class", "--out", tmp_path / "out", "--json", "--force").stdout)
    assert all(grade["fresh"] for grade in forced["grades"])


def test_changed_points_need_no_run(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Points and weights are applied to the stored checks."""
    course, out = tmp_path / "course", tmp_path / "out"
    shutil.copytree(TOY, course)
    shutil.copytree(undisturbed, out)
    table = course / "assignments" / "01_toy" / "assignment.toml"
    old, new = 'points = 2\nguards = ["test_new"]', "points = 5\nweights = { test_new = 4 }"
    table.write_text(table.read_text().replace(old, new, 1))
    said = json.loads(grader("run", handed, "--out", out, "--json", course=course).stdout)
    earned = {grade["student"]["name"]: (grade["earned"], grade["points"], grade["fresh"]) for grade in said["grades"]}
    assert earned["all_right"] == (13, 13, False)
    assert earned["forgets_whole_numbers"] == (12, 13, False)  # of the 5 points, test_values is worth 1


@pytest.mark.parametrize("graded", [1, *(pytest.param(after, marks=pytest.mark.slow) for after in (0, 3, 5))])
def test_killed_at_any_moment(graded: int, handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """After SIGKILL and another run, the gradebook is that of an undisturbed run, and no process is left."""
    command = [*GRADER, "run", str(handed), "--out", str(tmp_path), "--course", str(TOY), "-j", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr is not None
    lines = 0
    while lines <= graded and process.stderr.readline():  # the torn file is told first
        lines += 1
    family = family_of(process.pid)
    process.kill()
    process.wait()
    process.stderr.close()
    assert not wait_until_gone(family)
    assert grader("run", handed, "--out", tmp_path).returncode == 3
    assert verdicts(tmp_path) == verdicts(undisturbed)


ENDLESS = """# %%
import ctypes
ctypes.CDLL(None).prctl(15, b"endless")  # the name of the process, for whoever waits for it
while True: pass
"""
LEVELS = (Level.NONE, Level.LITE, Level.FULL)
WAYS = [(kernels, level) for kernels in ("warm", "cold") for level in LEVELS if level <= BEST]


@pytest.mark.parametrize(
    ("kernels", "walls"),
    [(kernels, level.word) for kernels, level in WAYS],
)
@pytest.mark.slow
def test_killed_while_a_cell_runs_for_ever(kernels: str, walls: str, tmp_path: Path) -> None:
    """Nobody is left to stop the cell, and it does not outlive the run all the same: nothing does."""
    (tmp_path / "one").mkdir()
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"grader": {"assignment": "01_toy"}}}
    cells = jupytext.reads(ENDLESS, "py:percent")["cells"]
    (tmp_path / "one" / "a.ipynb").write_text(json.dumps({**notebook, "cells": cells}))
    course = tmp_path / "course"
    shutil.copytree(TOY, course)
    table = course / "assignments" / "01_toy" / "assignment.toml"
    table.write_text(
        table.read_text().replace("cell = 2\n", "cell = 600\n").replace("submission = 15", "submission = 600")
    )
    command = [*GRADER, "run", str(tmp_path / "one"), "--out", str(tmp_path / "out"), "--course", str(course)]
    process = subprocess.Popen([*command, "--kernels", kernels, "--walls", walls], stdout=subprocess.DEVNULL)
    try:
        while not any(named("endless", pid) for pid in family_of(process.pid)):
            assert process.poll() is None
            time.sleep(0.02)
        family = family_of(process.pid)
    finally:  # also where the tests are stopped: nothing else ends it
        process.kill()
        process.wait()
    assert not wait_until_gone(family)


def named(name: str, pid: int) -> bool:
    with contextlib.suppress(OSError):
        return f"({name})" in Path(f"/proc/{pid}/stat").read_text()
    return False


def family_of(pid: int) -> set[int]:
    """A process and everything below it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def wait_until_gone(pids: set[int]) -> set[int]:
    """Those of some processes that have not ended by themselves after ten seconds."""
    deadline = time.monotonic() + 10
    while (left := {pid for pid in pids if Path(f"/proc/{pid}").exists()}) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_graded(handed: Path, tmp_path: Path) -> None:
    """Ctrl-C ends with one line and exit code 130."""
    command = [*GRADER, "run", str(handed), "--out", str(tmp_path), "--course", str(TOY)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr is not None
    process.stderr.readline()
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130, said
    assert "running again goes on from there" in said
    assert "Traceback" not in said


def test_plain_lines_where_there_is_no_terminal(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Each student is a line of progress on stderr; stdout has the table, the pages, and who needs a person."""
    done = grader("run", handed, "--out", undisturbed)
    assert "7/7" in done.stderr
    assert "needs a person: torn" in done.stdout
    assert f"class page: {undisturbed / 'class-01_toy.html'}" in done.stdout
    assert "unchanged" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "nowhere"], 2, "nowhere: there is no such file or folder"),
        (["run", ".", "--assignment", "09_none"], 2, "there is no assignment '09_none'"),
        (["run", ".", "--walls", "paper"], 2, "'paper' is not one of"),
        (["run", "."], 2, "nothing to grade"),
        (["check", "nothing.ipynb"], 2, "there is no such file"),
        (["run"], 2, "Missing argument"),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    """Wrong usage is one sentence and exit code 2."""
    done = grader(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_all_judged_is_zero(handed: Path, tmp_path: Path) -> None:
    """Exit code 0 when everybody was judged; a single file and a zip work as well as a folder."""
    notebook = handed / "all_right" / "notebook.ipynb"
    shutil.make_archive(str(tmp_path / "class"), "zip", handed, "all_right")
    assert grader("run", notebook, tmp_path / "class.zip", "--out", tmp_path / "out").returncode == 0


def test_check_for_students(handed: Path) -> None:
    """`grader check` asks the public checks, in the words of the report."""
    good = grader("check", handed / "all_right" / "notebook.ipynb")
    assert good.returncode == 0, good.stderr
    assert "5 of 5 public checks passed." in good.stdout
    bad = grader("check", handed / "returns_none" / "notebook.ipynb")
    assert bad.returncode == 1
    assert "✗ Two pictures of 1×2×2 become two rows of 4." in bad.stdout
    assert "expected a tensor, got None" in bad.stdout


def test_check_needs_nothing_but_the_handout(handed: Path, tmp_path: Path) -> None:
    """A student has `assignments/` alone: no solutions, no hidden suite."""
    shutil.copytree(TOY / "assignments", tmp_path / "assignments")
    notebook = tmp_path / "assignments" / "01_toy" / "mine.ipynb"
    shutil.copy(handed / "all_right" / "notebook.ipynb", notebook)
    done = grader("check", notebook, course=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "5 of 5 public checks passed." in done.stdout
