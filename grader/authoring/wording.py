"""Messages of checks must be in the words of the task: what is said of the known mistakes is read for slips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.authoring.faults import Fault
from grader.records import Check, Status

# What a message must not hold, and what to do about it. What Python or PyTorch said in an exception is not ours.
SLIPS = {
    r"\bitem \d": ("a part without a name", "name it with `parts`"),
    r"(?<![\w.,-])1 (?!is\b|was\b|has\b|axis\b|class\b|loss\b)[a-z]+s\b": (
        "a plural of one",
        "use `count`",
    ),
    r"(?<!\S)['(]?\?['),.;:]*(?!\S)": ("a bare question mark", "say what it stands for"),
    r"\b(Remote|NotPlainData|NoneType|npscalar|oracle|probe)\b": (
        "a word of ours",
        "use the task's words",
    ),
    r"\.\.$|: \.$|^\W*$": ("no sentence", "complete it"),
}
NOT_OURS = ("Your code raised ", "What your code gave could not be used as the task says ")


def in_plain_words(checks: Sequence[Check], where: str) -> Iterator[Fault]:
    """A fault for every message of failed checks that a student would stumble over."""
    for check in checks:
        if check.status is not Status.FAILED or check.message.startswith(NOT_OURS):
            continue
        for pattern, (what, fix) in SLIPS.items():
            if re.search(pattern, check.message):
                said = f"{check.question}::{check.name} says {check.message!r}: {what}"
                yield Fault(where, said, fix, check.question)
