"""What a hidden test may ask of an executed notebook: names, calls, handles, probes.

`Student` stands for the notebook. `student.name` is a value, or a `Remote` that speaks for what stays in the kernel.
It asks through a channel: a kernel's socket, or, in-process, a responder over a namespace. Whatever comes back is
decoded as plain data; an exception of the student's code becomes a StudentError.
"""

from __future__ import annotations

import ast
import inspect
import json
import math
import random
import sys
import textwrap
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch

from grader.asking.codec import Decoder, Encoder, MalformedValue, Node, NotPlainData
from grader.asking.compare import a
from grader.asking.responder import Header, Responder
from grader.asking.traces import read_trace
from grader.errors import (
    CodecError,
    CourseError,
    Failure,
    LimitExceeded,
    MissingName,
    ProtocolViolation,
    StudentError,
    Unusable,
)
from grader.records import Trace
from grader.text import clean

MAX_RECORDED = 64 << 20  # bytes of one check's questions that are kept for the diagnosis
MAX_KEPT = 512 << 20  # the same, of all checks
OUR_OWN = ("NameError", "ImportError", "ModuleNotFoundError", "SyntaxError")  # what no answer makes a probe raise
BYTES_PER_CHARACTER = 30  # of JSON, once it is read: `[]` takes 64 bytes


class Channel(Protocol):
    """A way to ask a namespace."""

    def ask(self, header: Header, body: bytes, seconds: float) -> tuple[Header, bytes]: ...
    def trace_of(self, described: dict[str, Any]) -> Trace: ...
    def why_missing(self, name: str) -> str: ...


class Generators:
    """Random number generators of its own for a part of this process: entered with their state, left with ours.

    In a kernel, the draws of the judge do not move the student's generators; here they would.
    """

    def __init__(self) -> None:
        self._theirs = self._state()

    def __enter__(self) -> None:
        self._ours = self._state()
        self._set(self._theirs)

    def __exit__(self, *error: object) -> None:
        self._theirs = self._state()
        self._set(self._ours)

    @staticmethod
    def _state() -> tuple[Any, Any, torch.Tensor]:
        return random.getstate(), np.random.get_state(), torch.get_rng_state()

    @staticmethod
    def _set(state: tuple[Any, Any, torch.Tensor]) -> None:
        random.setstate(state[0])
        np.random.set_state(state[1])
        torch.set_rng_state(state[2])


class LocalChannel:
    """Asks a namespace of this process: a student's own notebook, or the reference."""

    def __init__(self, namespace: dict[str, Any], cell_of: Callable[[str], int | None] = lambda name: None) -> None:
        self.responder = Responder(namespace, cell_of)
        self.generators = Generators()

    def ask(self, header: Header, body: bytes, seconds: float) -> tuple[Header, bytes]:
        with self.generators:
            return self.responder.answer(header, body)

    def trace_of(self, described: dict[str, Any]) -> Trace:
        return read_trace(described)

    def why_missing(self, name: str) -> str:
        return f"`{name}` is not defined. Run the cell that defines it, then check again."


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as it was sent, and what came back; the material of a diagnosis."""

    header: Header
    body: bytes
    reply: Header
    reply_body: bytes


class Probe:
    """A function of the suite whose source runs inside the kernel; made by `@probe`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.name = function.__name__
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        node = tree.body[0]
        assert isinstance(node, ast.FunctionDef)
        node.decorator_list = []
        self.source = ast.unparse(node)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise CodecError(f"the probe {self.name} runs in a kernel: call it as run({self.name}, ...)")


def probe(function: Callable[..., Any]) -> Probe:
    """Mark a function to be run inside the kernel, for what only a process can see.

    It sees `torch`, `np` and its arguments, returns plain data, holds no expected value and asserts nothing.
    A probe may also be passed as an argument: there it is an ordinary function of the kernel.
    """
    return Probe(function)


