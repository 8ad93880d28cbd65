"""Asking a namespace of this process: a student's own notebook, or the reference."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from grader.asking.messages import Query, Reply
from grader.asking.responder import Responder
from grader.asking.traces import CellOf, cleaned


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
    """Asks a namespace without a kernel: nothing is stopped that takes too long."""

    def __init__(self, namespace: dict[str, Any], cell_of: CellOf = lambda name: None) -> None:
        self.responder = Responder(namespace, cell_of)
        self.generators = Generators()
        self.missing = "`{}` is not defined. Run the cell that defines it, then check again."

    def ask(self, query: Query, seconds: float) -> Reply:
        with self.generators:
            reply = self.responder.answer(query.fresh())
        return replace(reply, error=cleaned(reply.error)) if reply.error else reply

    def ready(self) -> None:
        """It always is."""

    def settle(self) -> None:
        """There is nothing to pay."""

    def now(self) -> float:
        return time.monotonic()

    def why_missing(self, name: str) -> str:
        return self.missing.format(name)
