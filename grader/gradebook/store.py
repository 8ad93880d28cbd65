"""Grade <-> SQLite. A row is written when a submission's grade is complete, all of it in one transaction.

So a run that is killed at any moment loses nothing that was complete and leaves nothing that is half done. Executions
are found again by (student, assignment, submission hash, suite hash, environment hash, seed): what has not changed is
not run again. Each check is stored with what it rests on: where a suite has changed, what it judged before stays beside
what is judged now. Points are computed anew from the stored checks at every run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from grader.errors import InternalError
from grader.gradebook.heard import keep_heard
from grader.gradebook.history import note_decisions, remember
from grader.gradebook.rows import Key, Rows
from grader.gradebook.sketches import keep_sketch, sketches_of, without_sketch
from grader.records import Cell, Decision, Grade, Result, Status, Student, Submission, Unreadable
from grader.storage import to_json

AT_ONCE = 200  # sketches of code that are made and kept in one go


class Gradebook(Rows):
    """A gradebook that is written to. Every call raises OSError, with ENOSPC, when the disk is full."""

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
        """Store the points of an execution that was not run again, where anything of it is not as it stands there."""
        evidence = result.evidence
        found = self._execution_of(result.submission, Key(evidence.suite, evidence.environment, evidence.seed))
        if found is None:
            name = result.submission.student.name
            raise InternalError(f"{name}: the execution to be scored is not in the gradebook")
        if counts and self._stands_so(found[0], result.submission, grade):
            return
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

    def sketches(
        self, assignment: str, basis: str, make: Callable[[list[Cell]], Sequence[int]]
    ) -> Iterator[tuple[str, list[int]]]:
        """The sketches of everybody's code, with the key of each; those that are not there yet are made.

        Args:
            basis: what they rest on beside the code.
        """
        missing = without_sketch(self.db, assignment, basis)
        while made := [(sha, make(cells)) for sha, cells in islice(missing, AT_ONCE)]:
            with self._transaction():
                for sha, numbers in made:
                    keep_sketch(self.db, assignment, sha, basis, numbers)
        return sketches_of(self.db, assignment, basis)

    def note_decisions(self, run: int, now: Iterable[tuple[str, Decision]]) -> None:
        """Keep which decisions hold, with the student's key each ("" for everybody), and end those that do no more."""
        with self._transaction():
            note_decisions(self.db, run, now)

    # ---- rows

    def _meet(self, student: Student) -> None:
        """Store who a student is; what is known newly goes before what was known."""
        row = (student.key, student.name, _ids(student))
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

    def _stands_so(self, execution: int, submission: Submission, grade: Grade) -> bool:
        """Whether this is what counts, to the letter, and nothing of this student's waits to be read."""
        student = submission.student
        row = self.db.execute(
            "SELECT s.record, g.record, p.name, p.ids FROM standings t JOIN executions e ON e.id = t.execution "
            "JOIN submissions s ON s.id = e.submission JOIN grades g ON g.execution = e.id "
            "JOIN students p ON p.key = t.student WHERE (t.student, t.assignment, t.execution) = (?, ?, ?) "
            "AND NOT EXISTS (SELECT * FROM unreadable u WHERE u.student = t.student)",
            (student.key, submission.assignment, execution),
        ).fetchone()
        return bool(row) and row == (to_json(submission), to_json(grade), student.name, _ids(student))

    def _store_grade(self, execution: int, grade: Grade) -> None:
        row = (execution, min(grade.earned, grade.points), grade.points, grade.status.value, to_json(grade))
        self.db.execute("INSERT OR REPLACE INTO grades VALUES (?, ?, ?, ?, ?)", row)


def _ids(student: Student) -> str:
    return json.dumps(student.ids, ensure_ascii=False)
