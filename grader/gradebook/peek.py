"""What a gradebook answers that may not be there yet, or be none: nothing is opened to write."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from grader.records import Student


def known_students(path: Path) -> set[str]:
    """The keys of the students in a gradebook that may not be there yet, or be none."""
    return {key for (key,) in _peek(path, "SELECT key FROM students")}


def handed_in(path: Path) -> list[tuple[Student, str]]:
    """As `Gradebook.handed`, of a gradebook that may not be there yet, or be none; nothing is written."""
    rows = _peek(
        path,
        "SELECT p.key, p.name, p.ids, h.assignment FROM students p JOIN (SELECT student, assignment FROM standings "
        "UNION SELECT student, assignment FROM unreadable) h ON h.student = p.key",
    )
    return [(Student(key, name, json.loads(ids)), assignment) for key, name, ids, assignment in rows]


def walls_in(path: Path) -> set[str]:
    """The levels of the walls behind which the grades that count were made."""
    rows = _peek(
        path,
        "SELECT DISTINCT json_extract(e.evidence, '$.walls') FROM standings t JOIN executions e ON e.id = t.execution",
    )
    return {word for (word,) in rows if word}


def _peek(path: Path, question: str) -> list[tuple[str, ...]]:
    """What a gradebook answers; nothing when it is none, or older than the question."""
    if not os.path.isfile(path):  # noqa: PTH113  (a name may be longer than a system allows)
        return []
    try:
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as db:
            return db.execute(question).fetchall()
    except sqlite3.DatabaseError:
        return []
