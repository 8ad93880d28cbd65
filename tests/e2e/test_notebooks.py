"""What students of the real assignments hand in: each notebook gets exactly what it must."""

from __future__ import annotations

import pytest
from cases import ROOT, Case, Graded, assert_grade, assert_said, cases_in, grade_cases

CASES = {folder.name: cases_in(folder, folder.name) for folder in sorted((ROOT / "tests" / "notebooks").glob("*_*"))}
ALL = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All cases of one assignment as one class."""
    return grade_cases(CASES[request.param], tmp_path_factory.mktemp("class"), course=ROOT)


@pytest.mark.parametrize(
    ("graded", "case"),
    [pytest.param(case.assignment, case, id=f"{case.assignment}-{case.name}") for case in ALL],
    indirect=["graded"],
)
def test_exact_grade(case: Case, graded: Graded) -> None:
    """The notebook earns exactly its points, and its report says why."""
    assert_grade(case, graded)
    assert_said(case, graded)
