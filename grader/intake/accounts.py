"""What became of each file that lay there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grader.records import Student


class Place(StrEnum):
    """Where a file ends: each in exactly one place."""

    GRADED = "graded"
    BESIDE = "beside a notebook"  # a student's own helper or data, a text
    OLDER = "another attempt"
    PLATFORM = "the platform's or the course's own"
    UNUSABLE = "not usable"


@dataclass(frozen=True, slots=True)
class Account:
    """One file.

    Attributes:
        students: whose it is; none for a platform's or a system's own.
        time: ISO 8601; the platform's, else the file's own where that means something.
        reason: why it is not usable.
    """

    where: str
    place: Place
    students: tuple[Student, ...] = ()
    assignment: str = ""
    attempt: str = ""
    time: str = ""
    late: bool | None = None
    reason: str = ""


def counts(accounts: Iterable[Account]) -> dict[Place, int]:
    """How many files ended where, every place named."""
    found = Counter(account.place for account in accounts)
    return {place: found[place] for place in Place}
