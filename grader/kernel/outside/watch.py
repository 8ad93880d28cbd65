"""What a kernel writes to our disk, looked at while it works and whenever it hands over: too much ends it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from grader.sandbox.scratch import tree_size

PERIOD = 0.5  # seconds between looks while something runs


class Watch:
    """Looks at a folder from a thread, and at the end of each turn: one cell, or the questions of one check.

    A look takes time, and what it finds may be old when it is found. So the thread strikes only in the turn in which
    its look began, and who ends a turn is told: the turn that wrote too much is the one that is ended.

    Where a kernel's disk is private it has an end of its own, and only sockets lie here.

    Args:
        folder: what the kernel writes to on our disk.
        limit: bytes that may lie there.
        strike: ends the kernel without waiting for it; called from the thread, at most once.
    """

    def __init__(self, folder: Path, limit: int, strike: Callable[[], None]) -> None:
        self.folder, self.limit, self.strike = folder, limit, strike
        self._lock = threading.Lock()
        self._turn, self.exceeded = 0, False  # exceeded: too much was written, and the kernel must end or has
        self._looked = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end_turn(self) -> bool:
        """Whether too much has been written: in this turn, if every turn before it was ended like this."""
        full = self._full()
        with self._lock:
            self._turn += 1
            self.exceeded = self.exceeded or full
            return self.exceeded

    def begin_turn(self) -> bool:
        """Whether too much has been written between two turns; after a short while nobody looks again."""
        return self.exceeded or (time.monotonic() - self._looked > PERIOD and self.end_turn())

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _full(self) -> bool:
        self._looked = time.monotonic()
        return tree_size(self.folder, self.limit) > self.limit

    def _watch(self) -> None:
        while not self._over.wait(PERIOD):
            turn = self._turn
            if not self._full():
                continue
            with self._lock:
                self.exceeded = self.exceeded or turn == self._turn
            if self.exceeded:
                self.strike()
                return
