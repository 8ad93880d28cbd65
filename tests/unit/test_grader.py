"""Grading processes: each grades some submissions, and none of them can tell."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from ancestors import shared
from walls_here import BEST

from grader.course.catalog import Course
from grader.devices import CPU
from grader.errors import InternalError
from grader.grading.pipeline import Bench
from grader.judge.suite import load_suite
from grader.kernel.outside.launch import ColdLauncher
from grader.kernel.said import Said
from grader.records import Cell, Result, Status, Student, Submission
from grader.running import grader as grading
from grader.running.grader import Grader
from grader.running.pool import Pool
from grader.running.setting import EVERYTHING, KERNELS, Kernels, Order, Setting
from grader.running.worker import unjudged
from grader.sandbox.policy import Level

TOY, ID = Path(__file__).parents[1] / "submissions" / "course", "01_toy"
SOURCES = [source.partition("\n")[2] for source in (TOY / "solutions" / f"{ID}.py").read_text().split("# %%")[1:]]

pytestmark = pytest.mark.skipif(KERNELS is Kernels.COLD, reason="nothing is forked there")


def handed(name: str, old: str = "", new: str = "") -> Submission:
    """The reference, with some of it written otherwise."""
    cells = tuple(Cell(number, source.replace(old, new)) for number, source in enumerate(SOURCES, start=1))
    return Submission(Student(name, name), ID, name, name, cells)


@pytest.fixture
def bench() -> Bench:
    return Bench(load_suite(Course(TOY), ID), ColdLauncher(Level.NONE), {}, CPU, Level.NONE, 0)


@pytest.fixture
def grader(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Grader]:
    """One whose submissions say by their names what becomes of them; the seconds of a result are its process."""

    def grade(submission: Submission, bench: Bench, scratch: Path) -> Result:
        result = unjudged(submission, bench, "")
        if submission.sha != "unjudged":
            result = replace(result, checks=tuple(replace(check, status=Status.PASSED) for check in result.checks))
        if submission.sha == "plays":
            bench.suite.replies._add(Said(b"q" * 16, b"{}", b""))
        if submission.sha == "raises":
            raise RuntimeError("something of ours")
        if submission.sha == "dies":
            os._exit(3)
        if submission.sha == "sleeps":
            time.sleep(600)
        return replace(result, evidence=replace(result.evidence, seconds=os.getpid()))

    monkeypatch.setattr(grading, "grade", grade)
    monkeypatch.setattr(grading, "SUBMISSIONS", 3)
    made = Grader(bench)
    yield made
    made.close()


def ask(grader: Grader, name: str, seconds: float = 60.0) -> str:
    return grader.result(handed(name), EVERYTHING, 0, Path("scratch"), seconds)


def test_one_process_grades_several_and_none_too_many(grader: Grader) -> None:
    """It says when it is used up."""
    said = []
    for name in "abc":
        assert not grader.used_up
        said.append(ask(grader, name))
    assert grader.used_up
    pids = {text.partition('"seconds":')[2].partition(",")[0] for text in said}
    assert len(pids) == 1 and str(os.getpid()) not in pids


@pytest.mark.parametrize("name", ["plays", "unjudged"])
def test_one_in_which_something_else_has_run_is_used_up(grader: Grader, bench: Bench, name: str) -> None:
    """The result counts. What a mistake has answered is known here from then on."""
    assert handed(name).sha in ask(grader, name) and grader.used_up
    assert bool(bench.suite.replies.known) == (name == "plays")


@pytest.mark.parametrize(("name", "why"), [("raises", "something of ours"), ("dies", "ended with exit code 3")])
def test_one_that_fails_is_used_up(grader: Grader, name: str, why: str) -> None:
    """Who asked is told why."""
    with pytest.raises(InternalError, match=why):
        ask(grader, name)
    assert grader.used_up


def test_one_that_takes_too_long_is_ended(grader: Grader) -> None:
    """It does not go on beside the next one."""
    with pytest.raises(InternalError, match="took more than 0 s"):
        ask(grader, "sleeps", 0.2)
    assert grader.used_up
    pid = grader._fork.pid
    grader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_where_a_mistake_was_played_nobody_else_is_graded(tmp_path: Path) -> None:
    """It is an author's code, and may leave anything behind. What it has answered need not be played again."""
    root, log = shutil.copytree(TOY, tmp_path / "course"), tmp_path / "log"
    suite = root / "tests" / "hidden" / ID / "test_double.py"
    noting = f"    import os\n    open({str(log)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
    suite.write_text(suite.read_text().replace("    agree(", f"{noting}    agree("))
    wrong = ("return t * 2", "return t + 2")
    in_other_memory = ("return t * 2", "return (t * 2).t().contiguous().t()")  # else what `a` was told holds
    class_ = [handed("a"), handed("b", *wrong), handed("c", *in_other_memory), handed("d", *wrong)]
    with shared(), Pool(Setting(root, walls=BEST), 1) as pool:
        found = {result.submission.sha: result.checks[0] for result in pool.grade(class_)}
    _of_the_worker, *pids = log.read_text().split()
    assert [old != new for old, new in pairwise(pids)] == [False, True, False]
    assert [found[name].status for name in "abcd"] == [Status.PASSED, Status.FAILED] * 2
    said = [found[name].diagnosis for name in "bd"]
    assert [diagnosis and diagnosis.mistake for diagnosis in said] == ["MX01", "MX01"]


