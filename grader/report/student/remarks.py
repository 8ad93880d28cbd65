"""What a student reads first: what broke the rest, what is not there while grading, what was odd."""

from __future__ import annotations

from grader.records import Result
from grader.text import clean


def remarks_view(result: Result) -> tuple[str, ...]:
    """Sentences about the whole notebook."""
    said = (*result.execution.notes, *result.submission.notes, *result.execution.deaths)
    return tuple(clean(note, 600) for note in said)
