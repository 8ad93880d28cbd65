"""Answers questions about a namespace: looks names up, calls, reads attributes, runs probes.

It runs inside a kernel, next to the student's code, and therefore decides nothing: what it says is a claim that the
judge examines. The same class answers in-process for a student who checks a notebook, and for known mistakes that
are replayed. Values that are no plain data stay here and are spoken of by handle.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import numpy as np
import torch

from grader.asking.codec import Decoder, Encoder, Node, NotPlainData
from grader.asking.traces import PROBE, CellOf, describe

MAX_ITEMS = 10_000  # taken from one iterator

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
        """The reply to one question; an exception of the student's code becomes an `error` reply.

        A value that is too large to be sent becomes an `unsent` reply: nothing was raised.
        """
        id, encoder = header.get("id"), Encoder(self.keep)
        try:
            decoder = Decoder(body, self.resolve, trusting=True)
            value = getattr(self, f"do_{header['op']}")(header, decoder)
        except BaseException as error:
            return {"id": id, "error": describe(error, self.cell_of)}, b""
        try:
            return {"id": id, "value": encoder.encode(value)}, encoder.body()
        except NotPlainData as error:
            return {"id": id, "unsent": str(error)}, b""
        except BaseException as error:  # an interrupt, or memory that is not there
            return {"id": id, "error": describe(error, self.cell_of)}, b""

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
            exec(compile(source, PROBE, "exec"), scope)
            self.probes[source] = scope[name]
        return self.probes[source]

    # ---- handles

    def keep(self, value: object) -> Node:
        """The node of a value that stays here: its number and the names of its classes."""
        self.kept.append(value)
        names, name = ["builtins.object"], ""
        with suppress(Exception):  # a class may lie about its name, and a value raise whatever it is asked
            names = [f"{cls.__module__}.{cls.__qualname__}" for cls in type(value).__mro__]
            name = str(getattr(value, "__name__", ""))[:100]
        return {
            "t": "handle",
            "n": len(self.kept) - 1,
            "types": names[:20],
            "callable": callable(value),
            "name": name,
        }

    def resolve(self, node: dict[str, Any]) -> object:
        """The value that the judge means: a handle, or a function sent as source."""
        if node["t"] == "source":
            return self.function(node["name"], node["source"])
        return self.kept[node["n"]]


def seed(number: int) -> None:
    """Start Python's, NumPy's and PyTorch's generators from one known state.

    Not torch.manual_seed: it notes its caller's stack for every kind of device that might be initialised later, 2 ms.
    """
    random.seed(number)
    np.random.seed(number % 2**32)
    torch.default_generator.manual_seed(number)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        torch.cuda.manual_seed_all(number)