def test_what_was_passed_in_one_process_is_known_to_the_next(tmp_path: Path) -> None:
    """The check does not run again for who answers alike."""
    root, log = shutil.copytree(TOY, tmp_path / "course"), tmp_path / "log"
    suite = root / "tests" / "hidden" / ID / "test_root.py"
    noting = f"    open({str(log)!r}, 'a').write('.')\n"
    suite.write_text(suite.read_text().replace("    agree(", f"{noting}    agree("))
    wrong = ("return t * 2", "return t + 2")  # a mistake that is played, so that its process is the last one's
    class_ = [handed("a", *wrong), handed("b"), handed("c", "return t * 2", "return t + t")]
    with shared(), Pool(Setting(root, walls=BEST), 1) as pool:
        found = {result.submission.sha: [check.status for check in result.checks] for result in pool.grade(class_)}
    assert log.read_text() == "."
    assert found["b"] == found["c"] == [Status.PASSED] * 10


def test_what_one_worker_found_out_is_known_to_the_others(tmp_path: Path) -> None:
    """From their next submissions on."""
    root, log = shutil.copytree(TOY, tmp_path / "course"), tmp_path / "log"
    suite = root / "tests" / "hidden" / ID / "test_root.py"
    noting = f"    open({str(log)!r}, 'a').write('.')\n"
    suite.write_text(suite.read_text().replace("    agree(", f"{noting}    agree("))
    first = [handed("a", "return t * 2", "return t + 2"), handed("b", "return t.sqrt()", "return t")]
    with shared(), Pool(Setting(root, walls=BEST), 2) as pool:
        for class_ in (first, [handed("c"), handed("d", "return t * 2", "return t + t")]):
            found = {result.submission.sha: [check.status for check in result.checks] for result in pool.grade(class_)}
    assert log.read_text() == "..", "for each of the first two, and no more"
    assert found["c"] == found["d"] == [Status.PASSED] * 10


def test_what_one_order_says_is_not_for_the_next(tmp_path: Path) -> None:
    """Another seed, and one question only."""
    orders = [(handed("a"), Order(seed=7, questions=("root",))), (handed("b"), EVERYTHING)]
    with shared(), Pool(Setting(TOY, walls=BEST), 1) as pool:
        found = {result.submission.sha: result for result in pool.answer(orders)}
    assert (found["a"].evidence.seed, found["b"].evidence.seed) == (7, 0)
    assert {check.question for check in found["a"].checks} == {"root"}
    assert len({check.question for check in found["b"].checks}) == 5
