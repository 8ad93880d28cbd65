"""What an exception that left a check says: the student's fault, or ours."""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection

from grader.errors import CourseError, InternalError, StudentError, StudentFault, Unusable
from grader.records import Status, Trace


def verdict(fault: BaseException) -> tuple[Status, str, Trace | None, str]:
    """Status, message for the student, the student's traceback, and what only staff may read."""
    if isinstance(fault, Unusable):
        return Status.FAILED, str(fault), None, ""
    if isinstance(fault, StudentError):
        return Status.FAILED, f"Your code raised {fault}", fault.trace, ""
    if isinstance(fault, StudentFault):
        return Status.FAILED, str(fault), None, ""
    if isinstance(fault, AssertionError):
        return Status.FAILED, str(fault).partition("\n")[0], None, _formatted(fault)
    if isinstance(fault, CourseError | InternalError):
        return Status.UNJUDGED, "", None, str(fault)
    if said := _taken_apart(fault):
        return Status.FAILED, said, None, _formatted(fault)
    return Status.UNJUDGED, "", None, _formatted(fault)


def unwritten(trace: Trace, question: str, names: Collection[str]) -> str:
    """What to say of the handout's own placeholder; nothing for an exception that a library or another question raised.

    Args:
        names: what the question's cell defines. Its placeholders name these.
    """
    if trace.kind != "NotImplementedError" or trace.message not in ("", question, *names):
        return ""
    return f"{f'`{trace.message}`' if trace.message not in ('', question) else 'This'} is not written yet."


_COUNTS = re.compile(r"(?:not enough|too many) values to unpack \(expected (\d+)(?:, got (\d+))?\)")
_NOT_SEVERAL = re.compile(r"cannot unpack non-iterable (\w+) object")


def _taken_apart(fault: BaseException) -> str:
    """What to say when a check wants several values and its own line could not take apart what came.

    Right answers can be: the reference passes every check. So it is the student's fault, and none of the check's.
    """
    last = fault.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None or not last.tb_frame.f_code.co_name.startswith("test_"):
        return ""
    if isinstance(fault, ValueError) and (found := _COUNTS.fullmatch(str(fault))):
        came = f"{found[2]} came" if found[2] else "something else came"
        return f"{found[1]} values were to come back, as in `return a, b`; {came}."
    if isinstance(fault, TypeError) and (found := _NOT_SEVERAL.fullmatch(str(fault))):
        came = "nothing came: is there a `return`?" if found[1] == "NoneType" else f"one of type {found[1]} came."
        return f"Several values were to come back, as in `return a, b`; {came}"
    return ""


def _formatted(fault: BaseException) -> str:
    return "".join(traceback.format_exception(fault))[-4000:]
