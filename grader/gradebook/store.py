"""Grade <-> SQLite. A row is written when a submission's grade is complete, all of it in one transaction.

So a run that is killed at any moment loses nothing that was complete and leaves nothing that is half done. Executions
are found again by (student, assignment, submission hash, suite hash, environment hash, seed): what has not changed is
not run again. Each check is stored with what it rests on: where a suite has changed, what it judged before stays beside
what is judged now. Points are computed anew from the stored checks at every run.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import InternalError, UsageError
from grader.folders import make_folder
from grader.gradebook.heard import heard_of, keep_heard
from grader.gradebook.history import (
    Entry,
    Held,
    Moved,
    decisions_about,
    history_of,
    moved_in,
    note_decisions,
    remember,
)
from grader.gradebook.schema import MIGRATIONS, statements
from grader.gradebook.sketches import keep_sketch, sketches_of, without_sketch
from grader.locks import locks_hold
from grader.records import (
    Cell,
    Check,
    Decision,
    Evidence,
    Execution,
    Grade,
    HandIn,
    Result,
    Status,
    Student,
    Submission,
    Text,
    Unreadable,
)
from grader.storage import from_json, to_json

WITHOUT_LOCKS = (
    "its file system has no locks that hold, and two programs could damage a gradebook there; name a folder on a disk "
    "of this machine with --out, or mount that one with locks"
)
MOST_SECONDS = 30  # to wait for another process


@dataclass(frozen=True, slots=True)
class Key:
    """What a stored execution is found by, beside its submission."""

    suite: str
    environment: str
    seed: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored result. `bases`: by question, a hash of what its checks rest on, "" where only the suite is known."""

    result: Result
    bases: Mapping[str, str]


