"""What sorting out finds: whose a file is, and what is known of when and how it was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from grader.intake.tree import File
from grader.records import Student


@dataclass(frozen=True, slots=True)
class Claim:
    """A file, and whose it is.

    Attributes:
        file: None when somebody handed in nothing.
        students: whose it is; several for a group that the platform names, none for the platform's own file.
        where: of what was handed in; the file's path if there is one.
        name: what the student called the file, with the folders that the student put it in.
        unit: what was handed in together, as far as the platform tells it.
        rank: what is greater was handed in later; None where neither a name nor the platform says it.
        attempt: the same, to be shown.
        time: seconds since the epoch, as far as the platform says it.
        dated: whether the file's own time says when it was handed in.
        text: it was typed into the platform, and is no file of the student's.
        lost: nobody can tell whose it is.
    """

    file: File | None
    students: tuple[Student, ...]
    where: str
    name: str = ""
    unit: str = ""
    rank: float | None = None
    attempt: str = ""
    time: float | None = None
    late: bool | None = None
    group: str = ""
    dated: bool = True
    text: bool = False
    lost: bool = False


def iso(seconds: float | None) -> str:
    """A time as it is shown and stored, in UTC; nothing where it is not known."""
    if seconds is None:
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""
