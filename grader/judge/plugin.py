"""A suite's tests: collected by pytest once, run for every submission.

Collecting costs more than most answers do, and nothing of it depends on a submission. So a worker collects before it
forks, and each fork runs pytest's protocol on the items that are there. Every test that was collected is told of in
the end, run or not.
"""

from __future__ import annotations

import contextlib
import hashlib
import inspect
import io
import os
import tempfile
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_timeout
import torch

from grader.asking import vocabulary
from grader.asking.responder import seed as seed_generators
from grader.asking.student import Exchange, Student
from grader.errors import CourseError

UNUSED_PLUGINS = (
    "cacheprovider", "capture", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "nose",
    "pastebin", "stepwise", "terminalreporter", "threadexception", "tmpdir", "unraisableexception", "warnings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """A test that was collected: what will be judged, known before any student code runs."""

    question: str
    name: str
    promise: str


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a test. `exchanges` is empty when there were too many to keep."""

    expected: Expected
    fault: BaseException | None
    seconds: float
    exchanges: Sequence[Exchange] = ()


@dataclass
class Asked:
    """Whom the tests ask, what they compare with, and what they have met so far."""

    student: Student
    reference: dict[str, Any]
    seed: int
    faults: dict[str, BaseException] = field(default_factory=dict)  # by node id

    def seed_of(self, nodeid: str) -> int:
        """The seed of one test: its own, whichever others run."""
        name = nodeid.rpartition("/")[2]
        return int.from_bytes(hashlib.blake2b(f"{self.seed}:{name}".encode(), digest_size=4).digest(), "little")


class Tests:
    """Collected tests. Only one submission at a time can be asked; a fork has its own."""

    __test__ = False  # nothing for a pytest that tests us

    def __init__(self, plugin: _Plugin) -> None:
        self.plugin = plugin
        self.expected = tuple(expected for _, expected in plugin.items)

    def run(self, asked: Asked, home: Path, questions: Collection[str] = ()) -> Iterator[Ran]:
        """Run the tests of some questions, default all, in order."""
        chosen = [(item, what) for item, what in self.plugin.items if not questions or what.question in questions]
        self.plugin.asked = asked
        with contextlib.chdir(home), _silence():
            for number, (item, expected) in enumerate(chosen, start=1):
                next_item = chosen[number][0] if number < len(chosen) else None
                yield self._run(item, expected, asked, next_item)

    @staticmethod
    def _run(item: pytest.Item, expected: Expected, asked: Asked, next_item: pytest.Item | None) -> Ran:
        started = time.monotonic()
        seed = asked.seed_of(item.nodeid)
        seed_generators(seed)
        try:
            asked.student._begin(seed)
        except BaseException as error:
            asked.faults[item.nodeid] = error
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=next_item)
        kept = tuple(asked.student._exchanges) if asked.student._complete else ()
        return Ran(expected, asked.faults.get(item.nodeid), time.monotonic() - started, kept)


def collect(root: Path, folder: Path, home: Path, *, limit: float, questions: Collection[str] = ()) -> Tests:
    """Collect a suite, or the files of some questions. Raises CourseError for a file that fails.

    Args:
        root: of the course; a module's name comes from its path below, and no two suites may share one.
        folder: of files `test_<question>.py`.
        home: the current directory meanwhile.
        limit: seconds for one test on our own side; the kernel's share is bounded by the student.
    """
    plugin = _Plugin()
    files = [str(folder / f"test_{id}.py") for id in questions] or [str(folder)]
    options = [
        f"--rootdir={root}", f"--confcutdir={folder}", "-c", os.devnull, "--noconftest", "--collect-only",
        "--import-mode=importlib", "--assert=plain", f"--timeout={limit:g}", "--timeout-method=signal",
        *(f"-pno:{name}" for name in UNUSED_PLUGINS),
    ]  # fmt: skip
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    with contextlib.chdir(home), _silence() as said:
        code = pytest.main([*options, *files], plugins=[plugin, pytest_timeout])
    if plugin.broken:
        raise CourseError(*plugin.broken[0])
    if code != pytest.ExitCode.OK:
        found = f"pytest ended with {code!r} {said.getvalue()[-300:]}"
        raise CourseError(folder, found, "make it collect")
    return Tests(plugin)


@contextlib.contextmanager
def _silence() -> Iterator[io.StringIO]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        yield said


class _Words:
    """The vocabulary as fixtures, each named for its function."""


for _name, _word in vocabulary.WORDS.items():
    setattr(_Words, _name, pytest.fixture(name=_name)(lambda self, word=_word: word))


class _Plugin(_Words):
    """Gives the fixtures, and notes what was collected and what left each test."""

    def __init__(self) -> None:
        self.items: list[tuple[pytest.Item, Expected]] = []
        self.broken: list[tuple[str, str, str]] = []
        self.asked: Asked | None = None

    # ---- fixtures

    @pytest.fixture
    def student(self) -> Student:
        """The executed notebook."""
        assert self.asked is not None
        return self.asked.student

    @pytest.fixture
    def reference(self) -> SimpleNamespace:
        """The reference solution."""
        assert self.asked is not None
        return SimpleNamespace(**self.asked.reference)

    @pytest.fixture
    def run(self) -> Callable[..., Any]:
        """Runs a probe in the kernel: `run(aliases, student.f, x)`."""
        assert self.asked is not None
        return self.asked.student._run

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> torch.Generator:
        """A generator for random inputs, the same in every run with this seed."""
        assert self.asked is not None
        return torch.Generator().manual_seed(self.asked.seed_of(request.node.nodeid))

    @pytest.fixture
    def tmp_path(self) -> Iterator[Path]:
        """An empty folder. pytest's own outlives the test, and ends with the session that collected."""
        with tempfile.TemporaryDirectory(prefix="check-") as folder:
            yield Path(folder)

    # ---- hooks

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            last = str(report.longrepr).strip().splitlines()[-1]
            self.broken.append((report.nodeid or "the suite", last, "make the file import"))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            promise = " ".join((inspect.getdoc(item.function) or "").split())  # type: ignore[attr-defined]
            if not promise:
                where = f"{item.path}::{item.name}"
                self.broken.append((where, "no docstring", "say in it what the student's code must do"))
            self.items.append((item, Expected(item.path.stem.removeprefix("test_"), item.name, promise)))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        assert self.asked is not None
        if item.nodeid in self.asked.faults:
            raise self.asked.faults[item.nodeid]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
        report = yield
        assert self.asked is not None
        if call.excinfo is not None:  # a failure, a skip, or an xfail: none of them is a pass
            self.asked.faults.setdefault(item.nodeid, call.excinfo.value)
        return report
