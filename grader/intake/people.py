"""From folders' names to students: two names are never one person, and whoever looks like another is told apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from grader.records import Student
from grader.text import identity, name_of

Chain = tuple[str, ...]  # the names of the folders down to the student's own; the first ones may be anybody's


def students_of(chains: Iterable[Chain], known: Collection[str] = ()) -> dict[Chain, Student]:
    """A student for each chain: the last name, and as many before it as tell it from others.

    Args:
        known: keys that a gradebook has. A student who was told apart there stays the same one.
    """
    keys = {chain: tuple(map(identity, chain)) for chain in chains}
    by_last: dict[str, list[Chain]] = {}
    for whole in dict.fromkeys(keys.values()):
        by_last.setdefault(whole[-1], []).append(whole)
    found: dict[Chain, Student] = {}
    for chain, whole in keys.items():
        length = _needed(whole, by_last[whole[-1]])
        suffixes = ["/".join(whole[-n:]) for n in range(length, len(whole) + 1)]
        length += next((n for n, key in enumerate(suffixes) if key in known), 0)
        found[chain] = Student("/".join(whole[-length:]), name_of("/".join(chain[-length:])))
    return found


def _needed(whole: Chain, rivals: Sequence[Chain]) -> int:
    """How many names, from the last one, tell a chain from the others with the same last name."""
    for length in range(1, len(whole)):
        if sum(other[-length:] == whole[-length:] for other in rivals) == 1:
            return length
    return len(whole)


def shown_names(students: Iterable[Student]) -> dict[str, str]:
    """The names by key, as they are shown side by side: those that look the same with what tells them apart."""
    by_key = {student.key: student for student in students}
    looks = Counter(_looks(student.name) for student in by_key.values())
    return {
        key: f"{student.name} ({_mark(student)})" if looks[_looks(student.name)] > 1 else student.name
        for key, student in by_key.items()
    }


def _looks(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _mark(student: Student) -> str:
    """What tells a student from another of the same name: an id, else how the name is really written."""
    if student.ids:
        return name_of(next(iter(student.ids.values())))
    written = student.key.encode("unicode_escape").decode()
    written = written.replace(" ", "␣")
    return written if len(written) <= 40 else f"…{written[-39:]}"
