"""Grade <-> SQLite. A row is written when a submission's grade is complete, all of it in one transaction.

So a run that is killed at any moment loses nothing that was complete and leaves nothing that is half done. Executions
are found again by (student, assignment, submission hash, suite hash, environment hash, seed): what has not changed is
not run again. Points are computed anew from the stored checks at every run.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.errors import InternalError, UsageError
from grader.records import (
    Check,
    Evidence,
    Execution,
    Grade,
    Result,
    Status,
    Student,
    Submission,
    Unreadable,
)
from grader.storage import from_json, to_json

MIGRATIONS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        command TEXT NOT NULL,
        started TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT;
    CREATE TABLE submissions (
        id INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        sha TEXT NOT NULL,
        record TEXT NOT NULL,
        UNIQUE (student, assignment, sha)
    ) STRICT;
    CREATE TABLE executions (
        id INTEGER PRIMARY KEY,
        submission INTEGER NOT NULL REFERENCES submissions(id),
        run INTEGER NOT NULL REFERENCES runs(id),
        suite TEXT NOT NULL,
        environment TEXT NOT NULL,
        seed INTEGER NOT NULL,
        judged INTEGER NOT NULL CHECK (judged IN (0, 1)),
        record TEXT NOT NULL,
        evidence TEXT NOT NULL,
        finished TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT;
    CREATE UNIQUE INDEX executions_key ON executions (submission, suite, environment, seed);
    CREATE TABLE checks (
        execution INTEGER NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        question TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('passed', 'failed', 'unjudged')),
        record TEXT NOT NULL,
        PRIMARY KEY (execution, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE grades (
        execution INTEGER PRIMARY KEY REFERENCES executions(id) ON DELETE CASCADE,
        earned REAL NOT NULL CHECK (earned >= 0 AND earned <= points),
        points REAL NOT NULL CHECK (points > 0),
        status TEXT NOT NULL CHECK (status IN ('passed', 'failed', 'unjudged')),
        record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unreadable (
        student TEXT NOT NULL,
        path TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        reason TEXT NOT NULL,
        PRIMARY KEY (student, path)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE students (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        ids TEXT NOT NULL CHECK (json_valid(ids))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO students SELECT student, student, '{}' FROM submissions
        UNION SELECT student, student, '{}' FROM unreadable;
    UPDATE submissions SET record = json_set(
        record, '$.student', json_object('key', student, 'name', student, 'ids', json('{}')));
    UPDATE grades SET record = json_set(
        record, '$.student', (SELECT json_object('key', s.student, 'name', s.student, 'ids', json('{}'))
        FROM executions e JOIN submissions s ON s.id = e.submission WHERE e.id = grades.execution));
    UPDATE checks SET record = json_set(record, '$.not_written', json('true'))
        WHERE json_extract(record, '$.message') = 'This is not written yet.';
    """,
)


@dataclass(frozen=True, slots=True)
class Key:
    """What a stored execution is found by, beside its submission."""

    suite: str
    environment: str
    seed: int


