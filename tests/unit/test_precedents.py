"""Who answers as somebody did who passed has passed, too; everybody else is judged as if nobody had been there."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from played import ID, TOY, Played, alone, judged, toy, with_precedent

from grader.asking.local import LocalChannel
from grader.asking.messages import Exchange, Reply
from grader.asking.traces import Raised
from grader.course.catalog import Course
from grader.judge import precedents
from grader.judge.precedents import Exchanges, Precedent, Precedents
from grader.judge.replaying import scratch_directory
from grader.judge.suite import Suite, load_suite
from grader.kernel.questions import Heard, Written
from grader.kernel.said import Said, Step
from grader.records import Figure, Frame, Status, Trace
from grader.records.figures import Drawing


@pytest.fixture
def suite() -> Suite:
    return toy()


def test_who_answers_like_another_is_asked_the_same_and_passes(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compared again, and for later as much is kept of it."""
    first, second = Played(suite.reference), Played(suite.reference)
    before, one = judged(suite, first)
    with monkeypatch.context() as patch:
        patch.setattr("_pytest.runner.call_and_report", None)  # no test can be run
        after, other = judged(suite, second)
    assert after == before and first.asked == second.asked
    assert other.recorder.kept() == one.recorder.kept()


def again(t: torch.Tensor) -> torch.Tensor:
    return t * 2 if t.is_contiguous() else t + 2


def in_place(t: torch.Tensor) -> torch.Tensor:
    return t.mul_(2)


def refuses(t: torch.Tensor) -> torch.Tensor:
    raise ValueError("no such thing")


class Tires:
    """Right for some calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __call__(self, t: torch.Tensor) -> torch.Tensor:
        self.left -= 1
        return t * 2 if self.left >= 0 else t


OTHER: Mapping[str, Any] = {
    "another way": lambda t: t + t,
    "in other memory": lambda t: (t * 2).t().contiguous().t() if t.ndim == 2 else t * 2,
    "wrong": lambda t: t + 2,
    "wrong of late": again,
    "in place": in_place,
    "raises": refuses,
    "not there": None,
    "no tensor": lambda t: (t * 2).tolist(),
    **{f"after {calls}": Tires(calls) for calls in range(6)},
}


@pytest.mark.parametrize("name", OTHER)
def test_who_answers_otherwise_is_judged_as_the_first(suite: Suite, name: str) -> None:
    """Verdicts, words, diagnoses and what is kept are the same, and nothing is asked twice."""
    first, later = (Played({**suite.reference, "double": copy.deepcopy(OTHER[name])}) for _ in range(2))
    due, one = alone(suite, first)
    found, other = judged(with_precedent(suite), later)
    assert found == due and later.asked == first.asked and later.begun == first.begun
    assert other.recorder.kept() == one.recorder.kept()


@pytest.mark.parametrize("slow", [0.5, 3.0, 6.0, 9.9, 10.1, 31.0])
@pytest.mark.parametrize("way", ["each", "some", "one"])
def test_time_passes_as_for_the_first(suite: Suite, slow: float, way: str) -> None:
    """What was asked ahead has taken the time that it took, of a check's and of all questions'."""
    limits = replace(suite.assignment.limits, call=10.0, check=30.0, questions=170.0)
    suite = replace(suite, assignment=replace(suite.assignment, limits=limits))
    chosen: Callable[[int], bool] = {"each": lambda n: True, "some": lambda n: n % 3 == 1, "one": lambda n: n == 4}[way]

    def takes(number: int) -> float:
        return slow if chosen(number) else 0.0

    first, later = Played(suite.reference, takes), Played(suite.reference, takes)
    due, one = alone(suite, first)
    found, other = judged(with_precedent(suite), later)
    assert found == due and later.asked == first.asked and later.time == first.time
    assert other.recorder.kept() == one.recorder.kept()


@pytest.mark.parametrize("number", range(12))
def test_a_death_costs_the_same_check(suite: Suite, number: int) -> None:
    """It is met once."""
    first, later = (Played(suite.reference, dies=frozenset({number})) for _ in range(2))
    due, one = alone(suite, first)
    found, other = judged(with_precedent(suite), later)
    assert found == due and later.asked == first.asked and later.deaths == first.deaths == ["The kernel died."]
    assert other.recorder.kept() == one.recorder.kept()


def test_who_has_written_too_much_pays(suite: Suite) -> None:
    """However right the answers are."""
    session = Played(suite.reference, writes=frozenset({2}))
    found, _ = judged(with_precedent(suite), session)
    due, _ = alone(suite, Played(suite.reference, writes=frozenset({2})))
    assert found == due and [check.status for check in found][:3] == [Status.PASSED, Status.FAILED, Status.PASSED]


def test_a_check_beside_which_a_call_did_something_is_no_precedent(suite: Suite) -> None:
    """Another check of the question may have to pay for it."""
    judged(suite, Played({**suite.reference, "double": in_place}))
    assert not [name for name, _ in suite.precedents.known if "test_double" in name]
    assert [name for name, _ in suite.precedents.known if "test_root" in name]


def test_a_suite_that_asks_by_chance_is_fair(tmp_path: Path) -> None:
    """Who is wrong fails, who is right passes, whoever was there before."""
    root = shutil.copytree(TOY, tmp_path / "course")
    for file in (root / "tests" / "hidden" / ID).glob("test_double.py"):
        text = file.read_text().replace("generator=rng", "generator=torch.Generator().manual_seed(seed())")
        seed = "import torch\n\ndef seed(n=[0]):\n    n[0] += 1\n    return n[0]\n"
        file.write_text(text.replace("import torch", seed))
    suite = load_suite(Course(root), ID)
    for names in (suite.reference, {**suite.reference, "double": again}, suite.reference):
        checks, _ = judged(suite, Played(names))
        failed = {check.question for check in checks if check.status is not Status.PASSED}
        assert failed == ({"double"} if names["double"] is again else set())


def step(question: bytes = b"{}", answer: bytes = b'{"value": 1}', body: bytes = b"") -> Step:
    asked = Written(question, body)
    return Step(asked, Said(asked.digest, answer, body))


def raised(message: str = "no", line: int = 3, kind: str = "ValueError", *, frames: bool = True) -> Reply:
    lines = (Frame(2, line, "f", "raise"),) if frames else ()
    return Reply(error=Raised(Trace(kind, message, lines, (kind, "Exception")), "raise"))


def failed(line: int) -> Step:
    """A question that was answered by an exception from this line."""
    asked = Written(b"{}", b"")
    return Step(asked, Said.of(asked.digest, raised(line=line), b""))


FIGURE = Figure(Drawing.CURVE, "Losses", values=(1.0, 0.5), axes=("step", "loss"))


def test_precedents_cross_between_processes() -> None:
    """To the last byte; what came from elsewhere is not told again."""
    here, there = Precedents(), Precedents()
    for number in range(3):
        steps = (step(b"a", b'{"value": %d}' % number), step(b"b", b'{"value": 2}', b"\x00\xff"))
        here.keep(("test::x", number), Precedent(steps, (FIGURE,), 99))
    there.learn(here.told())
    assert there.known == here.known and there.room == here.room and not there.new
    there.learn("")
    assert len(there.known) == 3


def test_there_is_an_end_to_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few for each check, and so many bytes of all."""
    kept = Precedents()
    for number in range(precedents.MOST_OF_ONE + 2):
        kept.keep(("x", 0), Precedent((step(answer=b"%d" % number),), (), 0))
    assert len(kept.known["x", 0]) == precedents.MOST_OF_ONE == len(kept.new)
    room = kept.room
    kept.keep(("y", 0), Precedent((step(body=bytes(room)),), (), 0))
    assert not kept.known["y", 0] and kept.room == room


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([step(b"a")], [step(b"a")]),
        ([step(b"a")], [step(b"b")]),
        ([step(b"a")], [step(b"a"), step(b"b")]),
        ([step(b"a", b"1"), step(b"b")], [step(b"a", b"1"), step(b"c")]),
        ([failed(3), step(b"b")], [failed(8), step(b"b")]),
    ],
)
def test_what_cannot_be_told_apart_by_answers_is_kept_once(one: Sequence[Step], other: Sequence[Step]) -> None:
    """After the same answers a suite asks the same."""
    kept = Precedents()
    for steps in (one, other):
        kept.keep(("x", 0), Precedent(tuple(steps), (), 0))
    assert [list(precedent.steps) for precedent in kept.known["x", 0]] == [list(one)]


