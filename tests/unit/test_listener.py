"""Verdicts on what kernels answered before: judged in one fork, shared by who answered alike."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.asking.local import LocalChannel
from grader.asking.messages import Query, Reply
from grader.classroom.alike import by_answers, by_notebook, of_all, still_asked
from grader.course.catalog import Course
from grader.devices import CPU
from grader.grading.again import is_of_answers, of_another
from grader.grading.pipeline import Bench
from grader.judge.suite import judge, load_suite
from grader.kernel.outside.heard import Recorder
from grader.kernel.outside.launch import ColdLauncher
from grader.kernel.questions import digest, to_bytes
from grader.kernel.said import Said
from grader.records import Cell, CellRun, CellStatus, Check, Evidence, Execution, Result, Status, Student, Submission
from grader.running.listener import Listener
from grader.running.setting import EVERYTHING, Order
from grader.sandbox.policy import Level
from grader.storage import from_json

TOY = Path(__file__).parents[1] / "submissions" / "course"
ID, ASKED = "01_toy", ("double",)
BROKEN = (Cell(1, "import torch\n1 / 0\ndef double(t): pass"),)
RAN = Execution((CellRun(1, CellStatus.STOPPED, 1.0, note="Stopped after 9 s, its limit."),), 1.0)


class Recorded(LocalChannel):
    """A namespace, of which what it answers is kept."""

    def __init__(self, namespace: dict[str, object]) -> None:
        super().__init__(namespace)
        self.recorder = Recorder()

    def ask(self, query: Query, seconds: float) -> Reply:
        if query.begin is not None:
            self.recorder.begin(query.begin)
        reply = super().ask(query, seconds)
        self.recorder.answered(Said.of(digest(query), reply, to_bytes(reply.tensors)))
        return reply


def bench_of(root: Path) -> Bench:
    return Bench(load_suite(Course(root), ID), ColdLauncher(Level.NONE), {}, CPU, Level.NONE, 0)


@pytest.fixture(scope="module")
def bench() -> Bench:
    return bench_of(TOY)


@pytest.fixture
def listener(bench: Bench) -> Iterator[Listener]:
    made = Listener(bench)
    yield made
    made.close()


def order(bench: Bench, namespace: dict[str, object]) -> Order:
    """One for the question `double`, as this namespace has answered it."""
    channel = Recorded(namespace)
    judge(bench.suite, channel, 0, ASKED, channel.recorder.turn)
    return Order(questions=ASKED, heard=channel.recorder.kept(), ran=RAN)


def named(name: str, cells: tuple[Cell, ...] = ()) -> Submission:
    return Submission(Student.named(name), ID, f"{name}.ipynb", name, cells)


def result(listener: Listener, submission: Submission, asked: Order) -> Result | None:
    said = listener.result(submission, asked, 60.0)
    assert said is not None, "it is alive"
    return from_json(Result, said) if said else None


def test_one_listener_judges_many(bench: Bench, listener: Listener) -> None:
    """Right, wrong, not defined, and what only a kernel can tell, one after the other."""
    right = order(bench, dict(bench.suite.reference))
    wrong = order(bench, {"double": lambda t: t * 3})
    absent = order(bench, {})
    for _ in range(2):
        good, bad, none = (result(listener, named("ada", BROKEN), one) for one in (right, wrong, absent))
        assert good and bad and none
        assert {check.status for check in good.checks} == {Status.PASSED} and is_of_answers(good, ASKED)
        assert [check.status for check in bad.checks] == [Status.FAILED, Status.PASSED] and is_of_answers(bad, ())
        assert not is_of_answers(none, ASKED) and none.alone
        assert "cell 1 should define it. Stopped after 9 s" in none.checks[0].message
        assert {good.evidence.kernels, bad.evidence.kernels, none.evidence.kernels} == {0}
        assert result(listener, named("ada"), replace(right, heard={"double": ""})) is None
        assert result(listener, named("ada"), replace(right, seed=1)) is None, "other inputs"


def test_a_listener_that_dies(bench: Bench, tmp_path: Path) -> None:
    """Nobody waits for it; what came before it is not judged twice."""
    asked = order(bench, dict(bench.suite.reference))
    root = shutil.copytree(TOY, tmp_path / "course")
    suite = root / "tests" / "hidden" / ID / "test_double.py"
    suite.write_text(suite.read_text().replace("    agree(", "    import os\n    os._exit(1)\n    agree("))
    listener = Listener(bench_of(root))
    assert listener.result(named("ada"), asked, 60.0) is None
    assert listener.result(named("ada"), asked, 60.0) is None
    listener.close()


def test_one_that_takes_too_long(bench: Bench) -> None:
    """It is ended by who made it."""
    listener = Listener(bench)
    assert listener.result(named("ada"), order(bench, dict(bench.suite.reference)), 0.0) is None
    listener.close()


EVIDENCE = Evidence("s", "e", {}, "cpu", "none", 7, 1.0, "grader run 'ada.ipynb' --force", kernels=0)


def check(question: str, **more: object) -> Check:
    return replace(Check(question, "test_x", "It holds.", Status.PASSED), **more)  # type: ignore[arg-type]


def test_another_has_the_same_verdicts_of_its_own_notebook() -> None:
    """Its own checks of other questions, what became of its cells, and the command that grades it."""
    judged = Result(named("ada"), RAN, (check("root"), check("double")), EVIDENCE)
    lost = check("root", status=Status.FAILED, lacks="root")
    ran = replace(RAN, notes=("Mend cell 9 first: so it was said before.", "It is late."))
    bo = of_another(judged, named("bo", (Cell(1, "def root(t): pass"),)), ASKED, (lost,), ran)
    assert [one.question for one in bo.checks] == ["root", "double"] and bo.checks[0] == lost
    assert bo.execution.notes[0].startswith("Mend cell 1 first") and bo.execution.notes[1:] == ("It is late.",)
    assert bo.evidence.replay == "grader run 'bo.ipynb' --assignment 01_toy --seed 7 --force"
    assert bo.submission.student.name == "bo"


def test_who_is_asked_for_whom() -> None:
    """Of those with the same answers the first; members of a group once; who was asked nothing before, alone."""
    same, other = ({"double": text} for text in "ab")
    heard = {
        "ada": Order(questions=ASKED, heard=same, ran=RAN),
        "bo": Order(questions=ASKED, heard=same, ran=RAN, kept=(check("root"),)),
        "cy": Order(questions=ASKED, heard=other, ran=RAN),
        "di": Order(questions=ASKED),
        "ed": Order(questions=ASKED),
    }
    orders = by_notebook([(named(name), one) for name, one in heard.items()] + [(named("ada"), heard["ada"])])
    assert [len(group) for group in orders.values()] == [2, 1, 1, 1, 1]
    asked = by_answers({which: of_all(group) for which, group in orders.items()})
    assert [one.student.name for one, _ in asked.first.values()] == ["ada", "cy", "di", "ed"]
    ((leader, others),) = asked.others.items()
    assert leader == ("ada.ipynb", "ada") and [one.student.name for one, _ in others.values()] == ["bo"]
    judged = Result(named("ada"), RAN, (check("double"),), EVIDENCE)
    assert still_asked(judged, others) == {}
    told = replace(judged, checks=(check("double", lacks="double"),))
    assert still_asked(told, others) == others == still_asked(replace(judged, alone=True), others)
    ((_, left),) = still_asked(replace(judged, evidence=replace(EVIDENCE, kernels=1)), others).values()
    assert left == replace(heard["bo"], heard={}, ran=None)
    assert of_all([(named("x"), heard["ada"]), (named("x"), heard["cy"])])[1] == EVERYTHING
