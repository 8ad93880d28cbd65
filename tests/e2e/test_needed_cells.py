"""Cells on which nothing rests: as they were handed out, they need not run while grading."""

from __future__ import annotations

import json
import shutil
from inspect import getsource
from pathlib import Path

import pytest
from cases import TOY, grader, records_in

from grader.course.catalog import Course
from grader.course.notebooks import as_text, solved_notebook
from grader.course.reference import load_reference

SHOWS = """
# %%
def when_solved(show):
    show()


# %%
@when_solved
def picture():
    print("a picture")


# %%
@when_solved
def counted():
    print("counted")


seen = 1
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = shutil.copytree(TOY, tmp_path_factory.mktemp("showing") / "course")
    table, solution = root / "assignments/01_toy/assignment.toml", root / "solutions/01_toy.py"
    table.write_text(f'shown_by = "when_solved"\n{table.read_text(encoding="utf-8")}', encoding="utf-8")
    solution.write_text(solution.read_text(encoding="utf-8") + SHOWS, encoding="utf-8")
    assert grader("build", "01_toy", course=root).returncode == 0
    return root


def test_the_reference_is_loaded_without(course: Path) -> None:
    """Whatever stands below it runs, and each definition is on its own line of the file."""
    loaded = load_reference(Course(course), "01_toy")
    assert loaded["seen"] == 1 and not {"picture", "counted"} & loaded.keys()
    assert getsource(loaded["when_solved"]) in SHOWS
    assert "mean_of" in getsource(loaded["mean_of"])


@pytest.mark.parametrize(
    ("change", "became"),
    [
        (("", ""), ["left out", "left out", "left out"]),
        (("a picture", "a picture of mine"), ["ran", "ran", "left out"]),
        ((r"\n", r"\r\n"), ["left out", "left out", "left out"]),
    ],
    ids=["as_handed_out", "changed", "windows_lines"],
)
def test_it_runs_once_it_is_the_students(
    change: tuple[str, str], became: list[str], course: Path, tmp_path: Path
) -> None:
    """With what it rests on. The grade is the same either way, and the page tells of a cell only where it ran."""
    notebook = as_text(solved_notebook(Course(course), "01_toy")).replace(*change)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ann.ipynb").write_text(notebook, encoding="utf-8")
    done = grader("run", tmp_path / "class", "--out", tmp_path / "out", "--json", course=course)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["grades"][0]["earned"] == 10
    _, execution = records_in(tmp_path / "out" / "gradebook.db")["ann"]
    statuses = [run["status"] for run in execution["cells"]]
    assert statuses[-3:] == became and set(statuses[:-3]) == {"ran"}
    (page,) = (tmp_path / "out" / "students").glob("ann*.html")
    assert ("picture of mine" in page.read_text(encoding="utf-8")) == ("ran" in became)
