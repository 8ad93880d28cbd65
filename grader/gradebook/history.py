"""What a grade was before, and since which run persons' decisions hold: rows that are only ever added to.

A run leaves a row for a student and an assignment where something is not as the run before left it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from grader.records import Decision, Grade
from grader.storage import from_json, to_json

_NOW = """
    SELECT s.sha, e.suite, e.environment, e.seed, g.record FROM standings t JOIN executions e ON e.id = t.execution
    JOIN submissions s ON s.id = e.submission JOIN grades g ON g.execution = e.id
    WHERE (t.student, t.assignment) = (?, ?)
"""
_BEFORE = """
    SELECT sha, suite, environment, seed, record FROM history WHERE (student, assignment) = (?, ?) AND run < ?
    ORDER BY run DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A grade as a run left it, and what it rested on.

    Attributes:
        started: when the run did, ISO 8601, UTC.
        sha: of the submission; `suite` of the hidden suite; `environment` of versions and device.
    """

    run: int
    started: str
    command: str
    sha: str
    suite: str
    environment: str
    seed: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Moved:
    """A grade that a run changed: the student's key, what it was, what it is, and whether of another notebook."""

    student: str
    before: Grade
    now: Grade
    anew: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A decision, the run that met it first, and the one that met it no more."""

    decision: Decision
    student: str  # the key; "" for everybody
    since: int
    until: int | None


def remember(db: sqlite3.Connection, run: int, student: str, assignment: str) -> None:
    """Keep what counts now, if an earlier run left something else; within a transaction."""
    now = db.execute(_NOW, (student, assignment)).fetchone()
    before = db.execute(_BEFORE, (student, assignment, run)).fetchone()
    db.execute("DELETE FROM history WHERE (student, assignment, run) = (?, ?, ?)", (student, assignment, run))
    if now is not None and now != before:
        db.execute("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (student, assignment, run, *now))


def history_of(db: sqlite3.Connection, student: str) -> list[Entry]:
    """Everything that a student's grades were, by assignment, oldest first."""
    rows = db.execute(
        "SELECT r.id, r.started, r.command, h.sha, h.suite, h.environment, h.seed, h.record FROM history h "
        "JOIN runs r ON r.id = h.run WHERE h.student = ? ORDER BY h.assignment, h.run",
        (student,),
    )
    return [
        Entry(run, started, command, sha, suite, environment, seed, from_json(Grade, record))
        for run, started, command, sha, suite, environment, seed, record in rows
    ]


def moved_in(db: sqlite3.Connection, run: int, assignment: str) -> list[Moved]:
    """Whose grade is worth something else since this run than before it, by key."""
    rows = db.execute(
        "SELECT h.student, b.record, h.record, b.sha <> h.sha FROM history h "
        "JOIN history b ON (b.student, b.assignment, b.run) = "
        "(h.student, h.assignment, (SELECT max(run) FROM history o WHERE (o.student, o.assignment) = "
        "(h.student, h.assignment) AND o.run < h.run)) WHERE (h.run, h.assignment) = (?, ?) ORDER BY h.student",
        (run, assignment),
    )
    found = [Moved(key, from_json(Grade, was), from_json(Grade, now), bool(anew)) for key, was, now, anew in rows]
    return [one for one in found if _worth(one.before) != _worth(one.now)]


def _worth(grade: Grade) -> tuple[object, ...]:
    scores = {score.question: (score.earned, score.points) for score in grade.scores}
    return grade.earned, grade.points, grade.status, scores


def note_decisions(db: sqlite3.Connection, run: int, now: Iterable[tuple[str, Decision]]) -> None:
    """Keep which decisions hold, with the student's key each, and end those that hold no more; in a transaction."""
    held = {(student, record): id for id, student, record in db.execute(f"{_HELD} WHERE until IS NULL")}
    found = [(student, to_json(replace(decision, where=""))) for student, decision in now]  # lines move
    for place in found:
        if place not in held:
            db.execute("INSERT INTO decisions (student, record, since) VALUES (?, ?, ?)", (*place, run))
    gone = held.keys() - set(found)
    db.executemany("UPDATE decisions SET until = ? WHERE id = ?", [(run, held[place]) for place in gone])


_HELD = "SELECT id, student, record FROM decisions"


def decisions_about(db: sqlite3.Connection, student: str) -> list[Held]:
    """Every decision about a student or about everybody that ever held, oldest first."""
    rows = db.execute(
        "SELECT record, student, since, until FROM decisions WHERE student IN ('', ?) ORDER BY since, id", (student,)
    )
    return [Held(from_json(Decision, record), key, since, until) for record, key, since, until in rows]
