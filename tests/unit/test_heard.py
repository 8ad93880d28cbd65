"""What a kernel answered is kept, and heard again by a check that asks the same; anything else is a miss."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from played import Played

from grader.asking.codec import MalformedValue
from grader.asking.later import going_on
from grader.asking.local import LocalChannel
from grader.asking.messages import Op, Query, Reply
from grader.asking.student import Interview, Student
from grader.asking.traces import Raised
from grader.asking.vocabulary import same
from grader.errors import Failure, KernelDied, LimitExceeded, ProtocolViolation, StudentError
from grader.kernel import wire
from grader.kernel.outside import heard
from grader.kernel.outside.channel import MORE
from grader.kernel.outside.heard import Recorder, Replay, Unheard
from grader.kernel.questions import digest, to_bytes
from grader.kernel.said import Said
from grader.records import Frame, Trace

Ask = Callable[[Student], object]


class Recorded(LocalChannel):
    """A namespace, asked as a kernel is: what crosses is kept."""

    def __init__(self, namespace: dict[str, object]) -> None:
        super().__init__(namespace)
        self.recorder = Recorder()

    def more(self, query: Query) -> Reply:
        return self.ask(query, 1.0)

    def ask(self, query: Query, seconds: float) -> Reply:
        if query.begin is not None:
            self.recorder.begin(query.begin)
        try:
            reply = super().ask(query, seconds)
        except BaseException:
            self.recorder.lost()
            raise
        self.recorder.answered(Said.of(digest(query), reply, to_bytes(reply.tensors)))
        return reply


def refuse(t: torch.Tensor) -> None:
    raise ValueError("no")


NAMES = {"double": lambda t: t * 2, "refuse": refuse, "half": lambda: torch.ones(2, dtype=torch.bfloat16)}
T = torch.tensor([1.0, float("nan")])


def record(*checks: Ask, names: dict[str, object] | None = None) -> dict[str, str]:
    channel = Recorded(names or NAMES)
    interview = Interview(channel, more=channel.more)
    channel.recorder.turn("q")
    for seed, check in enumerate(checks):
        asked(interview, seed, check)
    return channel.recorder.kept()


def asked(interview: Interview, seed: int, check: Ask) -> object:
    """What a check comes to: a value, or the sentence that it failed with."""
    interview.begin(seed)
    found: object = None
    try:
        with going_on(interview):
            found = check(Student(interview))
    except Unheard:
        if interview.fault is None:
            raise
    try:
        interview.end()
    except Failure as fault:
        return str(fault)
    return found


def replay(kept: dict[str, str], *checks: tuple[int, Ask]) -> list[object]:
    channel = Replay(kept, str)
    interview = Interview(channel, more=channel.more)
    found = [asked(interview, seed, check) for seed, check in checks]
    assert not channel.missed
    return found


def first(student: Student) -> object:
    return student.double(T)


def second(student: Student) -> object:
    return student.half()


def refused(student: Student) -> object:
    with pytest.raises(StudentError) as caught:
        student.refuse(T)
    return caught.value.trace


def test_the_same_questions_have_the_same_answers() -> None:
    """Values to the bit, and exceptions with all that was said of them."""
    a, b, trace = replay(record(first, second, refused), (0, first), (1, second), (2, refused))
    assert isinstance(a, torch.Tensor) and a[0] == 2 and a[1].isnan()
    assert isinstance(b, torch.Tensor) and b.dtype is torch.bfloat16
    assert isinstance(trace, Trace) and trace.kind == "ValueError" and "ValueError" in trace.kinds


@pytest.mark.parametrize(
    "checks",
    [
        [(0, lambda s: s.double(torch.tensor([1.0, 2.0])))],  # another input
        [(0, lambda s: s.double(T.double()))],
        [(0, lambda s: s.half)],  # another name
        [(0, lambda s: (s.double(T), s.double(T)))],  # more than before
        [(7, first)],  # another check
        [(1, second)],  # one stood before it, and is not asked
        [(0, lambda s: s.double), (1, second)],  # it asks less now: the next may hang on what it asked
        [(0, first), (0, first)],
    ],
)
def test_anything_else_is_a_miss(checks: list[tuple[int, Ask]]) -> None:
    """Also after a suite has caught it."""
    channel = Replay(record(first, second), str)
    interview = Interview(channel)
    with pytest.raises(Unheard):
        for seed, check in checks:
            interview.begin(seed)
            check(Student(interview))
    assert channel.missed
    with pytest.raises(Unheard):
        channel.ask(Query(Op.NAME, name="double"), 1.0)


def test_less_than_before_is_enough_for_the_last_check() -> None:
    """One that ends early, or that asks less."""
    _, there = replay(record(first, second), (0, first), (1, lambda s: s.half is not None))
    assert there is True


def test_a_kernel_that_died_is_not_heard_again() -> None:
    """What was not answered is asked of a kernel, and so is what came after it."""
    recorder = Recorder()
    recorder.turn("q")
    for seed in (0, 1):
        query = Query(Op.NAME, name="x", begin=seed)
        recorder.begin(seed)
        if seed:
            recorder.answered(Said.of(digest(query), Reply([1]), b""))
        else:
            recorder.lost()
    for seed in (0, 1):
        with pytest.raises(Unheard):
            Replay(recorder.kept(), str).ask(Query(Op.NAME, name="x", begin=seed), 1.0)


def test_what_is_kept_is_read_like_what_has_just_come() -> None:
    """A kernel's lies are no better for having been stored."""
    recorder = Recorder()
    recorder.turn("q")
    lies = (Reply({"t": "tensor", "n": "0"}), Reply({"t": "list"}), Reply([["deep"]] * 3))
    for seed, lie in enumerate(lies):
        query = Query(Op.NAME, name="x", begin=seed)
        recorder.begin(seed)
        recorder.answered(Said.of(digest(query), lie, b"\xff" * 40 if seed == 0 else b""))
    channel = Replay(recorder.kept(), str)
    with pytest.raises(MalformedValue):
        channel.ask(Query(Op.NAME, name="x", begin=0), 1.0)
    for seed in (1, 2):
        interview = Interview(channel)
        interview.begin(seed)
        with pytest.raises(ProtocolViolation):
            Student(interview).x  # noqa: B018
    assert not channel.missed


