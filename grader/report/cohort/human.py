"""Who needs a person, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.records import Grade, Result, Status, Unreadable
from grader.report.shown import called
from grader.text import clean, last_line


def human_view(
    graded: Sequence[tuple[Result, Grade]], unreadable: Sequence[Unreadable], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Students and reasons: checks that nobody could judge, and what is no notebook."""
    torn = ((called(entry.student, names), clean(entry.reason, 300)) for entry in unreadable)
    return (*_unjudged(graded, names), *torn)


def _unjudged(graded: Sequence[tuple[Result, Grade]], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for result, grade in graded:
        open_ = [check for check in result.checks if check.status is Status.UNJUDGED]
        if open_:
            why = last_line(open_[0].staff) or "no reason given"
            yield called(grade.student, names), f"{len(open_)} checks unjudged: {clean(why, 300)}"
