"""Sketches of code, see grader.classroom.likeness: kept, since they never change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from grader.records import Cell

_COUNTS = """
    FROM standings t JOIN executions e ON e.id = t.execution JOIN submissions s ON s.id = e.submission
    LEFT JOIN sketches k ON (k.assignment, k.sha, k.basis) = (t.assignment, s.sha, ?) WHERE t.assignment = ?
"""


def without_sketch(db: sqlite3.Connection, assignment: str, basis: str) -> Iterator[tuple[str, list[Cell]]]:
    """The submissions that count and have no sketch: hash and cells."""
    missing = [sha for (sha,) in db.execute(f"SELECT DISTINCT s.sha {_COUNTS} AND k.sha IS NULL", (basis, assignment))]
    for sha in missing:
        row = db.execute(
            "SELECT json_extract(record, '$.cells') FROM submissions WHERE (assignment, sha) = (?, ?) LIMIT 1",
            (assignment, sha),
        ).fetchone()
        yield sha, [Cell(cell["number"], cell["source"], cell["question"]) for cell in json.loads(row[0])]


def keep_sketch(db: sqlite3.Connection, assignment: str, sha: str, basis: str, numbers: Sequence[int]) -> None:
    """Store one; within a transaction."""
    db.execute(
        "INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?)", (assignment, sha, basis, json.dumps(list(numbers)))
    )


def sketches_of(db: sqlite3.Connection, assignment: str, basis: str) -> Iterator[tuple[str, list[int]]]:
    """Those of everybody who has a grade for an assignment, by key."""
    rows = db.execute(
        f"SELECT t.student, k.numbers {_COUNTS} AND k.sha IS NOT NULL ORDER BY t.student", (basis, assignment)
    )
    return ((student, json.loads(numbers)) for student, numbers in rows)
