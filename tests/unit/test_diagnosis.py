"""A known mistake is named where it agrees with all that was seen, and nowhere else."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.asking.local import LocalChannel
from grader.asking.student import Interview, Student
from grader.course.variants import Variant
from grader.errors import StudentError
from grader.judge import replaying
from grader.judge.diagnosis import Evidence, diagnose

Answer = Any
T = torch.tensor


def mistake(id: str, source: str, name: str = "f") -> Variant:
    return Variant("f", name, id, f"title {id}", f"hint {id}", source, "", f"<mistake {id}>")


def code(source: str) -> Answer:
    """A student's f: of code with lines that a traceback can show."""
    return mistake("student", source).value({"math": math, "torch": torch})


def seen(answers: dict[str, Answer] | Answer, *inputs: Any, failed: bool = True, shown: bool = True) -> Evidence:
    """A check in which f, or each of some functions, was called with some inputs."""
    names = answers if isinstance(answers, dict) else {"f": answers}
    interview = Interview(LocalChannel(dict(names)))
    interview.begin(1)
    for name in names:
        function = getattr(Student(interview), name)
        for value in inputs:
            with contextlib.suppress(StudentError):
                function(value)
    return Evidence(interview.exchanges, failed, shown)


def found(checks: list[Evidence], mistakes: list[Variant], home: Path, **reference: Any) -> list[str]:
    """The mistake named for each check, or nothing."""
    names = {"f": abs, "math": math, "torch": torch} | reference
    return [one.mistake if one else "" for one in diagnose(checks, mistakes, names, home)]


PLUS = mistake("A", "def f(t):\n    return t + 1")
ZERO = mistake("B", "def f(t):\n    return t * 0")
RAISES = mistake("C", "def f(t):\n    return t.view(7)")
NAN = mistake("N", "def f(t):\n    return math.nan")
MISTAKES = [PLUS, ZERO, RAISES, NAN]


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        (lambda t: 1 + t, "A"),
        (lambda t: torch.zeros_like(t), "B"),
        (lambda t: [][1], ""),
        (lambda t: t - 1, ""),
        (lambda t: float("nan"), "N"),
    ],
)
def test_the_mistake_that_answers_alike(answer: Answer, due: str, tmp_path: Path) -> None:
    """The diagnosis is the mistake with the same answers; unknown mistakes have none."""
    assert found([seen(answer, T([1.0, 2.0]), T([3.0]))], MISTAKES, tmp_path) == [due]


@pytest.mark.parametrize(
    ("source", "due"),
    [
        ("x = t.double()\n    return x.view(9)", "C"),  # the number is another, as is everything around it
        ("return t.reshape(7)", ""),  # another call
        ("raise RuntimeError('unrelated')", ""),  # another message
        ("raise RuntimeError(\"shape '[7]' is invalid for input of size 2\")", ""),  # the same words, but no `view`
        ("return t.view('7')", ""),  # another kind
    ],
)
def test_exceptions_are_the_same_by_kind_words_and_call(source: str, due: str, tmp_path: Path) -> None:
    """Numbers in a message may differ, nothing else."""
    assert found([seen(code(f"def f(t):\n    {source}"), T([1.0, 2.0]))], MISTAKES, tmp_path) == [due]


def test_an_exception_that_is_due_may_say_what_it_likes(tmp_path: Path) -> None:
    """Where the reference raises, the message is everybody's own; what else is answered tells mistakes."""
    right = code("def f(t):\n    if t < 0:\n        raise ValueError('below zero')\n    return t")
    wrong = mistake("W", "def f(t):\n    if t < 0:\n        raise ValueError('no')\n    return t + 1")
    student = code("def f(t):\n    assert_ = {}\n    if t < 0:\n        raise ValueError('minus')\n    return 1 + t")
    assert found([seen(student, -1, 3)], [wrong], tmp_path, f=right) == ["W"]


def test_last_digits_are_no_mistake(tmp_path: Path) -> None:
    """Where the reference answers nearly the same, a mistake explains nothing unless its answers are the very same."""
    coarse = mistake("R", "def f(t):\n    return t.abs().float().double()")
    for answer, due in ((lambda t: t.abs() + 1e-9, ""), (lambda t: t.float().abs().double(), "R")):
        checks = [seen(answer, T([0.1, 0.7], dtype=torch.float64))]
        assert found(checks, [coarse], tmp_path, f=torch.abs) == [due]


def test_what_no_answer_shows_has_no_name(tmp_path: Path) -> None:
    """A check that failed although every answer was right is explained by what is said of tensors, or by nothing."""
    idle = mistake("I", "def f(t):\n    return t if t.numel() < 9 else t * 0")
    cut = mistake("G", "def f(t):\n    return (t * 1.0).detach()")
    leaf = torch.ones(2, requires_grad=True)
    assert found([seen(lambda t: t * 1.0, leaf)], [idle], tmp_path, f=lambda t: t * 1.0) == [""]
    assert found([seen(lambda t: t.detach() * 1, leaf)], [idle, cut], tmp_path, f=lambda t: t * 1.0) == ["G"]


