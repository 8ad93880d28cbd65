"""Rows -> what is known: results under their keys, the class as it stands, what was before. Nothing is written here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.gradebook.database import Database
from grader.gradebook.heard import heard_of
from grader.gradebook.history import Entry, Held, Moved, decisions_about, history_of, moved_in
from grader.records import (
    Cell,
    Check,
    Evidence,
    Execution,
    Grade,
    HandIn,
    Result,
    Student,
    Submission,
    Text,
    Unreadable,
)
from grader.storage import from_json


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


class Rows(Database):
    """What a gradebook knows."""

    # ---- results, by what they rest on

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

    def class_of(self, assignment: str, brief: bool = False) -> Iterator[tuple[Result, Grade]]:
        """What counts for each student who ever handed in this assignment, by key, one after another.

        The results are without cells and without what the cells printed.

        Args:
            brief: checks without what only pages show of them; those that are equal are one object.
        """
        rows = self.db.execute(
            "SELECT e.id, json_remove(s.record, '$.cells', '$.files', '$.texts'), g.record, e.evidence, "
            "json_set(e.record, '$.cells', json('[]')), s.student "
            "FROM standings t JOIN executions e ON e.id = t.execution JOIN submissions s ON s.id = e.submission "
            "JOIN grades g ON g.execution = e.id WHERE t.assignment = ? ORDER BY t.student",
            (assignment,),
        )
        people, known = self.students(), dict[str, Check]()
        for execution, submission, grade, evidence, ran, key in rows:
            told = from_json(Submission, json.dumps({**json.loads(submission), "cells": []}))
            checks = self._brief_checks_of(execution, known) if brief else self._checks_of(execution)
            result = Result(
                replace(told, student=people[key]), from_json(Execution, ran), checks, from_json(Evidence, evidence)
            )
            yield result, replace(from_json(Grade, grade), student=people[key])

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

    # ---- what was before

    def moved(self, run: int, assignment: str) -> list[Moved]:
        """Whose grade is worth something else since a run than before it."""
        return moved_in(self.db, run, assignment)

    def history(self, student: str) -> list[Entry]:
        """Everything that a student's grades were, by assignment, oldest first."""
        return history_of(self.db, student)

    def decisions_about(self, student: str) -> list[Held]:
        """Every decision about a student or about everybody that ever held, oldest first."""
        return decisions_about(self.db, student)

    # ---- parts of these

    def _checks_of(self, execution: int) -> tuple[Check, ...]:
        rows = self.db.execute("SELECT record FROM checks WHERE execution = ? ORDER BY position", (execution,))
        return tuple(from_json(Check, text) for (text,) in rows)

    def _brief_checks_of(self, execution: int, known: dict[str, Check]) -> tuple[Check, ...]:
        """Args: known: by what is stored of them; most of a class has most checks right, which is one record each."""
        rows = self.db.execute(
            "SELECT json_remove(record, '$.trace', '$.seconds', '$.note', '$.figures', '$.fingerprint') "
            "FROM checks WHERE execution = ? ORDER BY position",
            (execution,),
        )
        return tuple(known.get(text) or known.setdefault(text, from_json(Check, text)) for (text,) in rows)

    def _execution_of(self, submission: Submission, key: Key) -> tuple[int, int, str, str] | None:
        row = self.db.execute(
            "SELECT e.id, e.judged, e.record, e.evidence FROM executions e JOIN submissions s ON s.id = e.submission "
            "WHERE (s.student, s.assignment, s.sha, e.suite, e.environment, e.seed) = (?, ?, ?, ?, ?, ?)",
            (submission.student.key, submission.assignment, submission.sha, key.suite, key.environment, key.seed),
        ).fetchone()
        return None if row is None else (row[0], row[1], row[2], row[3])


def _with_cells(submission: Submission, cells: str, texts: str | None) -> Submission:
    """Args: cells, texts: as JSON; texts were not always kept."""
    found = tuple(Text(**one) for one in json.loads(texts or "[]"))
    return replace(submission, cells=tuple(Cell(**one) for one in json.loads(cells)), texts=found)


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
