"""What students of the real assignments hand in: each notebook gets exactly what it must."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import ROOT, Case, Graded, assert_grade, assert_said, cases_in, grade_cases

CASES = {folder.name: cases_in(folder, folder.name) for folder in sorted((ROOT / "tests" / "notebooks").glob("*_*"))}
ALL = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course, with less patience for cells that never end."""
    root = tmp_path_factory.mktemp("course")
    for name in ("solutions", "tests"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "assignments", root / "assignments")
    for table in root.glob("assignments/*/assignment.toml"):
        text = table.read_text(encoding="utf-8")
        if "[limits]\n" not in text:
            text = text.replace("[[questions]]", "[limits]\n[[questions]]", 1)
        table.write_text(text.replace("[limits]\n", "[limits]\ncell = 6\n", 1), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def graded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Graded]:
    """All cases of an assignment, graded as one class when the first of them is asked for."""
    done: dict[str, Graded] = {}

    def grade(assignment: str) -> Graded:
        if assignment not in done:
            done[assignment] = grade_cases(CASES[assignment], tmp_path_factory.mktemp("class"), course=course)
        return done[assignment]

    return grade


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.assignment}-{case.name}")
def test_exact_grade(case: Case, graded: Callable[[str], Graded]) -> None:
    """The notebook earns exactly its points, and its report says why."""
    assert_grade(case, graded(case.assignment))
    assert_said(case, graded(case.assignment))
