"""Every exception that `grader` raises on purpose, split by who is at fault.

GraderError                     base; carries the exit code and a one-line message
├── UsageError                  the command line asks for something impossible         exit 2
├── CourseError                 a file of the course's staff is wrong                   exit 1
│   └── FileFaults              a file that staff keep by hand is wrong, a line each    exit 2
├── SubmissionError             a submitted file cannot be read; never stops a class    exit 3
└── InternalError               our own fault                                           exit 1
    ├── KernelHostError         the process that forks kernels is gone or confused
    └── CodecError              a value that we were to send cannot be sent

StudentFault                    what student code did; becomes a failed check, never reaches a terminal
├── Failure                     an answer differs from what was asked
├── MissingName                 the notebook did not define what was asked for
├── StudentError                student code raised; carries the trimmed traceback
│   └── Unusable                what it gave made the check's own code raise
└── KernelFault                 the kernel cannot answer any more
    ├── LimitExceeded           a call or cell outlived its limit
    ├── KernelDied              the kernel process ended
    └── ProtocolViolation       the kernel sent what no honest kernel sends
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from grader.records import Trace


class GraderError(Exception):
    """Base of the faults that a person in front of a terminal reads, one line each."""

    exit_code = 1


class UsageError(GraderError):
    """The command line asks for something that does not exist or contradicts itself."""

    exit_code = 2


class CourseError(GraderError):
    """A file of the course is wrong.

    Attributes:
        where: the file, and the key or line in it.
        what: what is wrong.
        fix: what to do about it.
    """

    def __init__(self, where: object, what: str, fix: str) -> None:
        super().__init__(f"{where}: {what}; {fix}")
        self.where, self.what, self.fix = str(where), what, fix

    def __reduce__(self) -> tuple[type[CourseError], tuple[str, str, str]]:  # it crosses between our processes
        return CourseError, (self.where, self.what, self.fix)


class FileFaults(CourseError):
    """A file that staff keep by hand, such as `course.toml`, has faults, at least one. Nothing was done.

    Attributes:
        faults: one line each; the exception itself reads as the first.
    """

    exit_code = 2

    def __init__(self, faults: Sequence[CourseError]) -> None:
        super().__init__(faults[0].where, faults[0].what, faults[0].fix)
        self.faults = tuple(faults)


class SubmissionError(GraderError):
    """A submitted file cannot be read as a notebook. The message is one sentence for the student."""

    exit_code = 3


class InternalError(GraderError):
    """Our own fault: the submission is unjudged, never zero."""


class KernelHostError(InternalError):
    """The kernel host did not start, died or broke its protocol."""


class CodecError(InternalError):
    """A value that the judge wanted to send to a kernel cannot be sent as plain data."""


class StudentFault(Exception):
    """What student code did. The message is written for the student."""


class Failure(StudentFault):
    """An answer differs from what was asked: said by a helper of a hidden suite.

    Attributes:
        seen: where a tensor differs: the student's, and which of its elements are wrong; None where that is not it.
    """

    def __init__(self, message: str, seen: tuple[Tensor, Tensor] | None = None) -> None:
        super().__init__(message)
        self.seen = seen


class MissingName(StudentFault):
    """The executed notebook does not define a name that was asked for."""

    def __init__(self, name: str, message: str = "") -> None:
        super().__init__(message or f"`{name}` is not defined when the notebook has run.")
        self.name = name


class StudentError(StudentFault):
    """Student code raised an exception while it answered a question."""

    def __init__(self, trace: Trace) -> None:
        super().__init__(trace.said)
        self.trace = trace


class Unusable(StudentError):
    """A probe raised, and none of the student's code with it: it could do nothing with what it was given."""

    def __str__(self) -> str:
        said = " ".join(super().__str__().split())
        said = said if len(said) <= 300 else f"{said[:299]}…"
        return f"What your code gave could not be used as the task says ({said})."


class KernelFault(StudentFault):
    """The kernel cannot answer this question any more."""


class LimitExceeded(KernelFault):
    """A call or a cell outlived its limit (seconds) and was interrupted."""

    def __init__(self, seconds: float, what: str = "This call") -> None:
        super().__init__(f"{what} was stopped after {seconds:g} s, its limit.")
        self.seconds = seconds


class KernelDied(KernelFault):
    """The kernel process ended; the message says how."""


class ProtocolViolation(KernelFault):
    """The kernel sent something that no honest kernel sends; the submission is flagged."""
