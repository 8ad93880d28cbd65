"""Answers questions about a namespace: looks names up, calls, reads attributes, runs probes.

It runs inside a kernel, next to the student's code, and therefore decides nothing: what it says is a claim that the
judge examines. The same class answers in-process for a student who checks a notebook, and for known mistakes that
are replayed. Values that are no plain data stay here and are spoken of by handle.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import torch

from grader.asking.codec import Encoder, Node, NotPlainData
from grader.asking.decoder import Decoder
from grader.asking.messages import Op, Query, Reply
from grader.asking.surroundings import OF_MODULES, Surroundings, close_figures
from grader.asking.traces import PROBE, CellOf, describe

MAX_ITEMS = 10_000  # taken from one iterator


class Responder:
    """One namespace and the handles given out since the last `begin`.

    Args:
        namespace: what the notebook has defined.
        cell_of: the execution count of the cell whose code has this file name, None for other code.
        fresh: what each check starts with, where the process is the notebook's own; otherwise what it finds.
    """

    def __init__(
        self,
        namespace: dict[str, Any],
        cell_of: CellOf = lambda filename: None,
        fresh: Surroundings | None = None,
    ) -> None:
        self.namespace, self.cell_of = namespace, cell_of
        self.fresh, self.before = fresh, fresh or Surroundings()
        self.kept: list[Any] = []
        self.probes: dict[str, Callable[..., Any]] = {}

    def answer(self, query: Query) -> Reply:
        """The reply to one question; an exception of the student's code becomes its `error`.

        A value that is too large to be sent is said to be `unsent`: nothing was raised. What the code left changed for
        the whole process is put back before the value is looked at, and told.
        """
        loaded, left = len(sys.modules), list[str]()
        try:
            if query.begin is not None:
                self._begin(query.begin)
            reply = self._reply(query, left)
        except BaseException as error:  # an interrupt at the last moment
            reply = Reply(error=describe(error, self.cell_of))
        if len(sys.modules) != loaded:
            left = [name for name in left if name not in OF_MODULES]
        return replace(reply, left=tuple(left)) if left else reply

    def _reply(self, query: Query, left: list[str]) -> Reply:
        encoder = Encoder(self.keep)
        try:
            value = _ANSWERS[query.op](self, query, Decoder(query.tensors, self.resolve, trusting=True))
        except BaseException as error:
            left += self.before.restore()
            return Reply(error=describe(error, self.cell_of))
        if query.op is not Op.NAME:  # to look a name up runs no code of the notebook's
            left += self.before.restore()
        try:
            return Reply(encoder.encode(value), encoder.tensors)
        except NotPlainData as error:
            return Reply(unsent=str(error))
        except BaseException as error:  # an interrupt, or memory that is not there
            return Reply(error=describe(error, self.cell_of))

    def _begin(self, number: int) -> None:
        """Forget the handles, and start every generator of random numbers from a known state."""
        self.kept.clear()
        if self.fresh is None:
            self.before = Surroundings()
        else:
            self.fresh.restore()
            close_figures()
        seed(number)

    def _name(self, query: Query, decoder: Decoder) -> list[Any]:
        return [self.namespace[query.name]] if query.name in self.namespace else []

    def _call(self, query: Query, decoder: Decoder) -> Any:
        target, args, kwargs = decoder.decode(query.value)
        return target(*args, **kwargs)

    def _watched(self, query: Query, decoder: Decoder) -> list[Any]:
        target, args, kwargs = decoder.decode(query.value)
        result = target(*args, **kwargs)
        return [result, args, kwargs]

    def _get(self, query: Query, decoder: Decoder) -> Any:
        return getattr(decoder.decode(query.value), query.name)

    def _item(self, query: Query, decoder: Decoder) -> Any:
        target, key = decoder.decode(query.value)
        return target[key]

    def _len(self, query: Query, decoder: Decoder) -> int:
        return len(decoder.decode(query.value))

    def _iterate(self, query: Query, decoder: Decoder) -> list[Any]:
        target: Iterator[Any] = decoder.decode(query.value)
        return list(islice(target, min(query.number, MAX_ITEMS)))

    def _probe(self, query: Query, decoder: Decoder) -> Any:
        args, kwargs = decoder.decode(query.value)
        return self.function(query.name, query.source)(*args, **kwargs)

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


_ANSWERS: dict[Op, Callable[[Responder, Query, Decoder], Any]] = {
    Op.NAME: Responder._name,
    Op.CALL: Responder._call,
    Op.WATCHED: Responder._watched,
    Op.GET: Responder._get,
    Op.ITEM: Responder._item,
    Op.LEN: Responder._len,
    Op.ITERATE: Responder._iterate,
    Op.PROBE: Responder._probe,
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
