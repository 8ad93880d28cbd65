"""Nobody loses by who was there before: not with odd answers, odd suites, or a machine that fails now and then."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from played import ID, TOY, Played, alone, judged, toy, with_precedent

from grader.asking import student
from grader.course.catalog import Course
from grader.errors import KernelHostError
from grader.judge.suite import Suite, load_suite
from grader.kernel.questions import Heard, Written
from grader.records import Status


@pytest.fixture
def suite() -> Suite:
    return toy()


@pytest.mark.parametrize("slow", [0.2, 0.5, 1.0])
@pytest.mark.parametrize("questions", [5.0, 8.0, 12.0, 16.0, 20.0, 30.0])
def test_what_no_author_asked_costs_as_little(suite: Suite, slow: float, questions: float) -> None:
    """Of the time for all questions, as where the check itself asks it."""
    limits = replace(suite.assignment.limits, call=2.0, check=30.0, questions=questions)
    suite = replace(suite, assignment=replace(suite.assignment, limits=limits))
    due, _ = alone(suite, Played(suite.reference, lambda number: slow))
    found, _ = judged(with_precedent(suite), Played(suite.reference, lambda number: slow))
    assert found == due


class Twisted(Played):
    """Says something else in the place of one answer."""

    def __init__(self, names: Mapping[str, Any], number: int, text: bytes) -> None:
        super().__init__(names)
        self.number, self.text = number, text

    def hear(self, written: Written, seconds: float) -> Heard:
        heard = super().hear(written, seconds)
        return replace(heard, text=self.text) if len(self.asked) - 1 == self.number else heard

    def _end(self, why: str = "") -> str:
        self.deaths.append(why)
        return why


ODD = [
    b'{"value": 1e999, "id": "7"}', b'{"value": NaN, "id": "7"}', b'{"id": "7", "value": 1, "value": 2}', b"[]", b"",
    b'{"id": "8", "value": [1]}', b'{"id": "7", "error": 3}', b'{"error": {}, "id": "7"}', b'{"id": "7", "unsent": []}',
    b'{"id": "7", "value": {"t": "handle", "n": 1e400, "types": []}}', b'{"id": "7", "value": 3, "left": 5}',
]  # fmt: skip


def nested(depth: int) -> bytes:
    return b'{"id": "7", "value": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize("number", [0, 1, 4])
@pytest.mark.parametrize("text", [*ODD, *map(nested, (20, 299, 300, 900, 940, 2000))], ids=range(len(ODD) + 6))
def test_an_odd_answer_is_judged_as_the_first(suite: Suite, number: int, text: bytes) -> None:
    """One check fails for it, and none is unjudged; what is too deep does not hang on the depth of our own stack."""
    due, one = alone(suite, Twisted(suite.reference, number, text))
    found, other = judged(with_precedent(suite), Twisted(suite.reference, number, text))
    assert found == due and Status.UNJUDGED not in {check.status for check in found}
    assert other.recorder.kept() == one.recorder.kept()


class Failing(Played):
    """One whose start or end of a check fails, once."""

    def __init__(self, names: Mapping[str, Any], begin: int = 0, end: int = 0) -> None:
        super().__init__(names)
        self.begin, self.end = begin, end

    def ready(self) -> None:
        super().ready()
        if self.begun == self.begin:
            raise OSError("no more processes")

    def settle(self) -> None:
        super().settle()
        if self.checks == self.end:
            raise KernelHostError("the host is gone")


def test_a_machine_that_fails_costs_one_check(suite: Suite) -> None:
    """The others are judged; where the start of a check that follows another fails, it runs."""
    checks, _ = judged(with_precedent(suite), Failing(suite.reference, end=2))
    due, _ = alone(suite, Failing(suite.reference, end=2))
    assert checks == due and [check.status for check in checks].count(Status.UNJUDGED) == 1
    checks, _ = judged(suite, Failing(suite.reference, begin=2))
    assert {check.status for check in checks} == {Status.PASSED}


class Padded(Played):
    """Sends blanks beside the first answer of each check."""

    def hear(self, written: Written, seconds: float) -> Heard:
        heard = super().hear(written, seconds)
        assert heard.told is not None
        blanks = b" " * (100_000 * (written.query().begin is not None))
        return replace(heard, text=heard.told[:-1] + blanks + b', "id": "7"}')


def test_padding_counts_for_nothing(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody sends beside an answer takes no room from the record of those who come later."""
    checks, _ = judged(suite, Padded(suite.reference))
    assert {check.status for check in checks} == {Status.PASSED}
    monkeypatch.setattr(student, "MAX_KEPT", 10 << 20)
    wrong = {**suite.reference, "rows_of_file": lambda path: [1.0]}
    due, _ = alone(suite, Played(wrong))
    found, _ = judged(suite, Played(wrong))
    assert found == due


def altered(root: Path, test: str) -> Suite:
    """The toy course with another suite for `double`."""
    course = shutil.copytree(TOY, root / "course")
    (course / "tests" / "hidden" / ID / "test_double.py").write_text(
        f"import itertools\nimport pytest\nimport torch\n{test}"
    )
    return load_suite(Course(course), ID)


def of_late(t: torch.Tensor) -> torch.Tensor:
    """Right for what is asked first."""
    return t * 2 if t.is_contiguous() else t


@pytest.mark.parametrize("time", [2, 3])
def test_a_fixture_that_fails_now_and_then_costs_one_check(tmp_path: Path, time: int) -> None:
    """What was asked ahead of it is not there for the next."""
    suite = altered(tmp_path, FAILS_AT.format(time))
    for double in (suite.reference["double"], of_late, of_late):
        checks, _ = judged(suite, Played({**suite.reference, "double": double}))
        assert [check.status for check in checks if check.question != "double"] == [Status.PASSED] * 8
        assert [check.status for check in checks].count(Status.UNJUDGED) <= 1


FAILS_AT = '''
TIMES = itertools.count(1)

@pytest.fixture
def shaky():
    if next(TIMES) == {}:
        raise OSError("no space")

def test_values(shaky, student, reference, agree, rng):
    """Every element is doubled."""
    agree(student.double, reference.double, [(torch.rand(3, 2, generator=rng),), (torch.arange(5),)])

def test_new(student, pure, rng):
    """The argument stays as it was."""
    pure(student.double, [(torch.rand(4, generator=rng),)])
'''


class Sum:
    """It remembers."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, number: int) -> int:
        self.total += number
        return number


def test_a_suite_that_asks_otherwise_each_time_starts_again(tmp_path: Path) -> None:
    """What was asked ahead of it changes nothing for a right notebook with objects that remember."""
    suite = altered(tmp_path, BY_TURNS)
    for number in range(4):
        checks, _ = judged(suite, Played({**suite.reference, "double": Sum, "own": number}))
        assert {check.status for check in checks} == {Status.PASSED}, [check.message for check in checks]
        assert [len(check.figures) for check in checks if check.question == "double"] == [1]


BY_TURNS = '''
TIMES = itertools.count(3)

def test_sums(student, draw):
    """Sums are right."""
    draw.curve("Sums", [1.0, 2.0])
    made, number = student.double(), next(TIMES)
    assert made.add(1) == 1
    assert made.add(number) == number
    assert student.own >= 0
    assert made.total == number + 1
'''
