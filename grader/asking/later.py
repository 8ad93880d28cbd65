"""A check that has failed may go on asking, for the record: a corrected check then finds answers to what it asks.

The first fault is the check's. What is answered after it is neither judged nor evidence, and who waits for it does so
within a limit of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from grader.asking.messages import Query, Reply
from grader.errors import Failure

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked


@runtime_checkable
class GoesOn(Protocol):
    """A channel that answers for the record, too."""

    def more(self, query: Query) -> Reply:
        """The answer. Raises GraderError or StudentFault when there is none; then the check is over."""
        ...


class Fails(Protocol):
    """A check that goes on; it keeps the first of its faults."""

    def fails_with(self, fault: Failure) -> None: ...


_check: Fails | None = None


@contextmanager
def going_on(check: Fails) -> Iterator[None]:
    """In the block, to fail does not end this check."""
    global _check
    _check, before = check, _check
    try:
        yield
    finally:
        _check = before


def fail(fault: Failure) -> None:
    """Let the check fail that is on: at once, or, where it goes on, at its end."""
    if _check is None:
        raise fault
    _check.fails_with(fault)
