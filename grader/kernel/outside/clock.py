"""The clock that a session's limits go by: seconds in which nobody waited for a processor."""

from __future__ import annotations

from grader.kernel.outside import pulse
from grader.kernel.outside.launch import Launched
from grader.sandbox.runqueue import RunQueue

READING = 0.01  # seconds for which a reading of how long somebody has waited is good: it costs what a question does


class Clock:
    """Counts for us and for one kernel after another."""

    def __init__(self) -> None:
        self._kernel: Launched | None = None
        self._own, self._dead = RunQueue.of_this_thread(), 0.0
        self._read, self._lost = -1.0, 0.0  # when `now` last read how long was waited, and what it found

    def follow(self, kernel: Launched | None) -> None:
        """Count for this kernel from now on; what the one before it has waited stays."""
        self._dead, self._kernel = self.waited(), kernel

    def waited(self) -> float:
        """Seconds that the kernels have waited for a processor."""
        return self._dead + (self._kernel.waited() if self._kernel else 0.0)

    def now(self) -> float:
        """Seconds that have passed, without those that a kernel, or we, waited for a processor, to 10 ms."""
        now = pulse.now()
        if now - self._read > READING:
            self._read, self._lost = now, self.waited() + (self._own.waited() if self._own else 0.0)
        return now - self._lost

    def close(self) -> None:
        """Read no more."""
        if self._own:
            self._own.close()
