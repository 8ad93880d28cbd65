"""What a student was given: a folder with the notebook, `assignment.toml` and `public/`.

Only what `check` needs is read. That the file is right is `grader validate`'s to prove.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import grader
from grader.errors import CourseError, UsageError
from grader.records.course import BY_HAND

TABLE = "assignment.toml"
PLACEHOLDER = "*Write your answer here, in the place of this line.*"  # where an answer in words is to stand
STUDENTS_SIDE = "grader.pyz"  # the archive in a handout that this very package is imported from there


@dataclass(frozen=True, slots=True)
class Handout:
    """An assignment in a student's hands.

    Attributes:
        questions: titles of those that have checks, by id, in the notebook's order.
        by_hand: ids of those that a person judges.
        names: what a question defines, by id, where that is more than one name.
        predicted: ids of those that ask for a prediction.
    """

    folder: Path
    title: str
    questions: dict[str, str]
    by_hand: frozenset[str] = frozenset()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    predicted: frozenset[str] = frozenset()

    @property
    def public(self) -> Path:
        """The folder of the checks that a student may run."""
        return self.folder / "public"

    def nearest(self, id: str) -> str:
        """The question with this id. Raises UsageError, naming those whose ids are nearest."""
        if id in self.questions:
            return id
        if id in self.by_hand:
            raise UsageError(f"A person will look at your answer to {id!r}. There is nothing to check here.")
        plain = {known.lower(): known for known in self.questions}
        near = [plain[word] for word in difflib.get_close_matches(str(id).lower(), plain, n=3, cutoff=0.5)]
        hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else f"There are {listed(self.questions)}."
        raise UsageError(f"There is no question {id!r} in this notebook. {hint}")


def listed(ids: Iterable[str]) -> str:
    """Ids in one line, the first of them when there are many."""
    known = list(ids)
    return ", ".join(map(repr, known[:8])) + (f" and {len(known) - 8} more" if len(known) > 8 else "")


def came_in() -> Path | None:
    """The folder that this very package came in, as a file of a handout; None where it is installed."""
    package = Path(grader.__file__).parents[1]
    return package.resolve().parent if package.is_file() else None


def find_handout(places: Iterable[Path]) -> Handout | None:
    """The handout in or above one of these folders, the first that there is. Raises CourseError."""
    for place in places:
        for folder in (place, *place.parents):
            if (folder / TABLE).is_file():
                return read_handout(folder)
    return None


def read_handout(folder: Path) -> Handout:
    """The handout in a folder. Raises CourseError."""
    path = folder / TABLE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        asked = data.get("questions", [])
        by_hand = frozenset(str(one["id"]) for one in asked if one.get("kind") in BY_HAND)
        questions = {str(one["id"]): str(one.get("title", one["id"])) for one in asked if one["id"] not in by_hand}
        names = {str(one["id"]): tuple(map(str, one["defines"])) for one in asked if "defines" in one}
        predicted = frozenset(str(one["id"]) for one in asked if one.get("kind") == "predicted")
        return Handout(folder, str(data.get("title", folder.name)), questions, by_hand, names, predicted)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(path, f"cannot be read ({error})", "unpack the handout again") from error
