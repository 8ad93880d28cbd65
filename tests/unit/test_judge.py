"""Helpers that refuse weak use, students asked in-process, verdicts, and diagnoses."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
import torch

from grader.asking import vocabulary as say
from grader.asking.local import LocalChannel
from grader.asking.messages import Query, Reply
from grader.asking.probes import probe
from grader.asking.student import Interview, Student
from grader.asking.verdict import verdict
from grader.course.catalog import Course
from grader.errors import CourseError, Failure, LimitExceeded, MissingName, StudentError, Unusable
from grader.judge.replaying import scratch_directory
from grader.judge.suite import Suite, judge, load_suite
from grader.records import Status

TOY = Path(__file__).parents[1] / "submissions" / "course"

NOTEBOOK = """
import torch

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 2, 3)

net = Net()
number = 3
weights = torch.ones(2, requires_grad=True)

def double(t):
    return t * 2

def in_place(t):
    return t.mul_(2)

def broken(t):
    return undefined

def numbers():
    yield from range(5)

class Data:
    def __len__(self):
        return 3
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return torch.full((2,), i), i

data = Data()
"""


@pytest.fixture
def interview() -> Interview:
    namespace: dict[str, Any] = {}
    exec(compile(NOTEBOOK, "<cell>", "exec"), namespace)
    return Interview(LocalChannel(namespace, {"<cell>": 7}.get))


@pytest.fixture
def student(interview: Interview) -> Student:
    return Student(interview)


def test_values_and_handles(student: Student) -> None:
    """A name is its value, or stands for what stays in the kernel."""
    assert student.number == 3
    assert torch.equal(student.weights, torch.ones(2))
    assert isinstance(student.net, torch.nn.Module) and isinstance(student.net.conv1, torch.nn.Conv2d)
    assert not isinstance(student.net.conv1, torch.nn.Linear)
    assert student.net.conv1.kernel_size == (3, 3)
    assert torch.equal(student.double(torch.ones(2)), torch.full((2,), 2.0))
    assert len(student.data) == 3 and student.data[1][1] == 1
    assert [label for _, label in student.data] == [0, 1, 2]
    assert list(student.numbers()) == [0, 1, 2, 3, 4]


def test_faults_of_the_student(student: Student) -> None:
    """A missing name and an exception are told apart, with the line of the notebook."""
    with pytest.raises(MissingName, match="`nothing` is not defined"):
        _ = student.nothing
    with pytest.raises(StudentError, match="NameError: name 'undefined'") as caught:
        student.broken(1)
    assert caught.value.trace.frames[-1].cell == 7
    assert "Exception" in caught.value.trace.kinds


def test_arguments_are_copies(student: Student) -> None:
    """A student's function cannot change the judge's tensor."""
    mine = torch.ones(3)
    say.inplace(student.in_place)(mine)
    assert torch.equal(mine, torch.ones(3))


def test_a_check_has_its_time(interview: Interview, student: Student) -> None:
    """When a check's time is used up, the next question is not asked."""
    interview.deadline = 0.0
    with pytest.raises(LimitExceeded, match="This check was stopped"):
        student.double(torch.ones(1))


@probe
def call_count(f, t):  # type: ignore[no-untyped-def]
    calls = []

    def spy(x):  # type: ignore[no-untyped-def]
        calls.append(1)
        return f(x)

    spy(t)
    return {"calls": len(calls), "mean": float(np.mean(t.numpy()))}  # type: ignore[name-defined]  # noqa: F821


def test_probes_run_beside_the_code(interview: Interview, student: Student) -> None:
    """A probe gets handles and values, and returns plain data; it can be an argument itself."""
    assert interview.run(call_count, student.double, torch.ones(3)) == {"calls": 1, "mean": 1.0}


def once(x):  # type: ignore[no-untyped-def]
    return [x]


@probe(uses=[once])
def twice(x):  # type: ignore[no-untyped-def]
    return once(x) + once(x)


@probe(uses=[twice, once])
def thrice(x):  # type: ignore[no-untyped-def]
    return twice(x) + once(x)


def test_probes_share_helpers(interview: Interview) -> None:
    """A helper goes where the probe goes, each once."""
    assert interview.run(thrice, 5) == [5, 5, 5]
    assert thrice.source.count("def once") == 1


def test_every_name_is_the_notebooks() -> None:
    """Neither a notebook's names nor an attribute of its objects hide behind ours."""
    names = ("ask", "begin", "run", "exchanges", "interview", "_interview", "_run", "describe", "handle", "_name")
    thing = SimpleNamespace(**{name: f"its {name}" for name in names})
    student = Student(Interview(LocalChannel({"thing": thing, **vars(thing)})))
    assert [getattr(student, name) for name in names] == [f"its {name}" for name in names]
    assert [getattr(student.thing, name) for name in names] == [f"its {name}" for name in names]


