"""Grades leave the class by command: into Canvas's file, as JSON, as pages; what is not clear is listed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import exports_of_platforms as platforms
import pytest
from cases import Done, grader
from test_roster import desk

__all__ = ["desk"]  # the class that was graded there


def export(desk: Path, *arguments: object) -> Done:
    return grader("export", *arguments, "--from", desk / "grades", course=desk / "course")


def test_canvas_is_filled(desk: Path, tmp_path: Path) -> None:
    """What the class earned stands in the file; who is in no list is told, and the exit code says so."""
    target = tmp_path / "import.csv"
    done = export(desk, "canvas", platforms.write("canvas", tmp_path), "--out", target, "--column", "01_toy=Toy")
    assert done.returncode == 3, done.stderr
    due = platforms.CANVAS
    for before, after in (
        ("1001,0017,ang,Lab A,,", "1001,0017,ang,Lab A,10,"),
        ("Lab B,3.5,,,", "Lab B,10,,,"),
        ("xwang,Lab B,,", "xwang,Lab B,8,"),
    ):
        due = due.replace(before, after)
    assert target.read_bytes().decode("utf-8-sig") == due
    assert "needs a person: ghostanna: 01_toy: not in the file" in done.stdout
    assert "needs a person: Robert O'Smith: 01_toy: excused there: kept" in done.stdout
    assert "changed: Zoe Lee (0019): 3.5 was there, now 10" in done.stdout
    again = export(desk, "canvas", target, "--out", tmp_path / "again.csv", "--column", "01_toy=Toy")
    assert (tmp_path / "again.csv").read_bytes() == target.read_bytes() and "changed:" not in again.stdout


def test_pages_leave_in_an_archive(desk: Path, tmp_path: Path) -> None:
    """In the names of the download."""
    done = export(desk, "json", "--out", tmp_path / "g.json", "--pages", tmp_path / "p.zip", "--schema", tmp_path / "s")
    assert done.returncode == 0, done.stdout
    grades = {grade["id"]: grade for grade in json.loads((tmp_path / "g.json").read_bytes())["grades"]}
    assert grades["0021"]["group"] == "Team One" and grades["0021"]["points"] == 8
    assert grades["0020"]["state"] == "missing" and grades["0020"]["points"] is None
    with zipfile.ZipFile(tmp_path / "p.zip") as pages:
        assert len(pages.namelist()) == 5 and "01_toy/0017_Ada-Ng.html" in pages.namelist()
    assert json.loads((tmp_path / "s").read_bytes())["properties"]["grades"]
    done = export(desk, "canvas", platforms.write("canvas", tmp_path), "--pages", tmp_path / "c.zip")
    with zipfile.ZipFile(tmp_path / "c.zip") as pages:
        assert "leezoe_1003_50012_a-1.html" in pages.namelist()


@pytest.mark.parametrize("platform", ["nbgrader", "brightspace"])
def test_others_need_no_file(platform: str, desk: Path, tmp_path: Path) -> None:
    """A table of everybody."""
    done = export(desk, platform, "--out", tmp_path / "t.csv")
    assert done.returncode == (3 if platform == "brightspace" else 0), done.stdout
    assert "0017" in (tmp_path / "t.csv").read_text(encoding="utf-8")


def test_gradescope_takes_one(desk: Path, tmp_path: Path) -> None:
    """Whose it is must be clear."""
    assert export(desk, "gradescope").returncode == 2
    done = export(desk, "gradescope", "--student", "0022", "--out", tmp_path / "results.json")
    assert done.returncode == 0, done.stderr
    whole = json.loads((tmp_path / "results.json").read_bytes())
    assert whole["score"] == 8 and sum(test["score"] for test in whole["tests"]) == 8


WRONG = {
    ("moodle", "x.csv"): "x.csv: cannot be read",
    ("canvas",): "name the file that Canvas exported",
    ("json", "x.csv"): "for json no file is filled",
    ("nbgrader", "--assignment", "02_cnn"): "02_cnn: nobody has a grade for it; there are 01_toy",
    ("nbgrader", "--missing", "0"): "--missing 0: there are empty, zero",
    ("nbgrader", "--column", "Toy"): "--column Toy: write ASSIGNMENT=TITLE",
    ("gradescope", "--student", "Nobody"): "--student Nobody: nobody has this id",
}


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: " ".join(arguments))
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], desk: Path) -> None:
    """It says what to change."""
    done = export(desk, *arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert WRONG[arguments] in done.stderr
