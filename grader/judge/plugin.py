"""What pytest must know to run a suite: the fixtures, and what goes before and after each test.

The grader runs suites with it, and so does an author's own pytest.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from grader.asking import vocabulary
from grader.asking.later import going_on
from grader.asking.responder import seed as seed_generators
from grader.asking.student import Interview, Student
from grader.errors import KernelFault
from grader.judge.drawing import Pad
from grader.records import Figure


@dataclass
class Examination:
    """One notebook before one suite: whom the tests ask, what they compare with, and what they have met so far."""

    interview: Interview
    reference: dict[str, Any]
    seed: int
    faults: dict[str, BaseException] = field(default_factory=dict)  # what left a test, by node id
    figures: dict[str, list[Figure]] = field(default_factory=dict)  # what a test drew, by node id
    turn: Callable[[str], None] = lambda question: None  # is told which question the next test is about

    def seed_of(self, nodeid: str) -> int:
        """The seed of one test: its own, whichever others run."""
        name = nodeid.rpartition("/")[2]
        return int.from_bytes(hashlib.blake2b(f"{self.seed}:{name}".encode(), digest_size=4).digest(), "little")

    def begin(self, nodeid: str) -> None:
        """Start a test: random numbers here and there, and its time. Raises StudentFault."""
        seed = self.seed_of(nodeid)
        seed_generators(seed)
        self.interview.begin(seed)


class _Words:
    """The vocabulary as fixtures, each named for its function."""


for _name, _word in vocabulary.WORDS.items():
    setattr(_Words, _name, pytest.fixture(name=_name)(lambda self, word=_word: word))


class SuitePlugin(_Words):
    """The fixtures of a suite.

    Args:
        examination_of: the examination that a test belongs to; None for a test of something else.
    """

    def __init__(self, examination_of: Callable[[pytest.Item], Examination | None]) -> None:
        self._examination_of = examination_of
        self._now: Examination | None = None  # of the test that is set up: to ask for `request` costs each test 1 ms

    @property
    def _examination(self) -> Examination:
        if self._now is None:
            raise pytest.UsageError("this is no test of a suite")
        return self._now

    # ---- fixtures

    @pytest.fixture
    def student(self) -> Student:
        """The executed notebook."""
        return Student(self._examination.interview)

    @pytest.fixture
    def reference(self) -> SimpleNamespace:
        """The reference solution."""
        return SimpleNamespace(**self._examination.reference)

    @pytest.fixture
    def run(self) -> Callable[..., Any]:
        """Runs a probe in the kernel: `run(aliases, student.f, x)`."""
        return self._examination.interview.run

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> torch.Generator:
        """A generator for random inputs, the same in every run with this seed."""
        return torch.Generator().manual_seed(self._examination.seed_of(request.node.nodeid))

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Pad:
        """Shows the student what a check measured: `draw.curve("Your losses", losses)`."""
        return Pad(self._examination.figures.setdefault(request.node.nodeid, []))

    @pytest.fixture
    def tmp_path(self) -> Iterator[Path]:
        """An empty folder. pytest's own outlives the test, and ends with the session that collected."""
        with tempfile.TemporaryDirectory(prefix="check-") as folder:
            yield Path(folder)

    # ---- hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self._now = self._examination_of(item)
        if self._now:
            self._now.begin(item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Item) -> Generator[None, object, object]:
        examination = self._examination_of(pyfuncitem)
        asked = examination.interview if examination else None
        try:
            with going_on(asked) if asked and asked.more else contextlib.nullcontext():
                done = yield
        except BaseException:
            if asked:
                with contextlib.suppress(KernelFault):  # it has failed already, for this or for what came first
                    asked.end()
            raise
        if asked:
            asked.end()
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
        report = yield
        examination = self._examination_of(item)
        if examination and call.excinfo is not None:  # a failure, a skip, or an xfail: none of them is a pass
            examination.faults.setdefault(item.nodeid, call.excinfo.value)
        return report