def test_all_the_evidence_counts(tmp_path: Path) -> None:
    """A mistake that would fail what was passed, or pass what was failed, is not the one."""
    below = mistake("Q", "def f(t):\n    return t + 1 if t.sum() > 0 else -t")
    one, minus = T([1.0]), T([-1.0])
    answer = code("def f(t):\n    return t + 1 if t.sum() > 0 else -t")
    checks = [seen(answer, one), seen(answer, minus, failed=False)]
    assert found(checks, [PLUS, below], tmp_path) == ["Q", ""]  # A would have failed the second
    twice = code("def f(t):\n    return t + 1 if t.sum() > 0 else -t - 5")
    assert found([seen(twice, one), seen(twice, minus)], [PLUS, below], tmp_path) == ["", ""]  # a fault of its own, too


def test_a_passed_check_need_not_be_passed_alike(tmp_path: Path) -> None:
    """A mistake that answers as the reference does passes, whatever the student's right answer looks like."""
    passed = seen(lambda t: t.abs() * (1 + 1e-7), T([-1.0]), failed=False)
    assert found([seen(lambda t: t + 1, T([1.0])), passed], [PLUS], tmp_path) == ["", ""]
    half = mistake("H", "def f(t):\n    return t + 1 if t.sum() > 0 else t.abs()")
    assert found([seen(lambda t: t + 1, T([1.0])), passed], [PLUS, half], tmp_path) == ["H", ""]


def test_what_is_left_changed_is_evidence(tmp_path: Path) -> None:
    """Where the values are right, that is what the check failed for; another thing left changed is another mistake."""
    gradients = mistake("S", "def f(t):\n    torch.set_grad_enabled(False)\n    return t.abs()")
    dtype = mistake("Y", "def f(t):\n    torch.set_default_dtype(torch.float64)\n    return t.abs()")
    both = [dtype, gradients]
    assert found([seen(code(gradients.source), T([1.0]))], both, tmp_path) == ["S"]
    assert found([seen(code(dtype.source), T([1.0]))], both, tmp_path) == ["Y"]
    assert found([seen(code(gradients.source), T([1.0]))], [dtype], tmp_path) == [""]
    checks = [seen(code(gradients.source), T([1.0])), seen(code(gradients.source), T([2.0]), failed=False)]
    assert found(checks, both, tmp_path) == ["S", ""]  # the question has paid with its first check


def test_each_definition_has_its_own(tmp_path: Path) -> None:
    """Of two definitions of one question each may have a mistake; a check that asks for both, only one of them."""
    other = mistake("G", "def g(t):\n    return t * 7", name="g")
    f, g = (lambda t: t + 1), (lambda t: 7 * t)
    reference = {"f": torch.abs, "g": torch.neg}
    checks = [seen({"f": f}, T([1.0])), seen({"g": g}, T([1.0]))]
    assert found(checks, [PLUS, other], tmp_path, **reference) == ["A", "G"]
    assert found([seen({"f": f, "g": g}, T([1.0]))], [PLUS, other], tmp_path, **reference) == [""]
    checks = [seen({"f": f}, T([1.0])), seen({"g": lambda t: t / 3}, T([1.0]))]
    assert found(checks, [PLUS, other], tmp_path, **reference) == ["A", ""]


def test_a_call_that_never_ended_is_explained_by_nothing(tmp_path: Path) -> None:
    """What was answered before it is not what the check failed for."""
    assert found([seen(lambda t: t + 1, T([1.0]), shown=False)], [PLUS], tmp_path) == [""]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(replaying, "REPLAY_LIMIT", 0.2)
    yield


def test_a_mistake_that_never_ends_is_given_up(impatient: None, tmp_path: Path) -> None:
    """It is no diagnosis, and those after it are tried."""
    endless = mistake("D", "def f(t):\n    while True:\n        pass")
    assert found([seen(lambda t: t + 1, T([1.0]))], [endless, PLUS], tmp_path) == ["A"]


def test_classes_of_ones_own_are_alike(tmp_path: Path) -> None:
    """Where a value stays in the kernel, the class that it is of counts, and not the module that defines it."""
    net = "class f(torch.nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.n = n"
    checks = [seen(code(net), 1)]
    assert found(checks, [mistake("M", net)], tmp_path, f=lambda n: n) == ["M"]


def test_what_a_class_remembers_is_remembered(tmp_path: Path) -> None:
    """State in the body of a class goes from one check to the next, as it does in a notebook."""
    source = "class f:\n    seen = []\n    def __init__(self, n):\n        self.seen.append(n)\n"
    source += "        self.n = sum(self.seen)"
    names = {"f": code(source)}
    checks = []
    for n in (1, 2):
        interview = Interview(LocalChannel(names))
        interview.begin(1)
        _ = Student(interview).f(n).n
        checks.append(Evidence(interview.exchanges, failed=n == 2))
    right = code("class f:\n    def __init__(self, n):\n        self.n = n")
    assert found(checks, [mistake("S", source)], tmp_path, f=right) == ["", "S"]
