"""What students of the real assignments hand in: each notebook gets exactly what it must."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cases import ROOT, Case, Graded, assert_grade, assert_said, cases_in, grade_cases

CASES = {folder.name: cases_in(folder, folder.name) for folder in sorted((ROOT / "tests" / "notebooks").glob("*_*"))}
ALL = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Graded]:
    """All cases of an assignment, graded as one class when the first of them is asked for."""
    done: dict[str, Graded] = {}

    def grade(assignment: str) -> Graded:
        if assignment not in done:
            done[assignment] = grade_cases(CASES[assignment], tmp_path_factory.mktemp("class"), course=ROOT)
        return done[assignment]

    return grade


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.assignment}-{case.name}")
def test_exact_grade(case: Case, graded: Callable[[str], Graded]) -> None:
    """The notebook earns exactly its points, and its report says why."""
    assert_grade(case, graded(case.assignment))
    assert_said(case, graded(case.assignment))
