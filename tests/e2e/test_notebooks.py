"""What students of the real assignments hand in: each notebook gets exactly what it must.

All of them, with the slow tests; test_course.py grades a few every day, beside references, empty handouts and others.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import ROOT, Case, Graded, assert_grade, assert_said, grade_cases, of_the_assignments

pytestmark = pytest.mark.slow


def by_name(case: Case) -> str:
    return f"{case.assignment}-{case.name}"


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
def graded(
    course: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Graded]:
    """All cases of an assignment that are asked for, graded as one class when the first of them is."""
    done: dict[str, Graded] = {}
    asked = [item.callspec.params["case"] for item in request.session.items if item.path == request.path]

    def grade(assignment: str) -> Graded:
        if assignment not in done:
            cases = [case for case in asked if case.assignment == assignment]
            done[assignment] = grade_cases(cases, tmp_path_factory.mktemp("class"), course=course)
        return done[assignment]

    return grade


@pytest.mark.parametrize("case", of_the_assignments(), ids=by_name)
def test_exact_grade(case: Case, graded: Callable[[str], Graded]) -> None:
    """The notebook earns exactly its points, and its report says why."""
    assert_grade(case, graded(case.assignment))
    assert_said(case, graded(case.assignment))