def test_there_is_an_end_to_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too much of one question: none of it, or nothing after it."""
    noise = {"double": lambda t: torch.rand(10_000), "half": lambda: 1}
    kept = record(first, second, names=noise)
    assert len(kept["q"]) > 40_000
    monkeypatch.setattr(heard, "MAX_RAW", 20_000)
    kept = record(first, second, names=noise)
    assert len(kept["q"]) < 2_000
    with pytest.raises(Unheard):
        replay(kept, (0, first))
    monkeypatch.undo()
    monkeypatch.setattr(heard, "MAX_KEPT", 20_000)
    assert record(first, second, names=noise) == {}


def test_frames_and_addresses() -> None:
    """An exception's frames are kept as they were numbered."""
    recorder = Recorder()
    recorder.turn("q")
    query = Query(Op.CALL, name="x", begin=0)
    raised = Raised(Trace("E", "m", (Frame(3, 2, "f", "raise E"),), ("E", "Exception")), call="raise", in_probe=False)
    recorder.begin(0)
    recorder.answered(Said.of(digest(query), Reply(error=raised, left=("dtype",)), b""))
    reply = Replay(recorder.kept(), str).ask(query, 1.0)
    assert reply.error == raised and reply.left == ("dtype",)


def test_a_digest_tells_questions_apart() -> None:
    """To the last bit, the shape and the type; not where an empty tensor lies."""
    base = Query(Op.CALL, ["x"], {"0": torch.zeros(2, 3)})
    others = [
        Query(Op.WATCHED, ["x"], {"0": torch.zeros(2, 3)}),
        Query(Op.CALL, ["y"], {"0": torch.zeros(2, 3)}),
        Query(Op.CALL, ["x"], {"0": torch.zeros(3, 2)}),
        Query(Op.CALL, ["x"], {"0": -torch.zeros(2, 3)}),
        Query(Op.CALL, ["x"], {"0": torch.zeros(2, 3, dtype=torch.int32)}),
        Query(Op.CALL, ["x"], {"0": torch.zeros(2, 0)}),
        Query(Op.CALL, ["x"], {"0": torch.tensor(0.0)}),
        Query(Op.CALL, ["x"], {"0": torch.zeros(2, 3)}, begin=0),
        Query(Op.CALL, ["x"], {"0": torch.zeros(2, 3)}, source="def f(): pass"),
    ]
    assert digest(base) == digest(base.fresh())
    assert len({digest(query) for query in (base, *others)}) == len(others) + 1


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-9], lambda t: "~" * 30, lambda t: t[9:], lambda t: t[:40] + "00" + t[42:]]
)
def test_what_is_damaged_was_not_heard(damage: Callable[[str], str]) -> None:
    """A kernel is asked; nobody stays unjudged for it."""
    text = record(first, second)["q"]
    channel = Replay({"q": damage(text)}, str)
    with pytest.raises(Unheard):
        for place in range(9):
            channel.ask(Query(Op.NAME, name="double", begin=place), 1.0)
    assert channel.missed