def test_too_much_is_not_kept(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one check."""
    monkeypatch.setattr("grader.kernel.outside.channel.MOST_STEPS", 0)
    _, channel = judged(suite, Played(suite.reference))
    assert channel.steps is None and not suite.precedents.known


@pytest.mark.parametrize(
    ("other", "like"),
    [
        (raised(), True),
        (raised(line=8), True),
        (raised("yes"), False),
        (raised(kind="TypeError"), False),
        (raised(frames=False), False),
        (replace(raised(), left=("grad mode",)), False),
        (Reply(1), False),
    ],
)
def test_an_exception_is_the_same_wherever_it_was_raised(other: Reply, like: bool) -> None:
    """In a notebook's code at all; its lines are each notebook's own."""
    known = Step(Written(b"{}", b""), Said.of(b"", raised(), b""))
    text = Said.of(b"", other, b"").header
    assert known.is_like(Heard("7", b'{"id": "7", ' + text[1:], b""), other) is like


def test_an_exception_is_no_value_that_looks_like_one() -> None:
    """One that was not read is compared by its bytes."""
    known = step(answer=b'{"value": 1}')
    assert known.is_like(Heard("7", b'{"id": "7", "value": 1}', b""), None)
    assert not known.is_like(Heard("7", b'{"id": "7", "value": 1}', b"x"), None)
    assert not known.is_like(Heard("7", b'{"value": 1, "id": "7"}', b""), None)
    assert not known.is_like(Heard("8", b'{"id": "7", "value": 1}', b""), None)


def test_exchanges_are_those_of_an_interview(suite: Suite) -> None:
    """As a diagnosis reads them, questions and answers, exceptions too."""
    judged(suite, Played(suite.reference))
    for kept in (one for known in suite.precedents.known.values() for one in known):
        local = LocalChannel(suite.reference)
        with scratch_directory(suite.home):
            for exchange in Exchanges(kept.steps):
                assert isinstance(exchange, Exchange) and exchange.reply is not None
                assert local.ask(exchange.query, 1.0).value == exchange.reply.value
    exchange = Exchanges([Step(Written.of(exchange.query), Said.of(b"", raised(), b""))])[0]
    assert exchange.reply == Reply(error=Raised(Trace("ValueError", "no"), "raise"))
