"""Who grades, wherever that is: a crew takes one submission after another and gives results as they are there.

There are two: processes of ours on this machine (`team`), and workers of a Dask cluster (`cluster`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from grader.errors import CourseError, InternalError
from grader.records import Result, Submission
from grader.running.setting import Order, Setting
from grader.storage import from_json

Ordered = tuple[Submission, Order]


class Crew(Protocol):
    """Who makes one closes it.

    Attributes:
        deaths: how many workers a submission has ended when there is no result for it.
    """

    deaths: int

    def room(self) -> bool:
        """Whether one more submission is welcome: so many are in memory at a time, and no more."""

    def submit(self, number: int, ordered: Ordered) -> None:
        """Have a submission graded. Raises KernelHostError when no worker can be had."""

    def result(self) -> tuple[int, Result | None]:
        """Wait for the next result, whichever it is, with its number; None when the workers that had it died.

        Raises CourseError when a suite is broken, InternalError when nobody will ever answer.
        """

    def forget(self) -> None:
        """What is under way is not waited for any more."""

    def close(self) -> None:
        """End what was started for this crew."""


Hire = Callable[[Setting, frozenset[str], Mapping[str, str], int, bool], Crew]


def answers(crew: Crew, orders: Iterator[tuple[int, Ordered]]) -> Iterator[tuple[int, Result | None]]:
    """The number of each order with its result as soon as it is there, None as `Crew.result` says. Raises likewise."""
    upcoming, waited = next(orders, None), 0
    try:
        while upcoming or waited:
            while upcoming and crew.room():
                crew.submit(*upcoming)
                waited += 1
                upcoming = next(orders, None)  # loaded while the workers are busy
            found = crew.result()
            waited -= 1
            if upcoming and crew.room():  # before anything is made of the result: nobody waits for that
                crew.submit(*upcoming)
                waited += 1
                upcoming = None
            yield found
            upcoming = upcoming or next(orders, None)
    finally:
        crew.forget()


def understood(said: str) -> Result:
    """What a worker has said, see grader.running.worker. Raises CourseError for a broken suite, InternalError."""
    if said[0] == "-":
        raise CourseError(*json.loads(said[1:]))
    if said[0] == "!":
        raise InternalError(said[1:])
    return from_json(Result, said[1:])