class Gradebook:
    """One gradebook file. Only one process writes to it."""

    def __init__(self, path: Path) -> None:
        """Open or create. Raises UsageError when the file is no gradebook of this version.

        Every call that writes raises OSError, with ENOSPC, when the disk is full.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._room():
                self.db = sqlite3.connect(path, isolation_level=None, timeout=30)
                self.db.execute("PRAGMA journal_mode = WAL")
                self.db.execute("PRAGMA foreign_keys = ON")
                self._migrate()
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path} is no gradebook: {error}; choose another folder with --out") from error

    def _migrate(self) -> None:
        """Bring the file to the newest version; each migration and its number commit together."""
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise UsageError(f"{self.path} was written by a newer grader; upgrade this one")
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            self.db.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def _room(self) -> Iterator[None]:
        """A full disk is no fault of SQLite's."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, "the disk is full", str(self.path)) from error
            raise

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._room():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:  # SQLite itself rolls back when the disk is full
                    self.db.execute("ROLLBACK")
                raise

    def begin_run(self, command: str) -> int:
        """A new row in `runs`; returns its number."""
        with self._transaction():
            return int(self._insert("INSERT INTO runs (command) VALUES (?)", (command,)))

    def record(self, run: int, result: Result, grade: Grade) -> None:
        """Store one graded submission; an older execution under the same key makes way."""
        submission, evidence = result.submission, result.evidence
        judged = all(check.status is not Status.UNJUDGED for check in result.checks)
        with self._transaction():
            owner = self._submission_id(submission)
            key = (owner, evidence.suite, evidence.environment, evidence.seed)
            self.db.execute(
                "DELETE FROM executions WHERE submission = ? AND suite = ? AND environment = ? AND seed = ?", key
            )
            execution = self._insert(
                "INSERT INTO executions (submission, suite, environment, seed, run, judged, record, evidence) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*key, run, int(judged), to_json(result.execution), to_json(evidence)),
            )
            self.db.executemany(
                "INSERT INTO checks VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (execution, position, check.question, check.name, check.status.value, to_json(check))
                    for position, check in enumerate(result.checks)
                ],
            )
            self._store_grade(execution, grade)

    def rescore(self, result: Result, grade: Grade) -> None:
        """Store the points of an execution that was not run again."""
        evidence = result.evidence
        found = self._execution_of(result.submission, Key(evidence.suite, evidence.environment, evidence.seed))
        if found is None:
            raise InternalError(f"{result.submission.student.name}: the execution to be scored is not in the gradebook")
        with self._transaction():
            self._store_grade(found[0], grade)

    def refuse(self, run: int, entry: Unreadable) -> None:
        """Store that a submission could not be read."""
        row = (entry.student.key, entry.path, run, entry.reason)
        with self._transaction():
            self._meet(entry.student)
            self.db.execute("INSERT OR REPLACE INTO unreadable VALUES (?, ?, ?, ?)", row)

    def find(self, submission: Submission, key: Key) -> Result | None:
        """The stored result of exactly this submission, if every check of it was judged."""
        found = self._execution_of(submission, key)
        if found is None or not found[1]:
            return None
        execution, _, record, evidence = found
        rows = self.db.execute("SELECT record FROM checks WHERE execution = ? ORDER BY position", (execution,))
        checks = tuple(from_json(Check, text) for (text,) in rows)
        return Result(submission, from_json(Execution, record), checks, from_json(Evidence, evidence))

    def grades(self) -> Iterable[tuple[str, str, Grade]]:
        """Every stored grade with its submission hash and suite hash, in a stable order."""
        rows = self.db.execute(
            "SELECT s.sha, e.suite, g.record FROM grades g JOIN executions e ON e.id = g.execution "
            "JOIN submissions s ON s.id = e.submission ORDER BY s.assignment, s.student, s.sha, e.suite, e.environment"
        )
        return [(sha, suite, from_json(Grade, text)) for sha, suite, text in rows]

    # ---- rows

    def _meet(self, student: Student) -> None:
        """Store who a student is; what is known newly goes before what was known."""
        row = (student.key, student.name, json.dumps(student.ids, ensure_ascii=False))
        self.db.execute("INSERT OR REPLACE INTO students VALUES (?, ?, ?)", row)

    def _submission_id(self, submission: Submission) -> int:
        self._meet(submission.student)
        named = (submission.student.key, submission.assignment, submission.sha)
        self.db.execute(
            "INSERT INTO submissions (student, assignment, sha, record) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (student, assignment, sha) DO UPDATE SET record = excluded.record",
            (*named, to_json(submission)),
        )
        row = self.db.execute("SELECT id FROM submissions WHERE (student, assignment, sha) = (?, ?, ?)", named)
        return int(row.fetchone()[0])

    def _execution_of(self, submission: Submission, key: Key) -> tuple[int, int, str, str] | None:
        row = self.db.execute(
            "SELECT e.id, e.judged, e.record, e.evidence FROM executions e JOIN submissions s ON s.id = e.submission "
            "WHERE (s.student, s.assignment, s.sha, e.suite, e.environment, e.seed) = (?, ?, ?, ?, ?, ?)",
            (submission.student.key, submission.assignment, submission.sha, key.suite, key.environment, key.seed),
        ).fetchone()
        return None if row is None else (row[0], row[1], row[2], row[3])

    def _store_grade(self, execution: int, grade: Grade) -> None:
        row = (execution, min(grade.earned, grade.points), grade.points, grade.status.value, to_json(grade))
        self.db.execute("INSERT OR REPLACE INTO grades VALUES (?, ?, ?, ?, ?)", row)

    def _insert(self, sql: str, values: tuple[object, ...]) -> int:
        number = self.db.execute(sql, values).lastrowid
        assert number is not None
        return number