@pytest.mark.parametrize("dtype", [torch.float64, torch.int16, torch.bool])
def test_a_digest_reads_numbers_however_they_lie(dtype: torch.dtype) -> None:
    """A single number may have any stride; others may lie apart."""
    for gapped in (torch.ones(4, dtype=dtype)[::4], torch.ones(3, 4, dtype=dtype)[:, ::2], torch.ones((), dtype=dtype)):
        whole = gapped.clone(memory_format=torch.contiguous_format)
        assert digest(Query(Op.NAME, tensors={"t0": gapped})) == digest(Query(Op.NAME, tensors={"t0": whole}))


def expects(*right: float) -> Ask:
    """A check of several calls, each of which should give a number."""

    def check(student: Student) -> object:
        for number, due in enumerate(right):
            same(student.double(number), due, f"Call {number}")
        return "passed"

    return check


def test_a_check_that_has_failed_goes_on_for_the_record() -> None:
    """A corrected one finds answers to all that it asks; one that fails earlier than before leaves the next its own."""
    kept = record(expects(0, 7, 4), second)
    for check, said in ((expects(0, 2, 4), "passed"), (expects(0, 2, 9), "Call 2"), (expects(9, 7, 4), "Call 0")):
        came, there = replay(kept, (0, check), (1, second))
        assert str(came).startswith(said)
        assert isinstance(there, torch.Tensor)
    (came,) = replay(kept, (0, expects(0, 9, 4, 9, 9)))
    assert str(came).startswith("Call 1"), "what is not there, and only for the record, is missed by nobody"


def test_what_is_asked_for_the_record_is_no_evidence() -> None:
    """The first fault counts; later answers, effects and exceptions are nobody's."""
    calls = list[object]()

    def double(t: torch.Tensor) -> torch.Tensor:
        calls.append(t)
        if len(calls) == 3:
            raise ValueError("no")
        return t.mul_(2)

    channel = Recorded({"double": double})
    interview = Interview(channel, more=channel.more)

    def check(student: Student) -> None:
        function = student.double
        for _ in range(4):
            same(function(torch.ones(2)), torch.zeros(2), "The answer")

    interview.begin(0)
    with pytest.raises(StudentError), going_on(interview):
        check(Student(interview))
    with pytest.raises(Failure, match="The answer"):
        interview.end()
    assert len(calls) == 3 and len(interview.exchanges) == 2 and len(interview.effects) == 1
    interview.begin(1)
    interview.end()


def test_there_is_little_time_for_the_record() -> None:
    """For a whole submission; once no answer comes there are no more questions, and no verdict tells of a death."""
    session = Played({"x": 1}, lambda number: MORE / 2 if number == 0 else 0.0, dies=frozenset({1, 3}))
    channel = session.channel()
    channel.more(Query(Op.NAME, name="x", begin=0))
    with pytest.raises(KernelDied):
        channel.more(Query(Op.NAME, name="x"))
    assert session.limits == [MORE, MORE / 2] and not channel.deaths and not session.hurried
    with pytest.raises(LimitExceeded):
        channel.more(Query(Op.NAME, name="x"))
    assert len(session.limits) == 2, "nothing is asked"
    channel.ask(Query(Op.NAME, name="x"), 10.0)
    with pytest.raises(KernelDied):
        channel.ask(Query(Op.NAME, name="x"), 10.0)
    assert channel.deaths == ["The kernel died."] and len(session.deaths) == 2, "what a verdict hangs on is told"


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        (b"[" * (wire.MAX_DEPTH - 1) + b"]" * (wire.MAX_DEPTH - 1), True),
        (b"[" * wire.MAX_DEPTH + b"]" * wire.MAX_DEPTH, False),
        (b"[[], " * wire.MAX_DEPTH + b"[]" + b"]" * wire.MAX_DEPTH, False),
        (b"[" + b"[[]], " * 2000 + b"[]]", True),
        (b'"' + b"[" * 2000 + b'"', True),
        (b'["' + b'\\"[{' * 2000 + b'", "", "]"]', True),
        (b'"[" ' * 2000, False),
    ],
)
def test_a_header_is_as_deep_as_we_can_read_anywhere(text: bytes, is_read: bool) -> None:
    """Brackets in strings are none."""
    header = b'{"value": ' + text + b"}"
    if is_read:
        assert "value" in wire.parse(header)
    else:
        with pytest.raises(wire.BrokenFrame):
            wire.parse(header)
