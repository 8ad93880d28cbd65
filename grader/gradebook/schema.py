"""The gradebook's tables, as the steps that led to them: a file is brought forward by those that it lacks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

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

    ALTER TABLE grades RENAME TO old_grades;
    CREATE TABLE grades (
        execution INTEGER PRIMARY KEY REFERENCES executions(id) ON DELETE CASCADE,
        earned REAL NOT NULL CHECK (earned >= 0 AND earned <= points),
        points REAL NOT NULL CHECK (points > 0),
        status TEXT NOT NULL CHECK (status IN ('complete', 'partial', 'none', 'unjudged')),
        record TEXT NOT NULL
    ) STRICT;
    INSERT INTO grades SELECT execution, earned, points, word, json_set(record, '$.status', word) FROM (
        SELECT *, CASE status WHEN 'unjudged' THEN 'unjudged' WHEN 'passed' THEN 'complete'
            ELSE iif(earned > 0, 'partial', 'none') END AS word FROM old_grades);
    DROP TABLE old_grades;

    CREATE TABLE standings (  -- which execution counts for a student and an assignment
        student TEXT NOT NULL REFERENCES students(key),
        assignment TEXT NOT NULL,
        execution INTEGER NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
        run INTEGER NOT NULL REFERENCES runs(id),
        PRIMARY KEY (student, assignment)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO standings SELECT s.student, s.assignment, e.id, max(e.run)
        FROM executions e JOIN submissions s ON s.id = e.submission GROUP BY s.student, s.assignment;

    ALTER TABLE unreadable ADD COLUMN assignment TEXT NOT NULL DEFAULT '';
    """,
    """
    ALTER TABLE grades RENAME TO old_grades;
    CREATE TABLE grades (
        execution INTEGER PRIMARY KEY REFERENCES executions(id) ON DELETE CASCADE,
        earned REAL NOT NULL CHECK (earned >= 0 AND earned <= points),
        points REAL NOT NULL CHECK (points > 0),
        status TEXT NOT NULL CHECK (status IN ('complete', 'partial', 'none', 'unjudged', 'excused')),
        record TEXT NOT NULL
    ) STRICT;
    INSERT INTO grades SELECT * FROM old_grades;
    DROP TABLE old_grades;

    CREATE TABLE history (  -- what a student's grade was when a run had left it, if it was another before
        student TEXT NOT NULL REFERENCES students(key),
        assignment TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        sha TEXT NOT NULL,
        suite TEXT NOT NULL,
        environment TEXT NOT NULL,
        seed INTEGER NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (student, assignment, run)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO history SELECT t.student, t.assignment, t.run, s.sha, e.suite, e.environment, e.seed, g.record
        FROM standings t JOIN executions e ON e.id = t.execution JOIN submissions s ON s.id = e.submission
        JOIN grades g ON g.execution = e.id;

    CREATE TABLE decisions (  -- what persons decided, as runs met it
        id INTEGER PRIMARY KEY,
        student TEXT NOT NULL,  -- the key; '' for everybody
        record TEXT NOT NULL,
        since INTEGER NOT NULL REFERENCES runs(id),
        until INTEGER REFERENCES runs(id)  -- which met it no more
    ) STRICT;
    """,
    """
    ALTER TABLE checks ADD COLUMN basis TEXT NOT NULL DEFAULT '';  -- what it rests on; '': on the execution's suite
    """,
    """
    CREATE TABLE sketches (  -- of code, to tell which is alike; `basis` says what they can be compared with
        assignment TEXT NOT NULL,
        sha TEXT NOT NULL,
        basis TEXT NOT NULL,
        numbers TEXT NOT NULL CHECK (json_valid(numbers)),
        PRIMARY KEY (assignment, sha, basis)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE heard (  -- what a kernel was asked and answered; `basis` says what that rests on beside the key
        submission INTEGER NOT NULL REFERENCES submissions(id) ON DELETE CASCADE,
        environment TEXT NOT NULL,
        seed INTEGER NOT NULL,
        question TEXT NOT NULL,
        basis TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (submission, environment, seed, question)
    ) STRICT;
    """,
)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end the transaction around them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
