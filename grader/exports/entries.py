"""What is exported: everybody's grade for an assignment, and what is left out, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from grader.records import Check, HandIn, Score
from grader.roster.matching import Clues
from grader.roster.people import Person


class State(StrEnum):
    """What somebody has for an assignment; the words of the status column."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"
    UNJUDGED = "unjudged"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person and one assignment.

    Attributes:
        key: of the student who handed in.
        name: told from others that look the same.
        clues: what the person is found by in a platform's file.
        earned: None where there is no number: nothing readable was handed in.
        penalty: what was deducted for lateness; it is not in `earned` any more.
        comments: of persons, about the whole, in Markdown.
        over: whether the deadline is past for this person, so that nothing can come any more.
        doubt: why it is not clear whose this is.
    """

    person: Person
    key: str
    name: str
    clues: Clues
    state: State
    earned: float | None = None
    scores: tuple[Score, ...] = ()
    checks: tuple[Check, ...] = ()
    handed: HandIn = field(default_factory=HandIn)
    penalty: float = 0.0
    comments: tuple[str, ...] = ()
    over: bool = False
    path: str = ""
    page: Path | None = None
    remark: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment, and everybody's entry for it.

    Attributes:
        titles: of its questions, by id.
    """

    id: str
    title: str
    points: float
    due: str
    entries: tuple[Entry, ...]
    titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What the instructor decides.

    Attributes:
        zero: who handed in nothing gets 0 once the deadline is past; else nothing is written.
        unjudged: points are written although a person must look at some of them.
        scale: points are converted where the platform's maximum is another.
        columns: by assignment, the title of the column to fill.
    """

    zero: bool = False
    unjudged: bool = False
    scale: bool = False
    columns: dict[str, str] = field(default_factory=dict)


@dataclass
class Told:
    """What an export did: for a person to read.

    Attributes:
        written: how many grades.
        changed: grades that were others in the file before: who, before, now.
        left: who has no grade there now and should perhaps have one, each with the reason.
        said: what else is to be known.
    """

    written: int = 0
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def number_of(entry: Entry, options: Options) -> tuple[float | None, str]:
    """The number that may be exported, else None with the reason; "" where nothing is amiss."""
    if entry.doubt:
        return None, entry.doubt
    if entry.state is State.MISSING:
        return (0.0, "") if options.zero and entry.over else (None, _not_over(options))
    if entry.state is State.UNJUDGED:
        return (entry.earned, "") if options.unjudged else (None, "unjudged: a person must look first")
    if entry.state is State.UNREADABLE:
        return None, f"unreadable: {entry.remark}"
    return (None, "") if entry.state is State.EXCUSED else (entry.earned, "")


def _not_over(options: Options) -> str:
    return "handed in nothing, and no deadline is past: no 0 is written" if options.zero else ""
