"""A suite's tests: collected by pytest once, run for every submission.

Collecting costs more than most answers do, and nothing of it depends on a submission. So a worker collects before it
forks, and each fork runs pytest's protocol on the items that are there. Every test that was collected is told of in
the end, run or not.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Literal

import pytest
import pytest_timeout

from grader.asking.effects import Effect
from grader.asking.messages import Exchange
from grader.asking.student import Interview
from grader.errors import CourseError
from grader.judge.plugin import Examination, SuitePlugin
from grader.judge.precedents import Exchanges, Precedents
from grader.records import Figure

UNUSED_PLUGINS = (
    "cacheprovider", "capture", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "nose",
    "pastebin", "stepwise", "terminalreporter", "threadexception", "tmpdir", "unraisableexception", "warnings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """A test that was collected: what will be judged, known before any student code runs."""

    question: str
    name: str
    promise: str


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """What became of a test. `exchanges` is empty when there were too many to keep."""

    __test__ = False  # nothing for a pytest that tests us

    planned: PlannedCheck
    fault: BaseException | None
    seconds: float
    exchanges: Sequence[Exchange] = ()
    effects: Sequence[Effect] = ()  # what its calls did beside giving their results
    left: Sequence[tuple[str, tuple[str, ...]]] = ()  # by whom what was left changed, see asking/surroundings.py

    figures: tuple[Figure, ...] = ()  # what the test drew


class CollectedTests:
    """The tests of a suite. Only one submission at a time can be asked; a fork has its own."""

    def __init__(self, collector: _Collector) -> None:
        self._collector = collector
        self.planned = tuple(planned for _, planned in collector.items)

    def run(
        self,
        examination: Examination,
        home: Path,
        questions: Collection[str] = (),
        precedents: Precedents | None = None,
    ) -> Iterator[TestOutcome]:
        """Run the tests of some questions, default all, in order; but for those that follow a precedent."""
        precedents = Precedents() if precedents is None else precedents
        self._collector.examination = examination
        with contextlib.chdir(home), _silence():
            for item, planned in self._collector.items:
                if questions and planned.question not in questions:
                    continue
                examination.turn(planned.question)
                check, started = (item.nodeid, examination.seed_of(item.nodeid)), time.monotonic()
                if found := precedents.followed(check, examination.interview):
                    fault = _at_its_end(examination.interview)
                    exchanges = Exchanges(found.steps) if examination.interview.complete else ()
                    seconds = time.monotonic() - started
                    yield TestOutcome(planned, fault, seconds, exchanges, figures=found.figures)
                    continue
                _run(item)
                if precedents.strayed(check, examination.interview):
                    examination.faults.pop(item.nodeid, None)
                    examination.figures.pop(item.nodeid, None)
                    _run(item)
                outcome = _outcome(examination, item.nodeid, planned, time.monotonic() - started)
                precedents.see(check, examination.interview, passed=outcome.fault is None, figures=outcome.figures)
                yield outcome


def _run(item: pytest.Item) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)  # nobody knows which will be the next to run


def _at_its_end(asked: Interview) -> Exception | None:
    """What leaves a check that was answered like another one, as it leaves one that runs."""
    try:
        asked.end()
    except Exception as fault:
        return fault
    return None


def _outcome(examination: Examination, nodeid: str, planned: PlannedCheck, seconds: float) -> TestOutcome:
    """What became of a test that has run."""
    asked, fault = examination.interview, examination.faults.get(nodeid)
    drawn = tuple(examination.figures.pop(nodeid, ()))
    return TestOutcome(planned, fault, seconds, asked.exchanges, tuple(asked.effects), tuple(asked.left_by), drawn)


def collect(root: Path, folder: Path, home: Path, *, limit: float, questions: Collection[str] = ()) -> CollectedTests:
    """Collect a suite, or the files of some questions. Raises CourseError for a file that fails.

    Args:
        root: of the course; a module's name comes from its path below, and no two suites may share one.
        folder: of files `test_<question>.py`.
        home: the current directory meanwhile.
        limit: seconds for one test on our own side; the kernel's share is bounded by the interview.
    """
    collector = _Collector()
    files = [str(folder / f"test_{id}.py") for id in questions] or [str(folder)]
    options = [
        f"--rootdir={root}", f"--confcutdir={folder}", "-c", os.devnull, "--noconftest", "--collect-only",
        "--import-mode=importlib", "--assert=plain", f"--timeout={limit:g}", "--timeout-method=signal",
        *(f"-pno:{name}" for name in UNUSED_PLUGINS),
    ]  # fmt: skip
    _forget(root, folder)
    with contextlib.chdir(home), _no_other_plugins(), _silence() as said:
        code = pytest.main([*options, *files], plugins=[collector, SuitePlugin(collector.examined), pytest_timeout])
    if collector.broken:
        raise CourseError(*collector.broken[0])
    if code != pytest.ExitCode.OK:
        found = f"pytest ended with {code!r} {said.getvalue()[-300:]}"
        raise CourseError(folder, found, "make it collect")
    return CollectedTests(collector)


def _forget(root: Path, folder: Path) -> None:
    """Let go of another course's suites, and of what they share: their modules have the same names as these."""
    if not folder.is_relative_to(root):  # then they are named otherwise
        return
    shared = ".".join(folder.parent.relative_to(root).parts)
    known = {name: module for name, module in sys.modules.items() if f"{name}.".startswith(f"{shared}.")}
    for name in [name for name, module in known.items() if not _place(module).is_relative_to(folder.parent)]:
        del sys.modules[name]


def _place(module: ModuleType) -> Path:
    """Where a module's code lies."""
    return Path(getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), "/"))


@contextlib.contextmanager
def _no_other_plugins() -> Iterator[None]:
    """Keep away what pytest would load or do because of an installation or of a user's variables."""
    before = {name: os.environ.pop(name, None) for name in ("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_ADDOPTS")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextlib.contextmanager
def _silence() -> Iterator[io.StringIO]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        yield said


class _Collector:
    """Notes what was collected, and knows which examination is on."""

    def __init__(self) -> None:
        self.items: list[tuple[pytest.Item, PlannedCheck]] = []
        self.broken: list[tuple[str, str, str]] = []
        self.examination: Examination | None = None

    def examined(self, item: pytest.Item) -> Examination | None:
        return self.examination

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A report that says no more than how it went: pytest's own renders a failure's source and values, unread."""
        assert call.when != "collect"
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

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
            self.broken += [(f"{item.path}::{item.name}", *fault) for fault in _unknown_fixtures(item)]
            item.location  # noqa: B018  (found once, and not in each fork)
            self.items.append((item, PlannedCheck(item.path.stem.removeprefix("test_"), item.name, promise)))


def _unknown_fixtures(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do, for each word that a check asks for and that nothing gives."""
    asked = item._fixtureinfo  # type: ignore[attr-defined]
    for name in asked.argnames:
        if name not in asked.name2fixturedefs and name != "request":
            known = [word for word in dir(SuitePlugin) if not word.startswith(("_", "pytest"))]
            near = get_close_matches(name, known, n=1)
            yield f"there is no fixture {name!r}", f"did you mean {near[0]}?" if near else f"use {', '.join(known)}"
