"""What is to be said of the whole notebook: what is not there while grading, what was odd."""

from __future__ import annotations

from grader.grading.causes import is_cause
from grader.records import Result
from grader.text import clean


def remarks_view(result: Result) -> tuple[str, ...]:
    """Sentences about the whole notebook."""
    said = (*result.execution.notes, *result.submission.notes, *result.execution.deaths)
    return tuple(clean(note, 600) for note in said if not is_cause(note))  # these are steps of `first`
