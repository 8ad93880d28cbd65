"""What an exception that left a check says: the student's fault, or ours."""

from __future__ import annotations

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
    return Status.UNJUDGED, "", None, _formatted(fault)


def unwritten(trace: Trace, question: str, names: Collection[str]) -> str:
    """What to say of the handout's own placeholder; nothing for an exception that a library or another question raised.

    Args:
        names: what the question's cell defines. Its placeholders name these.
    """
    if trace.kind != "NotImplementedError" or trace.message not in ("", question, *names):
        return ""
    return f"{f'`{trace.message}`' if trace.message not in ('', question) else 'This'} is not written yet."


def _formatted(fault: BaseException) -> str:
    return "".join(traceback.format_exception(fault))[-4000:]
