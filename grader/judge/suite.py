"""Runs a suite with pytest in the judge's process and turns its reports into Checks.

The verdict of a test is the exception that left it: a StudentFault or a failed assertion is the student's, anything
else is ours and leaves the check unjudged. Every test that was collected has a Check in the end, run or not.
"""

from __future__ import annotations

import contextlib
import hashlib
import inspect
import io
import os
import time
import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_timeout
import torch

from grader.course.catalog import Course
from grader.course.variants import Variant, load_reference, load_variants
from grader.errors import CourseError, InternalError, StudentError, StudentFault
from grader.judge import vocabulary
from grader.judge.diagnosis import Evidence, diagnose
from grader.judge.student import Channel, Exchange, Student
from grader.kernel.responder import seed as seed_generators
from grader.records import NOT_WRITTEN, Assignment, Check, Diagnosis, Status, Trace
from grader.text import clean

UNUSED_PLUGINS = (
    "cacheprovider", "capture", "debugging", "doctest", "faulthandler", "junitxml", "logging", "nose", "pastebin",
    "stepwise", "terminalreporter", "threadexception", "unraisableexception", "warnings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """A test that was collected: what will be judged, known before any student code runs."""

    question: str
    name: str
    promise: str


@dataclass(frozen=True)
class Suite:
    """A suite and what it judges by, loaded once.

    Args:
        assignment: whose questions it asks.
        root: of the course.
        folder: of files `test_<question>.py`.
        home: the assignment's folder, the current directory while the suite runs.
        reference: the namespace of the reference solution; empty for public suites, and until `with_reference`.
        mistakes: by question.
    """

    assignment: Assignment
    root: Path
    folder: Path
    home: Path
    sha: str = ""
    reference: dict[str, Any] = field(default_factory=dict)
    mistakes: Mapping[str, Sequence[Variant]] = field(default_factory=dict)
    expected: tuple[Expected, ...] = ()


def load_suite(course: Course, id: str, *, reference: bool = True) -> Suite:
    """The hidden suite of an assignment. Raises CourseError when a question has no check.

    Args:
        reference: whether to run the reference solution now. One about CUDA must not run in a process that is forked
            afterwards, and not before the device is there that judges.
    """
    assignment = course.assignment(id)
    mistakes: dict[str, list[Variant]] = {}
    for variant in load_variants(assignment, course.mistakes(id)):
        mistakes.setdefault(variant.question, []).append(variant)
    suite = Suite(
        assignment,
        course.root,
        course.hidden(id),
        course.handout(id),
        course.suite_hash(id),
        load_reference(course, id) if reference else {},
        mistakes,
    )
    return replace(suite, expected=collect(suite))


def with_reference(suite: Suite) -> Suite:
    """The suite with its reference, if it was left out."""
    if suite.reference or not suite.sha:  # there, or a public suite, which has none
        return suite
    return replace(suite, reference=load_reference(Course(suite.root), suite.assignment.id))


def load_public_suite(course: Course, id: str) -> Suite:
    """The checks that a student may run; they have no reference to compare with."""
    return Suite(course.assignment(id), course.root, course.public(id), course.handout(id))


def collect(suite: Suite) -> tuple[Expected, ...]:
    """What a suite will judge. Raises CourseError for a file that fails, a question without checks, two equal names."""
    judge = _Judge(suite, None, 0)
    _pytest(judge, ["--collect-only", str(suite.folder)], suite)
    if judge.broken:
        raise CourseError(*judge.broken[0])
    found = tuple(expected for _, expected in judge.items)
    for question in suite.assignment.questions:
        if not any(expected.question == question.id for expected in found):
            path = suite.folder / f"test_{question.id}.py"
            raise CourseError(path, f"no check for the question {question.id!r}", "write one, or drop the question")
    if len({(e.question, e.name) for e in found}) != len(found):
        raise CourseError(suite.folder, "two checks of one question have one name", "rename one of them")
    return found


def judge(suite: Suite, channel: Channel, seed: int, questions: Sequence[str] = ()) -> tuple[Check, ...]:
    """Ask the suite's questions through a channel; one Check per collected test, in order.

    Args:
        seed: of the suite's own random inputs, and of the kernel's generators before each check.
        questions: only these; default all.
    """
    limits = suite.assignment.limits
    names = {name for question in suite.assignment.questions for name in question.names}
    functions = {name for name in names if callable(suite.reference.get(name))}
    times = {"call": limits.call, "check": limits.check, "questions": limits.questions}
    student = Student(channel, **times, functions=functions)
    judge = _Judge(suite, student, seed)
    files = [str(suite.folder / f"test_{id}.py") for id in questions] or [str(suite.folder)]
    _pytest(judge, files, suite)
    checks = judge.checks()
    known = {(check.question, check.name) for check in checks}
    lost = [
        e for e in suite.expected if (not questions or e.question in questions) and (e.question, e.name) not in known
    ]
    return checks + tuple(
        Check(e.question, e.name, e.promise, Status.UNJUDGED, staff="pytest did not collect it") for e in lost
    )


def _pytest(judge: _Judge, arguments: list[str], suite: Suite) -> None:
    """One pytest session that neither reads settings from around it nor prints."""
    # the root is above all suites: a module's name comes from its path, and no two suites may share one
    limit = suite.assignment.limits.check + 30  # the kernel's share is bounded by the student; this bounds our own
    options = [
        f"--rootdir={suite.root}", f"--confcutdir={suite.folder}", "-c", os.devnull, "--noconftest",
        "--import-mode=importlib", "--assert=plain", f"--timeout={limit:g}", "--timeout-method=signal",
        *(f"-pno:{name}" for name in UNUSED_PLUGINS),
    ]  # fmt: skip
    plugins: list[object] = [judge, pytest_timeout]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    said = io.StringIO()
    with contextlib.chdir(suite.home), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main([*options, *arguments], plugins=plugins)
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not judge.broken:
        raise CourseError(
            suite.folder, f"pytest ended with {code!r} {said.getvalue()[-300:]}", "make it collect and run"
        )


class _Words:
    """The vocabulary as fixtures, each named for its function."""


for _name, _word in vocabulary.WORDS.items():
    setattr(_Words, _name, pytest.fixture(name=_name)(lambda self, word=_word: word))


class _Judge(_Words):
    """The pytest plugin: gives the fixtures, and notes what left each test."""

    def __init__(self, suite: Suite, student: Student | None, seed: int) -> None:
        self.suite, self.asked, self.seed = suite, student, seed
        self.items: list[tuple[str, Expected]] = []
        self.faults: dict[str, BaseException] = {}
        self.done: dict[str, float] = {}
        self.records: dict[str, tuple[Exchange, ...]] = {}
        self.broken: list[tuple[str, str, str]] = []

    # ---- fixtures

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        """The executed notebook."""
        assert self.asked is not None
        return self.asked

    @pytest.fixture
    def reference(self) -> SimpleNamespace:
        """The reference solution."""
        return SimpleNamespace(**self.suite.reference)

    @pytest.fixture
    def run(self) -> Callable[..., Any]:
        """Runs a probe in the kernel: `run(aliases, student.f, x)`."""
        assert self.asked is not None
        return self.asked._run

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> torch.Generator:
        """A generator for random inputs, the same in every run with this seed."""
        return torch.Generator().manual_seed(self._seed_of(request.node.nodeid))

    # ---- hooks

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            last = str(report.longrepr).strip().splitlines()[-1]
            self.broken.append((report.nodeid or str(self.suite.folder), last, "make the file import"))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        ids = {question.id for question in self.suite.assignment.questions}
        for item in items:
            question = item.path.stem.removeprefix("test_")
            if question not in ids:
                self.broken.append(
                    (str(item.path), f"there is no question {question!r}", "name the file for a question")
                )
            doc = inspect.getdoc(item.function) or ""  # type: ignore[attr-defined]
            promise = " ".join(doc.split())
            if not promise:
                where = f"{item.path}::{item.name}"
                self.broken.append((where, "no docstring", "say in it what the student's code must do"))
            self.items.append((item.nodeid, Expected(question, item.name, promise)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        started = time.monotonic()
        seed = self._seed_of(item.nodeid)
        seed_generators(seed)
        try:
            assert self.asked is not None
            self.asked._begin(seed)
        except BaseException as error:
            self.faults[item.nodeid] = error
        outcome = yield
        self.done[item.nodeid] = time.monotonic() - started
        if self.asked is not None and self.asked._complete:
            self.records[item.nodeid] = tuple(self.asked._exchanges)
        return outcome

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if item.nodeid in self.faults:
            raise self.faults[item.nodeid]

    def pytest_exception_interact(self, node: Any, call: pytest.CallInfo[Any], report: Any) -> None:
        if isinstance(node, pytest.Item) and call.excinfo is not None:
            self.faults.setdefault(node.nodeid, call.excinfo.value)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
        report = yield
        if report.skipped and call.excinfo is not None:
            self.faults.setdefault(item.nodeid, call.excinfo.value)
        return report

    # ---- verdicts

    def checks(self) -> tuple[Check, ...]:
        """A Check for every test that was collected; failed ones carry their question's diagnosis."""
        judged = {nodeid: self._check(nodeid, expected) for nodeid, expected in self.items}
        questions = dict.fromkeys(check.question for check in judged.values())
        found = {question: self._diagnose(question, judged) for question in questions}
        return tuple(
            replace(check, diagnosis=found[check.question]) if check.status is Status.FAILED else check
            for check in judged.values()
        )

    def _check(self, nodeid: str, expected: Expected) -> Check:
        """The verdict of one test."""
        check = Check(expected.question, expected.name, expected.promise, Status.UNJUDGED)
        if nodeid not in self.done:
            return replace(check, staff="the test did not run")
        check = replace(check, seconds=round(self.done[nodeid], 4))
        if nodeid not in self.faults:
            return replace(check, status=Status.PASSED)
        status, message, trace, staff = verdict(self.faults[nodeid])
        if trace is not None and is_unwritten(trace, expected.question):
            message = NOT_WRITTEN
        return replace(check, status=status, message=clean(message, 2000), trace=trace, staff=clean(staff, 4000))

    def _diagnose(self, question: str, judged: Mapping[str, Check]) -> Diagnosis | None:
        """What explains the failed checks of a question, if there are any that say more than "not written"."""
        own = {nodeid: check for nodeid, check in judged.items() if check.question == question}
        if not any(c.status is Status.FAILED and c.message != NOT_WRITTEN for c in own.values()):
            return None
        evidence = [
            Evidence(self.records.get(nodeid, ()), check.status is Status.FAILED) for nodeid, check in own.items()
        ]
        return diagnose(evidence, self.suite.mistakes.get(question, ()), self.suite.reference, self.suite.home)

    def _seed_of(self, nodeid: str) -> int:
        name = nodeid.rpartition("/")[2]
        return int.from_bytes(hashlib.blake2b(f"{self.seed}:{name}".encode(), digest_size=4).digest(), "little")


def verdict(fault: BaseException) -> tuple[Status, str, Trace | None, str]:
    """Status, message for the student, the student's traceback, and what only staff may read."""
    if isinstance(fault, StudentError):
        return Status.FAILED, f"Your code raised {fault}", fault.trace, ""
    if isinstance(fault, StudentFault):
        return Status.FAILED, str(fault), None, ""
    if isinstance(fault, AssertionError):
        return Status.FAILED, str(fault).partition("\n")[0], None, _formatted(fault)
    if isinstance(fault, CourseError | InternalError):
        return Status.UNJUDGED, "", None, str(fault)
    return Status.UNJUDGED, "", None, _formatted(fault)


def is_unwritten(trace: Trace, question: str) -> bool:
    """Whether an exception is the handout's own placeholder, and not one that a library raised."""
    return trace.kind == "NotImplementedError" and trace.message in ("", question)


def _formatted(fault: BaseException) -> str:
    return "".join(traceback.format_exception(fault))[-4000:]
