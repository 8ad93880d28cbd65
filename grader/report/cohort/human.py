"""Who needs a person, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.records import Grade, Result, Status, Unreadable
from grader.report.shown import called
from grader.text import clean, last_line


def human_view(
    assignment: str, graded: Sequence[tuple[Result, Grade]], unreadable: Sequence[Unreadable], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Students and reasons: checks that nobody could judge, and what is no notebook.

    What cannot be read, and is of nobody knows which assignment, is on the page of each.
    """
    torn = (entry for entry in unreadable if entry.assignment in ("", assignment))
    said = ((called(entry.student, names), clean(entry.reason, 300)) for entry in torn)
    return (*_unjudged(graded, names), *said)


def _unjudged(graded: Sequence[tuple[Result, Grade]], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for result, grade in graded:
        open_ = [check for check in result.checks if check.status is Status.UNJUDGED]
        if open_:
            why = last_line(open_[0].staff) or "no reason given"
            number = f"{len(open_)} check{'s' if len(open_) > 1 else ''} unjudged"
            yield called(grade.student, names), f"{number}: {clean(why, 300)}"
        asked = {check.question for check in result.checks}
        unread = [s for s in grade.scores if s.status is Status.UNJUDGED and s.question not in asked and not s.dropped]
        if unread:
            number = f"{len(unread)} answer{'s' if len(unread) > 1 else ''} to be read"
            yield called(grade.student, names), f"{number}: {', '.join(score.question for score in unread)}"
