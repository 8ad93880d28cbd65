"""The survivors that no suite can kill, because they do the same: `equivalent/NN_topic.toml`, each with the reason.

    [[equivalent]]
    question = "two_layer"
    original = "return hidden, torch.sigmoid(hidden @ w2 + b2)"
    mutated = "return hidden, (hidden @ w2 + b2).sigmoid()"
    reason = "the method is the function"

The lines that differ are the key, without their indentation and whatever their number.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from grader.course.catalog import Course
from grader.errors import CourseError

KEYS = {"question", "original", "mutated", "reason"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant changes: the lines that it takes out of a question's solution, and those that it puts in."""

    question: str
    original: str
    mutated: str

    def __str__(self) -> str:
        return f"{self.question}: {self.original!r} -> {self.mutated!r}"


def path(course: Course, id: str) -> Path:
    return course.root / "tests" / "strength" / "equivalent" / f"{id}.toml"


def load(course: Course, id: str) -> dict[Change, str]:
    """The changes that do nothing, each with its reason. Raises CourseError."""
    file = path(course, id)
    if not file.is_file():
        return {}
    found: dict[Change, str] = {}
    for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("equivalent", []):
        if set(entry) != KEYS or not all(entry.values()):
            raise CourseError(file, f"an entry has {', '.join(entry)}", f"give it {', '.join(sorted(KEYS))}")
        change = Change(entry["question"], *(_stripped(entry[key]) for key in ("original", "mutated")))
        if change in found:
            raise CourseError(file, f"two entries for {change}", "keep one")
        found[change] = entry["reason"]
    return found


def change_between(question: str, before: list[str], after: list[str]) -> Change:
    """What differs between two texts: all from the first line that does to the last."""
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = (lines[first : len(lines) - last] for lines in (before, after))
    return Change(question, _stripped("\n".join(old)), _stripped("\n".join(new)))


def _stripped(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