class Student:
    """The executed notebook, as a hidden test sees it: every name it defined is an attribute.

    Args:
        call, check, questions: seconds for one question, for those of one check, and for all.
        functions: names that must not be plain data; a suite may call them.
    """

    def __init__(
        self,
        channel: Channel,
        *,
        call: float = 10.0,
        check: float = 60.0,
        questions: float = math.inf,
        functions: Collection[str] = (),
    ) -> None:
        self._channel, self._call, self._check, self._functions = channel, call, check, functions
        self._questions = self._left = questions
        self._deadline = time.monotonic() + check
        self._exchanges: list[Exchange] = []
        self._recorded = self._kept = 0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self._ask({"op": "name", "name": name})
        if type(found) is not list or len(found) > 1:
            raise ProtocolViolation("The kernel's answer was no answer.")
        if not found:
            raise MissingName(name, self._channel.why_missing(name))
        if name in self._functions and type(found[0]) is not Remote:
            raise Failure(f"`{name}` is {a(found[0])} when the notebook has run, and should be a function or a class.")
        return found[0]

    def _begin(self, seed: int) -> None:
        """A new check: its own time, random state and record."""
        self._deadline = time.monotonic() + self._check
        self._exchanges, self._recorded = [], 0
        self._ask({"op": "begin", "seed": seed})

    def _run(self, what: Probe, *args: Any, **kwargs: Any) -> Any:
        """Run a probe in the kernel."""
        return self._ask({"op": "probe", "name": what.name, "source": what.source}, (args, kwargs))

    def _ask(self, header: Header, value: Any = None) -> Any:
        encoder = Encoder(_reference_of, layout=True)
        try:
            header = {**header, "value": encoder.encode(value)}
            body = encoder.body()
        except NotPlainData as error:
            raise CodecError(f"a suite sends {error}") from error
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise LimitExceeded(self._check, "This check")
        if self._left <= 0:
            raise LimitExceeded(self._questions, "Answering all questions together")
        started = time.monotonic()
        try:
            reply, reply_body = self._channel.ask(header, body, min(self._call, left))
        finally:
            self._left -= time.monotonic() - started
        if "error" in reply:
            trace = self._channel.trace_of(reply["error"])
            call = clean(str(reply["error"].get("call", "")), 100)
            said = {"kind": trace.kind, "message": trace.message, "call": call}  # no more than is looked at
            self._record(Exchange(header, body, {"error": said}, b""))
            raise self._raised(header, trace, in_probe=reply["error"].get("in_probe") is True)
        if "unsent" in reply:
            self._record(Exchange(header, body, {}, b""))
            raise Failure(f"What your code gave could not be looked at: {clean(str(reply['unsent']), 200)}.")
        try:
            found = Decoder(reply_body, self._handle).decode(reply["value"])
        except (MalformedValue, KeyError) as error:
            self._record(Exchange(header, body, {}, b""))
            raise ProtocolViolation(f"The kernel's answer was no answer: {error}") from error
        self._record(Exchange(header, body, {"value": reply["value"]}, reply_body))
        return found

    @staticmethod
    def _raised(header: Header, trace: Trace, *, in_probe: bool) -> Exception:
        """The student's exception, unless none of the notebook's code is in its trace: then the probe's."""
        if header["op"] != "probe" or trace.frames or not in_probe:
            return StudentError(trace)
        if trace.kind in OUR_OWN:
            return CourseError(f"the probe {header['name']}", f"it raises {trace.kind}: {trace.message}", "correct it")
        return Unusable(trace)

    def _handle(self, node: dict[str, Any]) -> Remote:
        number, types = node.get("n"), node.get("types")
        if node.get("t") != "handle" or type(number) is not int or type(types) is not list:
            raise MalformedValue("no handle")
        return Remote(self, number, tuple(str(name)[:200] for name in types[:20]), str(node.get("name"))[:100])

    def _record(self, exchange: Exchange) -> None:
        text = BYTES_PER_CHARACTER * len(json.dumps(exchange.reply))
        size = len(exchange.body) + len(exchange.reply_body) + text
        self._recorded += size
        self._kept += size
        if self._complete:
            self._exchanges.append(exchange)

    @property
    def _complete(self) -> bool:
        """Whether the record holds every exchange of this check."""
        return self._recorded <= MAX_RECORDED and self._kept <= MAX_KEPT


class NoLength(StudentError, TypeError):
    """`len` raised in the kernel; a TypeError as well, since `list` asks for a length and can do without."""


class Remote:
    """A value that stays in the kernel: a function, a module, an optimizer, a loader.

    Attributes, calls, items, `len` and iteration are asked of the kernel. `__class__` is the first class in its
    ancestry that the judge knows as well, so that `isinstance(net.conv1, nn.Conv2d)` answers as it would there.
    """

    __slots__ = ("_name", "_number", "_student", "_types")

    def __init__(self, student: Student, number: int, types: tuple[str, ...], name: str) -> None:
        self._student, self._number, self._types, self._name = student, number, types, name

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return next((found for name in self._types if (found := _known_class(name))), object)

    def describe(self) -> str:
        """The name of its type in the kernel."""
        return self._types[0].rpartition(".")[2] if self._types else "object"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._student._ask({"op": "call"}, (self, args, kwargs))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._student._ask({"op": "get", "name": name}, self)

    def __getitem__(self, key: Any) -> Any:
        return self._student._ask({"op": "item"}, (self, key))

    def __len__(self) -> int:
        try:
            length = self._student._ask({"op": "len"}, self)
        except StudentError as error:
            raise NoLength(error.trace) from error
        if type(length) is not int or length < 0:
            raise ProtocolViolation("The kernel's answer was no length.")
        return length

    def __iter__(self) -> Iterator[Any]:
        items = self._student._ask({"op": "iterate", "most": 10_000}, self)
        return iter(items if type(items) is list else [])

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<{self.describe()} in the kernel>"


def _reference_of(value: object) -> Node:
    """The node of what a suite may send beside plain data: handles and probes."""
    if type(value) is Remote:
        return {"t": "handle", "n": value._number}
    if type(value) is Probe:
        return {"t": "source", "name": value.name, "source": value.source}
    raise NotPlainData(f"a {type(value).__name__}, which is no plain data")


def _known_class(name: str) -> type | None:
    """The class of this full name, if the judge has loaded it from torch or the standard library."""
    module, _, attribute = name.rpartition(".")
    if module.split(".")[0] not in (
        "torch",
        "torchvision",
        "builtins",
        "collections",
        "numpy",
        "types",
        "functools",
    ):
        return None
    found = getattr(sys.modules.get(module), attribute, None)
    return found if isinstance(found, type) else None
