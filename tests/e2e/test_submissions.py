"""Odd and unlucky submissions, graded by the real command line in one class: each gets exactly what it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases import ROOT, Case, Graded, assert_grade, assert_said, cases_in, grade_cases

CASES = cases_in(ROOT / "tests" / "submissions")
READABLE = [case for case in CASES if "unreadable" not in case.expected]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All cases as one class."""
    return grade_cases(CASES, tmp_path_factory.mktemp("class"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exact_grade(case: Case, graded: Graded) -> None:
    """The case earns exactly its points, or is refused with its sentence."""
    assert_grade(case, graded)


@pytest.mark.parametrize("case", READABLE, ids=lambda case: case.name)
def test_what_is_said(case: Case, graded: Graded) -> None:
    """The report says what was odd, and what became of cells and questions."""
    assert_said(case, graded)


def test_every_student_has_a_page(graded: Graded) -> None:
    """Nobody is lost: a page for each who was graded, a line on the class page for each who was not."""
    pages = {Path(grade["page"]).name for grade in graded.grades.values()}
    assert {path.name for path in (graded.out / "students").iterdir()} == pages
    shown = (graded.out / "class-01_toy.html").read_text(encoding="utf-8")
    assert all(student in shown for student in graded.unreadable)
    assert len(graded.grades) + len(graded.unreadable) == len(CASES)


def test_pages_hold_no_script_but_their_own(graded: Graded) -> None:
    """What a student printed is text in the page."""
    for page in (graded.out / "students").iterdir():
        html = page.read_text(encoding="utf-8")
        assert html.count("<script") == 1 and "<script>alert" not in html
        assert not any(mark in html for mark in ("\x1b", "\u202e", "\x07"))
