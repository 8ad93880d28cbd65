"""What leaves the class: everybody's grades by assignment, from gradebook, course and roster; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.classroom.people import People, people_of
from grader.classroom.roll import Roll, Row, roll_of
from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.errors import UsageError
from grader.exports.entries import Entry, State, Work
from grader.gradebook.store import Gradebook
from grader.records import Student, Terms, Unreadable
from grader.roster.matching import Clues, clues_about, clues_of
from grader.roster.people import Person
from grader.roster.roster import Roster


def read_roll(course: Course, folder: Path, roster: Roster | None) -> Roll:
    """The class whose results lie in a folder. Raises UsageError where there are none."""
    path = folder / "gradebook.db"
    if not path.is_file():
        raise UsageError(f"{folder}: there is no gradebook; name the folder of `grader run --out` with --from")
    gradebook = Gradebook(path)
    try:
        return roll_of(gradebook, course, folder, people_of(roster, gradebook.handed()))
    finally:
        gradebook.close()


def works_of(course: Course, roll: Roll, ids: Sequence[str], now: str) -> list[Work]:
    """Everybody's entry for some assignments, or for all that anybody has a grade for.

    Args:
        now: the moment that deadlines are compared with, in UTC as records have it.

    Raises UsageError for an assignment that nobody has a grade for.
    """
    graded = list(dict.fromkeys(row.grade.assignment for row in roll.rows))
    for id in ids:
        if id not in graded:
            raise UsageError(f"{id}: nobody has a grade for it; there are {', '.join(graded) or 'none'}")
    settings = settings_of(course)
    return [_work(course, roll, id, settings.of(id), now) for id in ids or graded]


def _work(course: Course, roll: Roll, id: str, terms: Terms, now: str) -> Work:
    assignment = course.assignment(id)
    rows = [row for row in roll.rows if row.grade.assignment == id]
    graded = {row.grade.student.key for row in rows}
    torn = [
        one for one in roll.unreadable if one.assignment == id or (not one.assignment and one.student.key not in graded)
    ]
    due = terms.due.strftime("%Y-%m-%dT%H:%M:%SZ") if terms.due else ""
    entries = [_graded(row, roll) for row in rows] + [_unreadable(one, roll) for one in torn]
    for student, work in roll.missing:
        if work == id:
            entries.append(_entry(roll, student, State.MISSING, over=bool(due) and due < now))
    titles = {question.id: question.title for question in assignment.questions}
    return Work(id, assignment.title, assignment.points, due, tuple(entries), titles)


def _graded(row: Row, roll: Roll) -> Entry:
    grade, submission = row.grade, row.result.submission
    return _entry(
        roll,
        grade.student,
        State(grade.status.value),
        earned=grade.earned,
        scores=grade.scores,
        checks=row.result.checks,
        handed=submission.handed,
        path=submission.path,
        page=row.page,
        doubt=next((why for who, id, why in roll.twice if (who.key, id) == (grade.student.key, grade.assignment)), ""),
    )


def _unreadable(one: Unreadable, roll: Roll) -> Entry:
    return _entry(roll, one.student, State.UNREADABLE, path=one.path, remark=one.reason)


def _entry(roll: Roll, student: Student, state: State, **more: Any) -> Entry:
    """An entry of somebody by the roster, or of somebody of whom a hand-in is all that is known."""
    key = student.key
    person = roll.people.person(key) or Person("", student.name, ids=_ids(student))
    return Entry(person, roll.names[key], _clues(roll.people, student), state, **more)


def _ids(student: Student) -> dict[str, tuple[str, ...]]:
    platform, mark, number = student.key.partition("//")
    return {platform: (number,)} if mark and platform in student.ids else {}


def _clues(people: People, student: Student) -> Clues:
    """What tells the platform who it is: its own id, then what the roster says; of a stranger to it nothing vague."""
    handed = people.students.get(student.key, student)
    own = tuple((platform, number) for platform, (number,) in _ids(handed).items())
    person = people.person(student.key)
    if person is not None:
        about = clues_about(person)
        return replace(about, exact=(*own, *about.exact))
    return clues_of(handed) if people.roster is None else Clues(own)
