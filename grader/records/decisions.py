"""What persons decide, as `decisions.toml` states it; each entry there is one of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from grader.records.settings import Span


class Kind(StrEnum):
    """What is decided: the name of an entry, as in `[[points]]`."""

    POINTS = "points"  # of a question, or of one of its checks
    RUBRIC = "rubric"  # which of a written answer's lines hold
    COMMENT = "comment"  # to a student, about the whole or about a question
    EXTENSION = "extension"  # another due date, for a student or a section
    HANDED = "handed"  # when something was handed in, where nothing tells
    EXEMPTION = "exemption"  # the assignment does not count for a student
    DROPPED = "dropped"  # a question that counts for nobody
    GIVEN = "given"  # a question that everybody gets


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person. What its kind does not need is empty.

    Attributes:
        student: as the file names the student; "" where it is about a section or everybody.
        check: the check whose points these are; "" for the whole question.
        points: what takes the place of what was earned; for a rubric: of what its lines add up to.
        lines: ids of the rubric's lines that hold.
        text: of a comment, in Markdown.
        due: the new due date, in UTC.
        extra: how much later than the assignment's it is due.
        excused: lateness costs nothing.
        at: when it was handed in, in UTC.
        by: who decided.
        on: when.
        answer: a hash of the answer that was decided about (`intake.answers`); "" where nobody looked at one.
        where: the file, and the place in it.
    """

    kind: Kind
    assignment: str
    student: str = ""
    section: str = ""
    question: str = ""
    check: str = ""
    points: float | None = None
    lines: tuple[str, ...] = ()
    text: str = ""
    due: datetime | None = None
    extra: Span | None = None
    excused: bool = False
    at: datetime | None = None
    reason: str = ""
    by: str = ""
    on: date | None = None
    answer: str = ""
    where: str = ""
