"""An exception of student code as it crosses the wire: what is said of it, and what is believed."""

from __future__ import annotations

from typing import Any

from grader.records import Frame, Trace
from grader.text import clean


def read_trace(described: object) -> Trace:
    """A Trace from what a kernel said of an exception, every part of it bounded and cleaned."""
    data = described if isinstance(described, dict) else {}
    frames = [
        Frame(frame[0], frame[1], clean(str(frame[2]), 100), clean(str(frame[3]), 300))
        for frame in _listed(data, "frames")
        if isinstance(frame, list) and len(frame) == 4 and all(type(n) is int for n in frame[:2])
    ]
    kinds = tuple(clean(str(kind), 100) for kind in _listed(data, "kinds"))
    kind, message = clean(str(data.get("kind", "Exception")), 100), clean(str(data.get("message", "")), 2000)
    return Trace(kind, message, tuple(frames), kinds)


def _listed(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value[:20] if isinstance(value, list) else []
