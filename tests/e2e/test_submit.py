"""`grader submit`, as a student types it, and the class that is graded from what it writes."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from cases import TOY, Done, Graded, grader, typed

from grader.course.catalog import Course
from grader.course.notebooks import solved_notebook
from grader.notebook.tell import WITHIN
from grader.rehearsal.submit import submit

RECEIPT = re.compile(r"receipt: (\S{4}(?:-\S{4}){3})")


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A handout in which everything is answered, after `grader submit`."""
    folder = Path(shutil.copytree(TOY / "assignments" / "01_toy", tmp_path_factory.mktemp("student") / "01_toy"))
    (folder / "01_toy.ipynb").write_text(json.dumps(solved_notebook(Course(TOY), "01_toy")), encoding="utf-8")
    return folder, typed("submit", "01_toy.ipynb", course=None, cwd=folder)


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_it_writes_one_file_and_a_receipt(handed: tuple[Path, Done]) -> None:
    """The notebook as it is, what the checks found and which versions there were; nothing else is touched."""
    folder, done = handed
    assert done.returncode == 0, done.stderr
    assert "5 of 5 public checks passed." in done.stdout
    assert f"This is the file to hand in: {Path('hand_in', '01_toy.ipynb')}\n" in done.stdout
    sealed, plain = load(folder / "hand_in" / "01_toy.ipynb"), load(folder / "01_toy.ipynb")
    seal = sealed["metadata"]["grader"].pop("seal")
    assert sealed == plain == solved_notebook(Course(TOY), "01_toy")
    found = RECEIPT.search(done.stdout)
    assert found and seal["receipt"] == found[1]
    assert seal["public"] == {
        name: [1, 1] for name in ("double", "root", "mean_of", "flatten_images", "rows_of_file")
    } and {"python", "torch", "grader"} <= set(seal["versions"])


def test_the_class_shows_the_receipt(handed: tuple[Path, Done], tmp_path: Path) -> None:
    """On the page and in the table, for sealed and plain notebooks; a changed one is graded as it is, and told so."""
    folder, done = handed
    for name in ("ada", "bob", "eve"):
        (tmp_path / "in" / name).mkdir(parents=True)
    shutil.copy(folder / "hand_in" / "01_toy.ipynb", tmp_path / "in" / "ada")
    shutil.copy(folder / "01_toy.ipynb", tmp_path / "in" / "bob")
    changed = load(folder / "hand_in" / "01_toy.ipynb")
    [cell] = [cell for cell in changed["cells"] if cell["metadata"].get("grader", {}).get("question") == "double"]
    cell["source"] = ["def double(t):\n", "    return t * 3"]
    (tmp_path / "in" / "eve" / "01_toy.ipynb").write_text(json.dumps(changed), encoding="utf-8")
    run = grader("run", tmp_path / "in", "--out", tmp_path / "out", "--json")
    assert run.returncode == 0, run.stderr
    graded = Graded.of(tmp_path / "out", run.stdout)
    table = list(csv.DictReader((tmp_path / "out" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()))
    receipts = {row["student"]: row["receipt"] for row in table}
    [due] = RECEIPT.findall(done.stdout)
    assert receipts["ada"] == receipts["bob"] == due != receipts["eve"]
    assert graded.records["ada"][0]["receipt"] == due
    whole = graded.grades["ada"]["points"]
    assert [graded.grades[name]["earned"] == whole for name in ("ada", "bob", "eve")] == [True, True, False]
    pages = {
        path.name.partition("-")[0]: path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.html")
    }
    assert due in pages["ada"] and due in pages["bob"] and receipts["eve"] in pages["eve"]
    said = "was changed afterwards"
    assert said in pages["eve"] and said not in pages["ada"] + pages["bob"]


def sealed_again(folder: Path, code: str = "x = 1") -> list[str]:
    """What is said when a notebook is handed in where it cannot be run."""
    cells = [{"cell_type": "code", "source": code, "metadata": {}, "outputs": []}]
    (folder / "mine.ipynb").write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    said: list[str] = []
    submit(folder / "mine.ipynb", no_kernel, said.append)
    return said


def no_kernel(path: Path) -> Any:
    raise RuntimeError("Kernel didn't respond in 60 seconds")


def test_what_cannot_be_run_can_be_handed_in(tmp_path: Path) -> None:
    """With the reason why it was not checked."""
    said = "\n".join(sealed_again(tmp_path))
    assert "It was not checked: RuntimeError: Kernel didn't respond" in said and RECEIPT.search(said)


def test_nobodys_work_is_written_over(tmp_path: Path) -> None:
    """A later sealed file takes the place of an earlier one, but not of one in which somebody has worked since."""
    sealed_again(tmp_path)
    sealed_again(tmp_path, "x = 2")
    home = tmp_path / "hand_in"
    assert [path.name for path in home.iterdir()] == ["mine.ipynb"] and "x = 2" in (home / "mine.ipynb").read_text()
    (home / "mine.ipynb").write_text((home / "mine.ipynb").read_text().replace("x = 2", "y = 5"))
    said = "\n".join(sealed_again(tmp_path, "x = 3"))
    assert "mine (2).ipynb" in said and "y = 5" in (home / "mine.ipynb").read_text()
    submit(home / "mine.ipynb", no_kernel, print)  # the sealed one, handed in again
    assert len(list(home.iterdir())) == 2 and "y = 5" in (home / "mine.ipynb").read_text()


@pytest.mark.parametrize("command", ["check", "submit"])
def test_a_cell_that_hands_in_starts_nothing_again(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the kernel that checks a notebook, which runs that cell, too."""
    monkeypatch.setenv(WITHIN, "1")
    sealed = tmp_path / "hand_in"
    done = grader(command, TOY / "assignments" / "01_toy" / "01_toy.ipynb", course=None, cwd=tmp_path)
    assert done.returncode == 2 and "nothing was started again" in done.stderr and not sealed.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [("gone.ipynb", "cannot be read"), ("torn.ipynb", "not valid JSON"), (".", "name the notebook in it")],
)
def test_what_is_no_notebook_is_said_so(name: str, said: str, tmp_path: Path) -> None:
    """In one line."""
    (tmp_path / "torn.ipynb").write_text("{")
    done = grader("submit", name, course=None, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert not (tmp_path / "hand_in").exists()