def test_the_record_is_not_what_the_code_and_the_suite_change() -> None:
    """What was asked and answered stays on record, whatever is done to the tensors later."""
    interview = Interview(LocalChannel({"grow": lambda t: t.add_(1)}))
    student = Student(interview)
    interview.begin(1)
    say.inplace(student.grow)(torch.zeros(2)).mul_(100)
    *_, exchange = interview.exchanges
    assert exchange.reply is not None
    assert exchange.query.tensors["0"].tolist() == [0, 0] and exchange.reply.tensors["0"].tolist() == [1, 1]


@probe
def length_of(f, *args):  # type: ignore[no-untyped-def]
    return len(f(*args))


@probe
def misspelt(f):  # type: ignore[no-untyped-def]
    return lenght(f)  # type: ignore[name-defined]  # noqa: F821


def test_what_a_probe_raises_is_not_the_students_exception(interview: Interview, student: Student) -> None:
    """A probe that can do nothing with an answer says so; the code in the notebook raised nothing."""
    for arguments in ((student.double, 1.5), (student.double,)):  # a float has no length; a call that does not fit
        with pytest.raises(Unusable) as caught:
            interview.run(length_of, *arguments)
        status, message, trace, _ = verdict(caught.value)
        assert status is Status.FAILED and trace is None
        assert message.startswith("What your code gave could not be used as the task says (TypeError: ")
    with pytest.raises(StudentError) as raised:
        interview.run(length_of, student.broken, 1)
    assert not isinstance(raised.value, Unusable) and verdict(raised.value)[1].startswith("Your code raised NameError")
    with pytest.raises(CourseError, match="misspelt"):  # no answer makes a probe raise this: it is the suite's fault
        interview.run(misspelt, student.double)


@probe
def opened(f, path):  # type: ignore[no-untyped-def]
    from pathlib import Path

    return Path(path).open()


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/tmp/grader-12-abc/work/tmpab3_x9qz/numbers.pt", "'numbers.pt'"),
        ("/var/a/T/grader-12-abc/work/data/none.npz", "'data/none.npz'"),
        ("/tmp/tmpab3_x9qz/numbers", "'numbers'"),
        ("/nowhere/grader-notes/numbers", "'/nowhere/grader-notes/numbers'"),
    ],
)
def test_no_message_names_a_scratch_folder(path: str, named: str, interview: Interview, student: Student) -> None:
    """A path in an exception's message begins where the notebook's own folder begins."""
    with pytest.raises(Unusable) as caught:
        interview.run(opened, student.double, path)
    assert str(caught.value).endswith(f"directory: {named}).")


def test_the_judge_and_the_notebook_have_generators_of_their_own() -> None:
    """In one process, draws of the judge do not move the notebook's random numbers."""
    interview = Interview(LocalChannel({"draw": lambda: torch.rand(2)}))
    student = Student(interview)
    interview.begin(5)
    first = student.draw()
    interview.begin(5)
    torch.rand(100)
    assert torch.equal(student.draw(), first)


# ---- the vocabulary


class Mended(LocalChannel):
    """A channel that must first be made anew, which takes a minute."""

    clock = 0.0

    def ready(self) -> None:
        self.clock += 60

    def now(self) -> float:
        return self.clock


def test_a_check_does_not_pay_for_what_an_earlier_one_ended() -> None:
    """Its time begins when there is somebody to be asked."""
    interview = Interview(Mended({"x": 1}), check=10.0, questions=20.0)
    for seed in range(3):
        interview.begin(seed)
        assert Student(interview).x == 1


class Slow(LocalChannel):
    """Every question takes a second."""

    clock = 0.0

    def ask(self, query: Query, seconds: float) -> Reply:
        self.clock += 1
        return super().ask(query, seconds)

    def now(self) -> float:
        return self.clock


@pytest.mark.parametrize(
    ("check", "questions", "more", "enough"),
    [
        (4.0, 4.0, {}, True),  # the name and both cases; as many calls are ours
        (2.0, 9.0, {}, False),
        (9.0, 2.0, {}, False),
        (4.0, 99.0, {"dtypes": "any"}, False),  # ours have an end, too
        (14.0, 99.0, {"dtypes": "any"}, True),
    ],
)
def test_a_slow_answer_does_not_pay_for_what_we_ask_beyond(
    check: float, questions: float, more: dict[str, str], enough: bool
) -> None:
    """Variations, and the look at what a call leaves, have a time of their own."""
    interview = Interview(Slow({"double": lambda t: t * 2}), check=check, questions=questions)
    interview.begin(1)
    with contextlib.nullcontext() if enough else pytest.raises(LimitExceeded):
        say.agree(Student(interview).double, lambda t: t * 2, [(torch.rand(2),), (torch.rand(3),)], **more)  # type: ignore[arg-type]
    assert not enough or (interview.spare < check and interview.left == questions - 3)


def test_agree(student: Student) -> None:
    """Right is silent; wrong names the function, the case and the difference."""
    cases = {"floats": (torch.tensor([1.0, 2.0]),), "ints": (torch.tensor([3]),)}
    say.agree(student.double, lambda t: t + t, cases)
    with pytest.raises(Failure, match="`double` for floats: both elements are wrong"):
        say.agree(student.double, lambda t: t * 3, cases)


