"""What kernels were asked and answered, by question: as text that only who kept it can read."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def keep_heard(db: sqlite3.Connection, key: tuple[int, str, int], basis: str, heard: Mapping[str, str]) -> None:
    """Keep the newest of each question, in a transaction of the caller's.

    Args:
        key: the submission, the environment and the seed.
        basis: what the answers rest on beside those and the questions.
    """
    rows = [(*key, question, basis, text) for question, text in heard.items()]
    db.executemany("INSERT OR REPLACE INTO heard VALUES (?, ?, ?, ?, ?, ?)", rows)


def heard_of(db: sqlite3.Connection, key: tuple[str, str, str, str, int], basis: str) -> dict[str, str]:
    """What there is, by question.

    Args:
        key: the student, the assignment, the submission's hash, the environment and the seed.
    """
    rows = db.execute(
        "SELECT h.question, h.text FROM heard h JOIN submissions s ON s.id = h.submission "
        "WHERE (s.student, s.assignment, s.sha, h.environment, h.seed) = (?, ?, ?, ?, ?) AND h.basis = ?",
        (*key, basis),
    )
    return dict(rows.fetchall())
