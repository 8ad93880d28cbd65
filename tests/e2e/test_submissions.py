"""Odd and unlucky submissions, graded by the real command line in one class: each gets exactly what it must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cases import Case, all_cases, checks_in, grader, hand_in, records_in

CASES = all_cases()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All cases as one class."""
    folder = tmp_path_factory.mktemp("class")
    for case in CASES:
        hand_in(case, folder / "handed in")
    done = grader("run", folder / "handed in", "--out", folder / "grades", "--json")
    assert done.returncode == 3, done.stderr
    said = json.loads(done.stdout)
    book = folder / "grades" / "gradebook.db"
    return {
        "out": folder / "grades",
        "grades": {grade["student"]: grade for grade in said["grades"]},
        "unreadable": {entry["student"]: entry["reason"] for entry in said["unreadable"]},
        "checks": checks_in(book),
        "records": records_in(book),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exact_grade(case: Case, graded: dict[str, Any]) -> None:
    """The case earns exactly its points, or is refused with its sentence."""
    if "unreadable" in case.expected:
        assert case.expected["unreadable"] in graded["unreadable"][case.student]
        assert case.student not in graded["grades"]
        return
    grade = graded["grades"][case.student]
    scores = {score["question"]: score["earned"] for score in grade["scores"]}
    assert scores == {**dict.fromkeys(scores, 2.0), **case.expected.get("questions", {})}
    assert grade["earned"] == case.expected["points"]
    assert grade["status"] == ("passed" if grade["earned"] == grade["points"] else "failed")


@pytest.mark.parametrize("case", [c for c in CASES if "unreadable" not in c.expected], ids=lambda case: case.name)
def test_what_is_said(case: Case, graded: dict[str, Any]) -> None:
    """The report says what was odd, and what became of cells and questions."""
    expected, (submission, execution) = case.expected, graded["records"][case.student]
    remarks = " ".join([*submission["notes"], *execution["deaths"]])
    for part in expected.get("notes", []):
        assert part in remarks
    ended = [" ".join([run["note"], *(run["trace"] or {"kind": ""})["kind"].split()]) for run in execution["cells"]]
    for part in expected.get("cells", []):
        assert any(part in text for text in ended), ended
    checks = graded["checks"][case.student]
    for question, part in expected.get("says", {}).items():
        assert any(part in c["message"] for c in checks if c["question"] == question), checks
    for question, mistake in expected.get("diagnosis", {}).items():
        assert mistake in [c["diagnosis"]["mistake"] for c in checks if c["question"] == question and c["diagnosis"]]
    waits = {s["question"]: s["waits_for"] for s in graded["grades"][case.student]["scores"]}
    for question, others in expected.get("waits", {}).items():
        assert waits[question] == others


def test_every_student_has_a_page(graded: dict[str, Any]) -> None:
    """Nobody is lost: a page for each who was graded, a line on the class page for each who was not."""
    pages = {Path(grade["page"]).name for grade in graded["grades"].values()}
    assert {path.name for path in (graded["out"] / "students").iterdir()} == pages
    shown = (graded["out"] / "class-01_toy.html").read_text(encoding="utf-8")
    assert all(student in shown for student in graded["unreadable"])
    assert len(graded["grades"]) + len(graded["unreadable"]) == len(CASES)


def test_pages_hold_no_script(graded: dict[str, Any]) -> None:
    """What a student printed is text in the page."""
    for page in (graded["out"] / "students").iterdir():
        html = page.read_text(encoding="utf-8")
        assert "<script" not in html
        assert not any(mark in html for mark in ("\x1b", "\u202e", "\x07"))
