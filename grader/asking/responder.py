"""Answers questions about a namespace: looks names up, calls, reads attributes, runs probes.

It runs inside a kernel, next to the student's code, and therefore decides nothing: what it says is a claim that the
judge examines. The same class answers in-process for a student who checks a notebook, and for known mistakes that
are replayed. Values that are no plain data stay here and are spoken of by handle.
"""

from __future__ import annotations

import linecache
import random
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import torch

from grader.asking.codec import Decoder, Encoder, Node

MAX_MESSAGE = 2000  # characters of an exception's message
MAX_FRAMES = 20
MAX_ITEMS = 10_000  # taken from one iterator

CellOf = Callable[[str], int | None]
Header = dict[str, Any]  # of a question or a reply; the wire's frames carry it as JSON


class Responder:
    """One namespace and the handles given out since the last `begin`.

    Args:
        namespace: what the notebook has defined.
        cell_of: the execution count of the cell whose code has this file name, None for other code.
    """

    def __init__(self, namespace: dict[str, Any], cell_of: CellOf = lambda filename: None) -> None:
        self.namespace, self.cell_of = namespace, cell_of
        self.kept: list[Any] = []
        self.probes: dict[str, Callable[..., Any]] = {}

    def answer(self, header: Header, body: bytes) -> tuple[Header, bytes]:
        """The reply to one question; an exception of the student's code becomes an `error` reply."""
        reply: Header = {"id": header.get("id")}
        encoder = Encoder(self.keep)
        try:
            decoder = Decoder(body, self.resolve, trusting=True)
            value = getattr(self, f"do_{header['op']}")(header, decoder)
            reply["value"] = encoder.encode(value)
            return reply, encoder.body()
        except BaseException as error:
            return {"id": header.get("id"), "error": describe(error, self.cell_of)}, b""

    # ---- the questions; each takes the header and a decoder of its values, and returns a value

    def do_begin(self, header: Header, decoder: Decoder) -> None:
        """A new test: forget the handles, and start every generator of random numbers from a known state."""
        self.kept.clear()
        seed(header["seed"])

    def do_name(self, header: Header, decoder: Decoder) -> Any:
        """The value of a name, as a list of one; an empty list when the notebook does not define it."""
        name = header["name"]
        return [self.namespace[name]] if name in self.namespace else []

    def do_call(self, header: Header, decoder: Decoder) -> Any:
        target, args, kwargs = decoder.decode(header["value"])
        return target(*args, **kwargs)

    def do_get(self, header: Header, decoder: Decoder) -> Any:
        return getattr(decoder.decode(header["value"]), header["name"])

    def do_item(self, header: Header, decoder: Decoder) -> Any:
        target, key = decoder.decode(header["value"])
        return target[key]

    def do_len(self, header: Header, decoder: Decoder) -> int:
        return len(decoder.decode(header["value"]))

    def do_iterate(self, header: Header, decoder: Decoder) -> list[Any]:
        target: Iterator[Any] = decoder.decode(header["value"])
        return list(islice(target, min(int(header["most"]), MAX_ITEMS)))

    def do_probe(self, header: Header, decoder: Decoder) -> Any:
        args, kwargs = decoder.decode(header["value"])
        return self.function(header["name"], header["source"])(*args, **kwargs)

    def function(self, name: str, source: str) -> Callable[..., Any]:
        """The function that the judge sent as source."""
        if source not in self.probes:
            scope: dict[str, Any] = {"torch": torch, "np": np, "__name__": "probe"}
            exec(compile(source, "<probe>", "exec"), scope)
            self.probes[source] = scope[name]
        return self.probes[source]

    # ---- handles

    def keep(self, value: object) -> Node:
        """The node of a value that stays here: its number and the names of its classes."""
        self.kept.append(value)
        names = [f"{cls.__module__}.{cls.__qualname__}" for cls in type(value).__mro__]
        return {
            "t": "handle",
            "n": len(self.kept) - 1,
            "types": names[:20],
            "callable": callable(value),
            "name": str(getattr(value, "__name__", ""))[:100],
        }

    def resolve(self, node: dict[str, Any]) -> object:
        """The value that the judge means: a handle, or a function sent as source."""
        if node["t"] == "source":
            return self.function(node["name"], node["source"])
        return self.kept[node["n"]]


def describe(error: BaseException, cell_of: CellOf) -> Header:
    """What is said of an exception: its type, its message and the lines of the notebook that it passed."""
    try:
        return _described(error, cell_of)
    except Exception:  # its class lies about its name, or about its ancestors
        return {"kind": "Exception", "kinds": [], "message": "(it cannot be described)", "frames": []}


def _described(error: BaseException, cell_of: CellOf) -> Header:
    try:
        message = str(error)
    except BaseException:  # a __str__ that raises is the student's, too
        message = "(its message could not be read)"
    frames: list[list[Any]] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        cell = cell_of(code.co_filename)
        if cell is not None:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            frames.append([cell, trace.tb_lineno, code.co_name, line[:300]])
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        cell = cell_of(error.filename or "")
        frames.append([cell or 0, error.lineno or 0, "<module>", (error.text or "").strip()[:300]])
        message = error.msg
    return {
        "kind": type(error).__name__[:100],
        "kinds": [kind.__name__ for kind in type(error).__mro__],
        "message": message[:MAX_MESSAGE],
        "frames": frames[-MAX_FRAMES:],
    }


def seed(number: int) -> None:
    """Start Python's, NumPy's and PyTorch's generators from one known state.

    Not torch.manual_seed: it notes its caller's stack for every kind of device that might be initialised later, 2 ms.
    """
    random.seed(number)
    np.random.seed(number % 2**32)
    torch.default_generator.manual_seed(number)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        torch.cuda.manual_seed_all(number)
