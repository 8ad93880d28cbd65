"""Who needs a person, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.records import Grade, Result, Status, Unreadable
from grader.report.shown import called
from grader.text import clean, last_line


def torn_view(
    assignment: str, unreadable: Sequence[Unreadable], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Students who handed in what is no notebook, and why.

    What cannot be read, and is of nobody knows which assignment, is on the page of each.
    """
    torn = (entry for entry in unreadable if entry.assignment in ("", assignment))
    return tuple((called(entry.student, names), clean(entry.reason, 300)) for entry in torn)


def human_view(result: Result, grade: Grade) -> Iterator[str]:
    """Why a person must look at a result: checks that nobody could judge, answers that nobody has read."""
    open_ = [check for check in result.checks if check.status is Status.UNJUDGED]
    if open_:
        why = last_line(open_[0].staff) or "no reason given"
        number = f"{len(open_)} check{'s' if len(open_) > 1 else ''} unjudged"
        yield f"{number}: {clean(why, 300)}"
    asked = {check.question for check in result.checks}
    unread = [s for s in grade.scores if s.status is Status.UNJUDGED and s.question not in asked and not s.dropped]
    if unread:
        number = f"{len(unread)} answer{'s' if len(unread) > 1 else ''} to be read"
        yield f"{number}: {', '.join(score.question for score in unread)}"
