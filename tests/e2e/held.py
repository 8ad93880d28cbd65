"""Preloaded by the Dask workers of tests: they grade no more than a file says, and wait while it lies there."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

from grader.running.cluster.station import Station

HOLD = Path(os.environ["GRADER_TEST_HOLD"])  # in it, how many submissions each worker may answer
answered = Counter[int]()  # by when the file was written
usual = getattr(Station.answer, "usual", Station.answer)  # Dask loads this twice


def answer(station: Station, told: str) -> str:
    """As ever, but when it is time."""
    while not _may():
        time.sleep(0.02)
    return str(usual(station, told))


def _may() -> bool:
    try:
        since, most = HOLD.stat().st_mtime_ns, int(HOLD.read_text() or 0)
    except OSError:
        return True
    answered[since] += 1
    return answered[since] <= most


answer.usual = usual  # type: ignore[attr-defined]
Station.answer = answer  # type: ignore[method-assign]
