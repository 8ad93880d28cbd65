"""Exceptions of student code: what is said of one beside it, how it crosses, and what is believed of that."""

from __future__ import annotations

import ast
import linecache
import os
import re
import textwrap
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import torch

from grader.records import Frame, Trace
from grader.text import clean

MAX_MESSAGE = 2000  # characters of an exception's message
MAX_FRAMES = 20
MAX_KINDS = 20
PROBE = "<probe>"  # the file name of a probe's code

# Where a submission runs, and the folders that Python makes for what is soon gone: they tell a student nothing.
_SCRATCH = re.compile(r"(?:/[^\s'\"/]+)*/(?:grader-[^\s'\"/]+/work|tmp[a-z0-9_]{8})/")

# Whose code a traceback passes without being anybody's own: ours, the standard library's, what is installed.
_NOBODYS = tuple(
    str(Path(at).parents[up]) + os.sep for at, up in ((__file__, 1), (os.__file__, 0), (torch.__file__, 1))
)

CellOf = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception, as it is described beside the code that raised it.

    `call` is what raised, as it is written there: the name of a function, an operator, `raise`, or "" for unknown.
    `in_probe`: of the code that is anybody's own, only a probe's was passed.
    """

    trace: Trace
    call: str = ""
    in_probe: bool = False


def in_short(raised: Raised) -> Raised:
    """No more of it than a diagnosis looks at."""
    return Raised(Trace(raised.trace.kind, raised.trace.message), raised.call)


def anywhere(raised: Raised) -> Raised:
    """The same, wherever it was raised: of the lines that it passed only whether there are any."""
    return replace(raised, trace=replace(raised.trace, frames=_SOMEWHERE if raised.trace.frames else ()))


_SOMEWHERE = (Frame(0, 0, "", ""),)


def describe(error: BaseException, cell_of: CellOf) -> Raised:
    """What is said of an exception: its type, its message and the lines of the notebook that it passed."""
    try:
        return _described(error, cell_of)
    except Exception:  # its class lies about its name, or about its ancestors
        return Raised(Trace("Exception", "(it cannot be described)"))


def _described(error: BaseException, cell_of: CellOf) -> Raised:
    try:
        message = str(error)
    except BaseException:  # a __str__ that raises is the student's, too
        message = "(its message could not be read)"
    message = _SCRATCH.sub("", message[: 2 * MAX_MESSAGE])
    frames: list[Frame] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        cell = cell_of(code.co_filename)
        if cell is not None:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            frames.append(Frame(cell, trace.tb_lineno, code.co_name, line[:300]))
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        cell = cell_of(error.filename or "")
        frames.append(Frame(cell or 0, error.lineno or 0, "<module>", (error.text or "").strip()[:300]))
        message = error.msg
    kinds = tuple(kind.__name__ for kind in type(error).__mro__)
    own = _own(error.__traceback__)
    return Raised(
        Trace(type(error).__name__[:100], message[:MAX_MESSAGE], tuple(frames[-MAX_FRAMES:]), kinds),
        call=_call(own[-1])[:100] if own else "",
        in_probe=bool(own) and all(frame.tb_frame.f_code.co_filename == PROBE for frame in own),
    )


def _own(trace: TracebackType | None) -> list[TracebackType]:
    """The steps of a traceback that are in the notebook's code or in a probe."""
    found = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith((*_NOBODYS, "<frozen")):
            found.append(trace)
        trace = trace.tb_next
    return found


def _call(step: TracebackType) -> str:
    """What raised at this step, as it is written there: the name of a function, an operator, `raise`; "" if unknown."""
    place = traceback.extract_tb(step, limit=1)[0]
    lines = [linecache.getline(place.filename, n) for n in range(place.lineno or 0, (place.end_lineno or -1) + 1)]
    if not lines or place.colno is None or place.end_colno is None:
        return ""
    lines[-1] = lines[-1].encode()[: place.end_colno].decode(errors="replace")
    lines[0] = lines[0].encode()[place.colno :].decode(errors="replace")
    try:
        node: Any = ast.parse(textwrap.dedent("".join(lines)).strip()).body[0]
    except (SyntaxError, ValueError, IndexError):
        return ""
    node = node.value if isinstance(node, ast.Expr) else node
    node = getattr(node, "func", getattr(node, "op", node))
    return str(getattr(node, "attr", getattr(node, "id", type(node).__name__)))


def plain(raised: Raised) -> dict[str, Any]:
    """It as JSON can hold it."""
    trace = raised.trace
    frames = [[frame.cell, frame.line, frame.function, frame.code] for frame in trace.frames]
    said = {"kind": trace.kind, "kinds": list(trace.kinds), "message": trace.message, "frames": frames}
    return {**said, "call": raised.call, "in_probe": raised.in_probe}


def read_raised(said: object) -> Raised:
    """What `plain` was made of, from that or from whatever else a kernel sent in its place; bounded and cleaned."""
    data = said if isinstance(said, dict) else {}
    frames = [
        Frame(frame[0], frame[1], str(frame[2]), str(frame[3]))
        for frame in _listed(data, "frames")
        if isinstance(frame, list) and len(frame) == 4 and all(type(n) is int for n in frame[:2])
    ]
    kinds = tuple(map(str, _listed(data, "kinds")))
    trace = Trace(str(data.get("kind", "Exception")), str(data.get("message", "")), tuple(frames), kinds)
    return cleaned(Raised(trace, str(data.get("call", "")), data.get("in_probe") is True))


def cleaned(raised: Raised) -> Raised:
    """It with every part bounded, and safe to store and to show."""
    trace = raised.trace
    frames = tuple(
        Frame(frame.cell, frame.line, clean(frame.function, 100), clean(frame.code, 300))
        for frame in trace.frames[:MAX_FRAMES]
    )
    kinds = tuple(clean(kind, 100) for kind in trace.kinds[:MAX_KINDS])
    trace = Trace(clean(trace.kind, 100), clean(trace.message, MAX_MESSAGE), frames, kinds)
    return replace(raised, trace=trace, call=clean(raised.call, 100))


def _listed(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value[:20] if isinstance(value, list) else []
