"""What suites share is a module beside them, and each course has its own."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.judge.collection import collect

SUITE = """\
from ..for_all import ALL
from .for_some import SOME


def test_it(student):
    '''It is kept.'''
"""


def test_each_course_has_its_own(tmp_path: Path) -> None:
    """Suites of two courses have the same names, and so has what they import."""
    for number in (1, 2):
        root = tmp_path / str(number)
        folder = root / "tests" / "hidden" / "01_toy"
        folder.mkdir(parents=True)
        (folder.parent / "for_all.py").write_text(f"ALL = {number}\n")
        (folder / "for_some.py").write_text(f"SOME = {number}\n")
        (folder / "test_it.py").write_text(SUITE)
        assert len(collect(root, folder, tmp_path, limit=9).planned) == 1
        suite = sys.modules["tests.hidden.01_toy.test_it"]
        assert {suite.ALL, suite.SOME} == {number}
