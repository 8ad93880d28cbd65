"""Time that stands still while we do: a machine that slept, a container or a process that was halted for a while."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

PERIOD = 0.25  # seconds between two beats
STILL = 1.0  # seconds by which a beat must be late to count; where many programs run it is late by less


class Pulse:
    """A clock that beats; what passes without a beat has passed for nobody.

    Args:
        clock: the seconds that it counts by.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._last, self._lost = clock(), 0.0

    def now(self) -> float:
        """Seconds, without those in which this process stood still. To ask is a beat."""
        with self._lock:
            now = self._clock()
            late = now - self._last - PERIOD
            self._last = now
            if late > STILL:
                self._lost += late
            return now - self._lost

    def beat(self) -> None:
        """Go on beating, for ever."""
        while True:
            time.sleep(PERIOD)
            self.now()


_pulses: dict[int, Pulse] = {}  # of the process that this is: threads are not inherited


def now() -> float:
    """Seconds of this process by its pulse, which the first call begins."""
    pulse = _pulses.get(os.getpid())
    if pulse is None:
        pulse = _pulses[os.getpid()] = Pulse()
        threading.Thread(target=pulse.beat, name="pulse", daemon=True).start()
    return pulse.now()