@pytest.mark.parametrize(
    ("oracle", "cases", "said"),
    [
        (lambda t: t, [], "no cases"),
        (lambda t: t, [(torch.ones(2),)], "one case only"),
        (lambda t: t * 0, [(torch.ones(2),), (torch.ones(3, 3),)], "a constant would pass"),
        (lambda t: 5, [(torch.ones(2),), (torch.zeros(2),)], "a constant would pass"),
        (lambda t: t / 0, [(torch.ones(2),), (torch.ones(3),)], "NaN or infinity"),
        (lambda t: t[:0], [(torch.ones(2),), (torch.ones(3),)], "nothing in every case"),
    ],
)
def test_agree_refuses_weak_use(oracle: Any, cases: Any, said: str, student: Student) -> None:
    """Cases that cannot tell right from wrong are a fault of the suite."""
    with pytest.raises(CourseError, match=said):
        say.agree(student.double, oracle, cases)


def test_pure_shares_owns(student: Student) -> None:
    """Arguments and memory are looked at where the code runs."""
    cases = [(torch.ones(3),)]
    say.pure(student.double, cases)
    say.owns(student.double, cases)
    say.shares(student.in_place, cases)
    for word, function in ((say.pure, student.in_place), (say.owns, student.in_place), (say.shares, student.double)):
        with pytest.raises(Failure):
            word(function, cases)


def test_refuses(student: Student) -> None:
    """The kind of exception counts, with its subclasses."""
    say.refuses(student.broken, [(1,)], NameError)
    say.refuses(student.broken, [(1,)], Exception)
    with pytest.raises(Failure, match="expected a ValueError, got a NameError"):
        say.refuses(student.broken, [(1,)], ValueError)
    with pytest.raises(Failure, match="nothing was raised"):
        say.refuses(student.double, [(torch.ones(1),)], ValueError)


def test_expect_and_demand() -> None:
    """An answer is examined before it is looked into."""
    assert say.expect(3.0, float) == 3.0
    for value, kind in ((None, torch.Tensor), (True, int), (1, (str, float))):
        with pytest.raises(Failure, match=r"Expected .*, got"):
            say.expect(value, kind)
    say.demand(True, "no")
    with pytest.raises(Failure, match="because"):
        say.demand(1, "because")


# ---- verdicts and diagnoses


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Failure("wrong"), Status.FAILED),
        (AssertionError("said\nassert 1 == 2"), Status.FAILED),
        (MissingName("f"), Status.FAILED),
        (CourseError("suite", "weak", "mend it"), Status.UNJUDGED),
        (TypeError("'NoneType' object is not subscriptable"), Status.UNJUDGED),
        (KeyboardInterrupt(), Status.UNJUDGED),
    ],
)
def test_verdicts(fault: BaseException, status: Status) -> None:
    """What the student did is failed; whatever else leaves a test is ours."""
    found, message, _, _ = verdict(fault)
    assert found is status
    assert "assert" not in message


def test_failures_are_not_rendered() -> None:
    """Nobody reads what pytest would make of a failed check, and where nothing is written, nothing is mistaken."""
    suite = load_suite(Course(TOY), "01_toy")
    for namespace in ({}, _unwritten(suite)):
        with (
            mock.patch.object(pytest.ExceptionInfo, "getrepr") as rendered,
            mock.patch("grader.judge.suite.diagnose") as diagnosed,
            scratch_directory(suite.home) as home,
        ):
            checks = judge(replace(suite, home=home), LocalChannel(namespace), 0)
        assert {(check.status, check.not_written) for check in checks} == {(Status.FAILED, bool(namespace))}
        assert not rendered.called and not diagnosed.called


def test_what_is_not_written_is_known_by_its_name() -> None:
    """A placeholder names what its question defines; what another question left out is an exception like any."""
    suite = load_suite(Course(TOY), "01_toy")
    asked = suite.assignment.questions
    first, other = replace(asked[0], defines=(asked[0].id, "helper")), asked[1].id
    suite = replace(suite, assignment=replace(suite.assignment, questions=(first, *asked[1:])))
    for name, not_written in {first.id: True, "helper": True, other: False}.items():
        namespace: dict[str, Any] = {}
        exec(f"def {first.id}(*args, **kwargs):\n    raise NotImplementedError({name!r})", namespace)
        checks = judge(suite, LocalChannel(namespace), 0, [first.id])
        assert {(check.status, check.not_written) for check in checks} == {(Status.FAILED, not_written)}


def _unwritten(suite: Suite) -> dict[str, Any]:
    """The handout's placeholders."""
    namespace: dict[str, Any] = {}
    for question in suite.assignment.questions:
        for name in question.names:
            exec(f"def {name}(*args, **kwargs):\n    raise NotImplementedError({name!r})", namespace)
    return namespace
