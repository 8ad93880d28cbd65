"""Limits that count a kernel's own time: what it computes and what it sleeps, not what it waits for a processor.

On a machine where many programs run, an honest answer takes longer and is not slower. A limit therefore ends later by
what the system says that the kernel has waited, up to `MOST` times its length, so that it ends in any case. Time in
which everything stood still does not count at all.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.kernel.outside import pulse

MOST = 8.0  # times a limit that a kernel may take by the clock on the wall
BUSY = 0.5  # share of its time that a kernel waited, from which on the machine counts as busy


class Patience:
    """One limit, from now on.

    Args:
        seconds: the limit.
        waited: how long the kernel has waited for a processor, ever.
    """

    def __init__(self, seconds: float, waited: Callable[[], float]) -> None:
        self.seconds, self._waited = seconds, waited
        self._started, self._before = pulse.now(), waited()

    def left(self) -> float:
        """Seconds that are left of it at least; what the kernel has waited is asked only when they seem to be over."""
        passed = pulse.now() - self._started
        if passed < self.seconds:
            return self.seconds - passed
        return min(self.seconds - passed + self._waited() - self._before, MOST * self.seconds - passed)

    @property
    def was_busy(self) -> bool:
        """Whether others had the processor for most of the time."""
        return self._waited() - self._before > BUSY * (pulse.now() - self._started)
