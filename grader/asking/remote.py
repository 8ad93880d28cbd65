"""A value that stays beside the student's code, and what speaks for it here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from grader.asking.codec import Node, NotPlainData
from grader.asking.effects import Effect, Kind
from grader.asking.messages import Op
from grader.asking.probes import Probe
from grader.asking.watch import can_change, changed
from grader.errors import ProtocolViolation, StudentError

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

MOST_ITEMS = 10_000  # of one iteration

# Of these a class in a kernel may be known here, too.
KNOWN = ("torch", "torchvision", "builtins", "collections", "numpy", "types", "functools")


class Asks(Protocol):
    """Who puts questions: an Interview."""

    effects: list[Effect]
    left_now: tuple[str, ...]

    def ask(self, op: Op, value: Any = None, *, name: str = "", source: str = "", number: int = 0) -> Any: ...
    def beyond(self) -> AbstractContextManager[None]: ...
    def run(self, what: Probe, *args: Any, **kwargs: Any) -> Any: ...
    def saw(self, effect: Effect) -> None: ...


@dataclass(frozen=True, slots=True)
class Handle:
    """Which value it is, and what was said of it: the full names of its classes, its own first, and its `__name__`.

    `in_place`: a call of it may change its arguments.
    """

    interview: Asks
    number: int
    types: tuple[str, ...]
    name: str
    in_place: bool = False

    @property
    def kind(self) -> str:
        """The name of its type in the kernel."""
        return self.types[0].rpartition(".")[2] if self.types else "object"


class NoLength(StudentError, TypeError):
    """`len` raised in the kernel; a TypeError as well, since `list` asks for a length and can do without."""


class Remote:
    """A value that stays in the kernel: a function, a module, an optimizer, a loader.

    Attributes, calls, items, `len` and iteration are asked of the kernel, whatever the names of its attributes; what
    we know of it says `handle_of`. `__class__` is the first class in its ancestry that this process knows as well, so
    that `isinstance(net.conv1, nn.Conv2d)` answers as it would there.
    """

    __slots__ = ("__handle",)

    def __init__(self, handle: Handle) -> None:
        self.__handle = handle

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return next((found for name in self.__handle.types if (found := _known_class(name))), object)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result. That an argument was changed is noted, unless that is what the call is for."""
        handle = self.__handle
        if handle.in_place or not any(map(can_change, (*args, *kwargs.values()))):
            return handle.interview.ask(Op.CALL, (self, args, kwargs))
        said = handle.interview.ask(Op.WATCHED, (self, args, kwargs))
        if type(said) is not list or len(said) != 3:
            raise ProtocolViolation("The kernel's answer was no answer.")
        result, args_after, kwargs_after = said
        if changed(args, args_after) or changed(kwargs, kwargs_after):
            what = f"`{handle.name or handle.kind}` changes its argument; the caller's data must stay."
            handle.interview.saw(Effect(Kind.ARGUMENTS, handle.name, what))
        return result

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__handle.interview.ask(Op.GET, self, name=name)

    def __getitem__(self, key: Any) -> Any:
        return self.__handle.interview.ask(Op.ITEM, (self, key))

    def __len__(self) -> int:
        try:
            length = self.__handle.interview.ask(Op.LEN, self)
        except StudentError as error:
            raise NoLength(error.trace) from error
        if type(length) is not int or length < 0:
            raise ProtocolViolation("The kernel's answer was no length.")
        return length

    def __iter__(self) -> Iterator[Any]:
        items = self.__handle.interview.ask(Op.ITERATE, self, number=MOST_ITEMS)
        return iter(items if type(items) is list else [])

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<{self.__handle.kind} in the kernel>"


def handle_of(remote: Remote) -> Handle:
    """What we know of a value that stayed in the kernel."""
    handle: Handle = remote._Remote__handle
    return handle


def as_node(value: object) -> Node:
    """The node of what a suite may send beside plain data: handles and probes. Raises NotPlainData."""
    if type(value) is Remote:
        return {"t": "handle", "n": handle_of(value).number}
    if type(value) is Probe:
        return {"t": "source", "name": value.name, "source": value.source}
    raise NotPlainData(f"a {type(value).__name__}, which is no plain data")


def _known_class(name: str) -> type | None:
    """The class of this full name, if this process has loaded it from torch or the standard library."""
    module, _, attribute = name.rpartition(".")
    if module.split(".")[0] not in KNOWN:
        return None
    found = getattr(sys.modules.get(module), attribute, None)
    return found if isinstance(found, type) else None


def first_handle(value: Any) -> Handle | None:
    """The first value of the kernel's among those that a question was asked with: the one whose code runs."""
    if type(value) is Remote:
        return handle_of(value)
    parts = value.values() if type(value) is dict else value if type(value) in (tuple, list) else ()
    return next((found for part in parts if (found := first_handle(part)) is not None), None)