class Gradebook:
    """One gradebook file. Only one process writes to it."""

    def __init__(self, path: Path) -> None:
        """Open or create. Raises UsageError when the file is no gradebook of this version.

        Every call that writes raises OSError, with ENOSPC, when the disk is full.
        """
        self.path = path
        make_folder(path.parent)
        if not locks_hold(path.parent):
            raise UsageError(f"{path.parent}: {WITHOUT_LOCKS}")
        try:
            with self._room():
                self.db = sqlite3.connect(path, isolation_level=None, timeout=MOST_SECONDS)
                self._migrate()  # without foreign keys, while tables are made anew
                self._write_ahead()
                self.db.execute("PRAGMA foreign_keys = ON")
        except sqlite3.OperationalError as error:
            raise UsageError(f"{path}: {error}; choose another folder with --out") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path} is not a gradebook: {error}; choose another folder with --out") from error

    def _write_ahead(self) -> None:
        """Readers and a writer side by side. SQLite does not wait where another process switches to it just now."""
        for attempt in range(MOST_SECONDS * 20):
            try:
                self.db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or attempt == MOST_SECONDS * 20 - 1:
                    raise
            time.sleep(0.05)

    def _migrate(self) -> None:
        """Bring the file to the newest version, all of it at once: another process may be about to do the same."""
        if self._version() == len(MIGRATIONS):
            return
        self.db.execute("BEGIN EXCLUSIVE")
        try:
            version = self._version()
            if version > len(MIGRATIONS):
                raise UsageError(f"{self.path} was written by a newer grader; upgrade this one")
            for script in MIGRATIONS[version:]:
                for statement in statements(script):
                    self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    def _version(self) -> int:
        return int(self.db.execute("PRAGMA user_version").fetchone()[0])

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

    def record(
        self,
        run: int,
        result: Result,
        grade: Grade,
        *,
        counts: bool = True,
        bases: Mapping[str, str] | None = None,
        answers: str = "",
    ) -> None:
        """Store one graded submission; an older execution under the same key makes way.

        Args:
            counts: whether it is what the student's grade rests on from now on.
            bases: by question, a hash of what its checks rest on.
            answers: a hash of what a kernel's answers rest on beside the notebook; without it they are not kept.
        """
        known = bases or {}
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
                "INSERT INTO checks (execution, position, question, name, status, record, basis) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (execution, i, c.question, c.name, c.status.value, to_json(c), known.get(c.question, ""))
                    for i, c in enumerate(result.checks)
                ],
            )
            if answers:
                keep_heard(self.db, (owner, evidence.environment, evidence.seed), answers, result.heard)
            self._store_grade(execution, grade)
            if counts:
                self._stand(run, execution, submission)

    def rescore(self, run: int, result: Result, grade: Grade, *, counts: bool = True) -> None:
        """Store the points of an execution that was not run again."""
        evidence = result.evidence
        found = self._execution_of(result.submission, Key(evidence.suite, evidence.environment, evidence.seed))
        if found is None:
            name = result.submission.student.name
            raise InternalError(f"{name}: the execution to be scored is not in the gradebook")
        with self._transaction():
            self._submission_id(result.submission)  # it may have been handed in elsewhere, or later, than it was
            self._store_grade(found[0], grade)
            if counts:
                self._stand(run, found[0], result.submission)

    def refuse(self, run: int, entry: Unreadable) -> None:
        """Store that a submission could not be read; what was said before of this student's work on it makes way.

        The assignment of a file that was told once is not forgotten when it lies alone later.
        """
        student = entry.student.key
        with self._transaction():
            self._meet(entry.student)
            same = "SELECT assignment FROM unreadable WHERE student = ? AND path = ?"
            known = self.db.execute(same, (student, entry.path)).fetchone()
            assignment = entry.assignment or (known[0] if known else "")
            self.db.execute(
                "DELETE FROM unreadable WHERE student = ? AND run <> ? AND assignment IN ('', ?)",
                (student, run, assignment),
            )
            self.db.execute(
                "INSERT OR REPLACE INTO unreadable (student, path, run, reason, assignment) VALUES (?, ?, ?, ?, ?)",
                (student, entry.path, run, entry.reason, assignment),
            )

    def find(self, submission: Submission, key: Key) -> Result | None:
        """The stored result of exactly this submission, if every check of it was judged."""
        found = self._execution_of(submission, key)
        if found is None or not found[1]:
            return None
        execution, _, record, evidence = found
        checks = self._checks_of(execution)
        return Result(submission, from_json(Execution, record), checks, from_json(Evidence, evidence))

    def stored(self, submission: Submission, key: Key) -> list[Stored]:
        """All stored results of exactly this submission in this environment, whichever suite judged; newest first."""
        rows = self.db.execute(
            "SELECT e.id, e.record, e.evidence FROM executions e JOIN submissions s ON s.id = e.submission "
            "WHERE (s.student, s.assignment, s.sha, e.environment, e.seed) = (?, ?, ?, ?, ?) ORDER BY e.id DESC",
            (submission.student.key, submission.assignment, submission.sha, key.environment, key.seed),
        )
        found = []
        for execution, record, evidence in rows.fetchall():
            bases = dict(self.db.execute("SELECT question, basis FROM checks WHERE execution = ?", (execution,)))
            checks = self._checks_of(execution)
            result = Result(submission, from_json(Execution, record), checks, from_json(Evidence, evidence))
            found.append(Stored(result, bases))
        return found

    def heard(self, submission: Submission, key: Key, answers: str) -> dict[str, str]:
        """What a kernel was asked and answered about exactly this submission in this environment, by question."""
        named = (submission.student.key, submission.assignment, submission.sha, key.environment, key.seed)
        return heard_of(self.db, named, answers)

    def grades(self) -> Iterable[tuple[str, str, Grade]]:
        """Every stored grade with its submission hash and suite hash, in a stable order."""
        rows = self.db.execute(
            "SELECT s.sha, e.suite, g.record FROM grades g JOIN executions e ON e.id = g.execution "
            "JOIN submissions s ON s.id = e.submission ORDER BY s.assignment, s.student, s.sha, e.suite, e.environment"
        )
        return [(sha, suite, from_json(Grade, text)) for sha, suite, text in rows]

    # ---- the class

    def class_of(self, assignment: str) -> list[tuple[Result, Grade]]:
        """What counts for each student who ever handed in this assignment, by key.

        The results are without cells and without what the cells printed: a class is in memory at once.
        """
        rows = self.db.execute(
            "SELECT e.id, json_remove(s.record, '$.cells', '$.files', '$.texts'), g.record, e.evidence, "
            "json_set(e.record, '$.cells', json('[]')), s.student "
            "FROM standings t JOIN executions e ON e.id = t.execution JOIN submissions s ON s.id = e.submission "
            "JOIN grades g ON g.execution = e.id WHERE t.assignment = ? ORDER BY t.student",
            (assignment,),
        ).fetchall()
        people = self.students()
        found = []
        for execution, submission, grade, evidence, ran, key in rows:
            told = from_json(Submission, json.dumps({**json.loads(submission), "cells": []}))
            checks = self._checks_of(execution)
            result = Result(
                replace(told, student=people[key]), from_json(Execution, ran), checks, from_json(Evidence, evidence)
            )
            found.append((result, replace(from_json(Grade, grade), student=people[key])))
        return found

    def whole(self, student: str, assignment: str) -> Result | None:
        """All of what counts for a student and an assignment."""
        row = self.db.execute(
            "SELECT e.id, s.record, e.record, e.evidence FROM standings t JOIN executions e ON e.id = t.execution "
            "JOIN submissions s ON s.id = e.submission WHERE t.student = ? AND t.assignment = ?",
            (student, assignment),
        ).fetchone()
        if row is None:
            return None
        execution, submission, ran, evidence = row
        told, checks = from_json(Submission, submission), self._checks_of(execution)
        return Result(told, from_json(Execution, ran), checks, from_json(Evidence, evidence))

    def refused(self) -> list[Unreadable]:
        """Who handed in something that cannot be read, as far as nothing better came since."""
        people = self.students()
        rows = self.db.execute("SELECT student, path, reason, assignment FROM unreadable ORDER BY student, path")
        return [Unreadable(people[key], path, reason, assignment) for key, path, reason, assignment in rows]

    def handed(self) -> list[tuple[Student, str]]:
        """Everybody with each assignment that they handed in; "" where it cannot be told."""
        people = self.students()
        rows = self.db.execute(
            "SELECT student, assignment FROM standings UNION SELECT student, assignment FROM unreadable"
        )
        return [(people[key], assignment) for key, assignment in rows]

    def hand_ins(self) -> list[tuple[str, str, HandIn]]:
        """When everything that counts was handed in: the student's key, the assignment, and that."""
        rows = self.db.execute(
            "SELECT s.student, s.assignment, json_extract(s.record, '$.handed') FROM standings t "
            "JOIN executions e ON e.id = t.execution JOIN submissions s ON s.id = e.submission"
        )
        return [(key, id, HandIn(**json.loads(told or "{}"))) for key, id, told in rows]

    def with_cells(self, submission: Submission) -> Submission:
        """A stored submission with its cells and texts."""
        row = self.db.execute(
            "SELECT json_extract(record, '$.cells'), json_extract(record, '$.texts') FROM submissions "
            "WHERE (student, assignment, sha) = (?, ?, ?)",
            (submission.student.key, submission.assignment, submission.sha),
        ).fetchone()
        return _with_cells(submission, *row) if row else submission

    def handed_for(self, assignment: str) -> Iterator[tuple[Submission, dict[int, str]]]:
        """What counts for each student, with its cells, by key; and a hash of what each cell drew, if it drew."""
        people = self.students()
        rows = self.db.execute(
            "SELECT t.student, json_extract(s.record, '$.cells'), json_extract(s.record, '$.texts'), "
            "json_remove(s.record, '$.cells', '$.files', '$.texts'), json_extract(e.record, '$.cells') "
            "FROM standings t JOIN executions e ON e.id = t.execution JOIN submissions s ON s.id = e.submission "
            "WHERE t.assignment = ? ORDER BY t.student",
            (assignment,),
        )
        for key, cells, texts, record, ran in rows:
            told = from_json(Submission, json.dumps({**json.loads(record), "cells": []}))
            drawn = {run["number"]: _hash(run["images"]) for run in json.loads(ran) if run["images"]}
            yield _with_cells(replace(told, student=people[key]), cells, texts), drawn

    def assignments(self) -> list[str]:
        """Those that somebody has a grade for."""
        return [id for (id,) in self.db.execute("SELECT DISTINCT assignment FROM standings ORDER BY assignment")]

    def students(self) -> dict[str, Student]:
        """Everybody who is known, by key."""
        rows = self.db.execute("SELECT key, name, ids FROM students")
        return {key: Student(key, name, json.loads(ids)) for key, name, ids in rows}

    def sketches(
        self, assignment: str, basis: str, make: Callable[[list[Cell]], Sequence[int]]
    ) -> dict[str, list[int]]:
        """The sketches of everybody's code, by key; those that are not there yet are made.

        Args:
            basis: what they rest on beside the code.
        """
        made = [(sha, make(cells)) for sha, cells in without_sketch(self.db, assignment, basis)]
        if made:
            with self._transaction():
                for sha, numbers in made:
                    keep_sketch(self.db, assignment, sha, basis, numbers)
        return sketches_of(self.db, assignment, basis)

    def moved(self, run: int, assignment: str) -> list[Moved]:
        """Whose grade is worth something else since a run than before it."""
        return moved_in(self.db, run, assignment)

    def history(self, student: str) -> list[Entry]:
        """Everything that a student's grades were, by assignment, oldest first."""
        return history_of(self.db, student)

    def decisions_about(self, student: str) -> list[Held]:
        """Every decision about a student or about everybody that ever held, oldest first."""
        return decisions_about(self.db, student)

    def note_decisions(self, run: int, now: Iterable[tuple[str, Decision]]) -> None:
        """Keep which decisions hold, with the student's key each ("" for everybody), and end those that do no more."""
        with self._transaction():
            note_decisions(self.db, run, now)

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

    def _stand(self, run: int, execution: int, submission: Submission) -> None:
        """What counts for a student from now on; what could not be read in an earlier run counts no more."""
        student, assignment = submission.student.key, submission.assignment
        self.db.execute("INSERT OR REPLACE INTO standings VALUES (?, ?, ?, ?)", (student, assignment, execution, run))
        self.db.execute(
            "DELETE FROM unreadable WHERE student = ? AND run <> ? AND assignment IN ('', ?)",
            (student, run, assignment),
        )
        remember(self.db, run, student, assignment)

    def _checks_of(self, execution: int) -> tuple[Check, ...]:
        rows = self.db.execute("SELECT record FROM checks WHERE execution = ? ORDER BY position", (execution,))
        return tuple(from_json(Check, text) for (text,) in rows)

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


def _with_cells(submission: Submission, cells: str, texts: str | None) -> Submission:
    """Args: cells, texts: as JSON; texts were not always kept."""
    found = tuple(Text(**one) for one in json.loads(texts or "[]"))
    return replace(submission, cells=tuple(Cell(**one) for one in json.loads(cells)), texts=found)


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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


def _peek(path: Path, question: str) -> list[tuple[str, ...]]:
    """What a gradebook answers; nothing when it is none, or older than the question."""
    if not os.path.isfile(path):  # noqa: PTH113  (a name may be longer than a system allows)
        return []
    try:
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as db:
            return db.execute(question).fetchall()
    except sqlite3.DatabaseError:
        return []
