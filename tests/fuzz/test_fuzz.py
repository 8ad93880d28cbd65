"""Random and mutated input at every place where strangers' bytes come in: it is read, or refused by name, and no more.

    pytest tests/fuzz/test_fuzz.py                    short, the same each time, with every run of the tests
    GRADER_FUZZ=50 pytest tests/fuzz/test_fuzz.py     fifty times as many, others each time (about an hour)

What is fuzzed: notebook files and their JSON, archives, frames on the wire, values, tracebacks and Jupyter messages
of a kernel, and, for a few notebooks with mutated code, all of `grader run`.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import random
import re
import socket
import struct
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import torch
from cases import TOY, Case, grader, notebook_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbclient.client import CellExecutionComplete
from nbformat.v4 import new_code_cell

from grader.asking.codec import Encoder, MalformedValue
from grader.asking.compare import difference
from grader.asking.messages import Op, Query, Reply
from grader.asking.remote import Handle, Remote
from grader.asking.responder import Responder
from grader.asking.student import Interview, Student
from grader.asking.traces import read_raised
from grader.asking.verdict import verdict
from grader.asking.vocabulary import agree, expect, pure, refuses, same
from grader.asking.words import a
from grader.course.catalog import Course
from grader.errors import CourseError, StudentFault, SubmissionError
from grader.intake.archive import Archive
from grader.intake.inbox import Wanted, collect
from grader.intake.submission import make_submission
from grader.judge.diagnosis import alike
from grader.kernel import wire
from grader.kernel.outside.messages import CheckedSession, NotAMessage, checked
from grader.kernel.outside.runner import Runner
from grader.kernel.questions import from_bytes, read_reply, to_bytes
from grader.records import Check, Submission
from grader.records import Student as Person
from grader.storage import from_json, to_json

TIMES = int(os.environ.get("GRADER_FUZZ", "1"))
ASSIGNMENTS = list(Course(TOY).assignments())
NOTEBOOK = notebook_of(Case("all_right", TOY.parent / "all_right"))
SLOW = re.compile("sleep|while|_exit")
QUICK = [path for path in sorted(TOY.parent.glob("*/notebook.py")) if not SLOW.search(path.read_text())]


def often(examples: int) -> Any:
    """So many examples, or GRADER_FUZZ times as many; none of them has to be quick on a busy machine."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=examples * TIMES, deadline=None, derandomize=TIMES == 1, database=None, suppress_health_check=slow
    )


# ---- mutations

TRICKS = st.sampled_from([
    b"[" * 2000, b'{"a":', b"]", b'"', b"\\ud800", b"\\u0000", b"\x00", b"\xff\xfe", b"9" * 5000, b"-1", b"1e999",
    b"NaN",
    b"null", b"{}", b"[]", b"\xe2\x80\xae", b"\x1b[31m", b"PK\x05\x06", b"\xef\xbb\xbf", b"\r", b"true", b"''", b"\\",
])  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The data with a few pieces cut out, put in, or exchanged."""
    buffer = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(buffer)))
        buffer[at : at + draw(st.integers(0, 12))] = draw(TRICKS | st.binary(max_size=6))
    return bytes(buffer)


LEAVES = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=6)
KEYS = st.sampled_from(["t", "v", "n", "id", "value", "error", "kind", "types", "data", "cells", "source", "metadata"])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=4)
)


@st.composite
def with_other_parts(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value in which some parts are replaced, removed or doubled."""
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(value))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if isinstance(holder, list) and draw(st.booleans()):
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            holder[key] = draw(JSON)
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *_places(value[key]))]


def stored(submission: Submission) -> None:
    """A submission must survive being written down."""
    text = to_json(submission)
    text.encode()
    assert from_json(Submission, text) == submission


# ---- intake


@given(mutated(json.dumps(NOTEBOOK).encode()) | mutated(json.dumps(NOTEBOOK).encode("utf-16")))
@often(150)
def test_bytes_of_a_notebook(data: bytes) -> None:
    """A file with mutated bytes is a submission that can be stored, or one sentence."""
    try:
        stored(make_submission(Person.named("s"), "p", data, ASSIGNMENTS))
    except SubmissionError as error:
        assert str(error).endswith(".")


@given(with_other_parts(NOTEBOOK))
@often(150)
def test_parts_of_a_notebook(notebook: Any) -> None:
    """So is one in whose JSON anything stands in the place of anything."""
    try:
        stored(make_submission(Person.named("s"), "p", json.dumps(notebook).encode(), ASSIGNMENTS))
    except SubmissionError as error:
        assert str(error).endswith(".")


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ada/p.ipynb", json.dumps(NOTEBOOK))
        file.writestr("bo/inner.zip", b"PK\x05\x06" + bytes(18))
        file.writestr("../cy/essay.pdf", b"%PDF" * 50)
    return buffer.getvalue()


