"""What an exception that left a check says: the student's fault, or ours."""

from __future__ import annotations

import traceback

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


def is_unwritten(trace: Trace, question: str) -> bool:
    """Whether an exception is the handout's own placeholder, and not one that a library raised."""
    return trace.kind == "NotImplementedError" and trace.message in ("", question)


def _formatted(fault: BaseException) -> str:
    return "".join(traceback.format_exception(fault))[-4000:]