@given(mutated(archive()))
@often(150)
def test_bytes_of_an_archive(data: bytes) -> None:
    """An archive with mutated bytes gives files or sentences, without regard to what it says of itself."""
    started = time.monotonic()
    with contextlib.suppress(SubmissionError):
        archive = Archive(lambda: io.BytesIO(data))
        for member in archive.members():
            with contextlib.suppress(SubmissionError):
                archive.read(member.index, 1 << 20)
    assert time.monotonic() - started < 10


@given(data=mutated(archive()), name=st.text(max_size=20))
@often(30)
def test_archives_in_folders(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    """A student's folder with such an archive in it is always one entry per student at least."""
    name = name.replace("/", "_").replace("\0", "_").encode("utf-8", "replace").decode()
    home = tmp_path_factory.mktemp("fuzz") / "class" / (f"s{name}"[:60])
    home.mkdir(parents=True)
    (home / "work.zip").write_bytes(data)
    assert collect([home.parent], Wanted(ASSIGNMENTS)).handed


# ---- what a kernel sends


@st.composite
def replies(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """A reply of an honest kernel, and what is left of it after some mutations."""
    encoder = Encoder(lambda value: {"t": "handle", "n": 0, "types": ["torch.nn.Linear"], "name": "f"})
    value = [torch.arange(6.0).reshape(2, 3), torch.ones(2, dtype=torch.bool), {"a": (1, 2.5)}, {3}, print, 1j, b"x"]
    node = encoder.encode(draw(st.sampled_from([value, *value])))
    body = draw(mutated(to_bytes(encoder.tensors)) | st.just(to_bytes(encoder.tensors)))
    head = {"id": "0", "value": draw(with_other_parts([node]) | JSON)}
    return draw(st.just(head) | with_other_parts(head)), body


def frame(head: Any, body: bytes) -> bytes:
    text = json.dumps(head).encode()
    return struct.pack("<II", len(text), len(body)) + text + body


@given(replies().flatmap(lambda reply: mutated(frame(*reply)) | st.just(frame(*reply))))
@often(150)
def test_frames(data: bytes) -> None:
    """What comes over the wire is a header and a body, or a broken frame, or an end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data[: 1 << 16])
        theirs.shutdown(socket.SHUT_WR)
        try:
            header, _ = wire.receive(ours, wire.within(5))
            assert type(header) is dict
        except (wire.BrokenFrame, EOFError):
            pass


class Said:
    """A channel on which this was said, whatever the question."""

    def __init__(self, reply: tuple[dict[str, Any], bytes]) -> None:
        self.reply = reply

    def ready(self) -> None:
        pass

    def ask(self, query: Query, seconds: float) -> Reply:
        return read_reply(*self.reply)

    def now(self) -> float:
        return 0.0

    def why_missing(self, name: str) -> str:
        return f"No cell of the notebook defines `{name}`."


EXPECTED = [torch.ones(2, 3), torch.ones(2, dtype=torch.bool), [1.5, 2], (1, "x"), {"a": 1}, {3}, 1.5, True, None, "x"]


@given(replies(), st.sampled_from(EXPECTED))
@often(300)
def test_answers(reply: tuple[dict[str, Any], bytes], expected: Any) -> None:
    """Any reply is a value that can be compared and described, or the student's fault; never an error of ours."""
    interview = Interview(Said(reply), functions=["f"])
    student = Student(interview)
    try:
        value = interview.ask(Op.GET)
    except StudentFault as fault:
        assert verdict(fault)[0] == "failed"
        return
    for what in (
        lambda: difference(value, expected),
        lambda: a(value),
        lambda: same(value, expected),
        lambda: expect(value, (list, torch.Tensor)),
        lambda: student.f,
        lambda: student.g,
        lambda: agree(value, lambda t: t * 2, [(torch.rand(3),), (torch.rand(2, 2),)]),
        lambda: pure(Remote(Handle(interview, 0, (), "f")), [(torch.rand(2),)]),
        lambda: refuses(value, [(1,)], ValueError),
    ):
        with contextlib.suppress(StudentFault, CourseError):
            what()
    said = read_reply(*reply)
    alike(said, said)


@given(JSON | with_other_parts({"kind": "E", "kinds": ["E"], "message": "m", "frames": [[1, 2, "f", "x = 1"]]}))
@often(150)
def test_tracebacks(described: Any) -> None:
    """Whatever is said of an exception becomes a traceback that can be stored."""
    trace = read_raised(described).trace
    check = Check("q", "n", "p", verdict(StudentFault("x"))[0], trace=trace)
    text = to_json(check)
    text.encode()
    assert from_json(Check, text) == check


@given(
    st.builds(
        Query,
        st.sampled_from(list(Op)),
        with_other_parts([{"t": "handle", "n": 0}, [], {"t": "dict", "v": []}]) | JSON,
        name=st.sampled_from(["f", "g", "__class__"]),
        source=st.text(max_size=20),
        number=st.integers(0, 20),
    )
)
@often(100)
def test_questions(query: Query) -> None:
    """The responder answers everything in form, so that no odd question ends a kernel."""
    assert isinstance(Responder({"f": abs}).answer(query), Reply)


MESSAGES = {"msg_type": "stream", "header": {"msg_type": "stream"}, "parent_header": {"msg_id": "0"}, "metadata": {}}
CONTENT = {
    "status": "ok", "execution_state": "busy", "transient": {"display_id": "x"},
    "name": "stdout", "text": "x", "data": {"image/png": "iVBOR", "text/plain": "x"},
}  # fmt: skip
TYPES = (
    "execute_reply", "stream", "display_data", "execute_result", "status", "clear_output", "update_display_data",
    "comm_open", "x",
)  # fmt: skip


@given(st.sampled_from(TYPES), with_other_parts(MESSAGES) | st.just(MESSAGES), with_other_parts(CONTENT) | JSON)
@often(200)
def test_jupyter_messages(kind: str, message: Any, content: Any) -> None:
    """What is no message is found out at the door; what comes through is displayed, and nothing of ours raises."""
    runner = Runner(None, cap=1 << 20)
    if not isinstance(message, dict):
        return
    message = {**message, "msg_type": kind, "header": {"msg_type": kind}, "content": content}
    try:
        message = checked(message)
    except NotAMessage:
        return
    with contextlib.suppress(CellExecutionComplete):
        runner.process_message(message, new_code_cell(""), 0)
    runner._replied(None, 0, message)
    assert all(isinstance(part, str) for part in (*runner.text, *runner.images))


@given(mutated(b"id<IDS|MSG>"), st.lists(mutated(b'{"msg_id": "0", "msg_type": "status"}'), max_size=6))
@often(100)
def test_messages_as_they_come(first: bytes, parts: list[bytes]) -> None:
    """Bytes in the place of a message are a message or none."""
    session = CheckedSession()
    with contextlib.suppress(NotAMessage):
        _, rest = session.feed_identities([first, b"<IDS|MSG>", b"signature", *parts])
        session.deserialize(rest)


TABLE = b'{"0":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'


@given(st.binary(max_size=300) | mutated(struct.pack("<Q", len(TABLE)) + TABLE + bytes(4)))
@often(150)
def test_bodies(body: bytes) -> None:
    """Bytes in the place of tensors are read or refused."""
    with contextlib.suppress(MalformedValue):
        from_bytes(body)


# ---- all of it


def mutated_code(dice: random.Random) -> dict[str, Any]:
    """A notebook in whose code some lines are gone, doubled, cut or exchanged."""
    case = Case("fuzzed", dice.choice(QUICK).parent)
    notebook = notebook_of(case)
    for cell in notebook["cells"]:
        lines = cell["source"]
        for _ in range(dice.choice((0, 0, 1, 2))):
            if not lines:
                break
            at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
            line = lines[at]
            place = dice.randrange(len(line) + 1)
            pieces = ["", line * 2, line[:place], line[:place] + dice.choice("()[]:'\\\t\0é\ud800") + line[place:]]
            lines[at] = dice.choice([*pieces, lines[other], line.replace("t", "batch"), line.replace("1", "-1")])
    return notebook


@pytest.mark.timeout(300 * TIMES)
def test_a_class_of_mutants(tmp_path: Path) -> None:
    """Each notebook with mutated code gets a grade or a reason, and none is left unjudged."""
    dice = random.Random(0 if TIMES == 1 else None)
    students = [f"s{number:04d}" for number in range(12 * TIMES)]
    for student in students:
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "p.ipynb").write_text(json.dumps(mutated_code(dice)))
    done = grader("run", tmp_path / "class", "--out", tmp_path / "out", "--json")
    assert done.returncode in (0, 3), done.stderr
    said = json.loads(done.stdout)
    assert {grade["student"]["name"] for grade in said["grades"]} | {
        u["student"]["name"] for u in said["unreadable"]
    } == set(students)
    assert [grade["student"]["name"] for grade in said["grades"] if grade["status"] == "unjudged"] == []
    assert all(entry["reason"].endswith(".") for entry in said["unreadable"])
