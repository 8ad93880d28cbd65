"""What leaves the class: everybody's grades by assignment, from gradebook, course and roster; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.classroom.people import People, people_of
from grader.classroom.roll import Missing, Roll, Row, penalty_of, roll_of, unreadable_path
from grader.classroom.scorer import Scorer, scorer_of
from grader.course.catalog import Course
from grader.errors import UsageError
from grader.exports.entries import Entry, State, Work
from grader.gradebook.store import Gradebook
from grader.records import Student
from grader.roster.matching import Clues, clues_about, clues_of
from grader.roster.people import Person
from grader.roster.roster import Roster
from grader.rules.lateness import iso


@dataclass(frozen=True)
class Outgoing:
    """A class whose results lie in the folder `out`, scored by the course as it is now."""

    course: Course
    scorer: Scorer
    roll: Roll
    now: datetime
    out: Path

    def works(self, ids: Sequence[str] = ()) -> list[Work]:
        """Everybody's entry for some assignments, or for all that anybody has a grade for.

        Raises UsageError for an assignment that nobody handed in.
        """
        graded = list(dict.fromkeys(row.grade.assignment for row in self.roll.rows))
        torn = {one.assignment for one in self.roll.unreadable}
        for id in ids:
            if id not in graded and not (id in self.course.ids() and torn & {"", id}):
                raise UsageError(f"{id}: nobody has a grade for it; there are {', '.join(graded) or 'none'}")
        return [self._work(id) for id in dict.fromkeys(ids or graded)]

    def held(self, works: Sequence[Work]) -> list[Work]:
        """Those whose feedback is not released yet."""
        return [work for work in works if (release := self.release(work.id)) and release > self.now]

    def release(self, assignment: str) -> datetime | None:
        """From when on students may have their pages; None: at once."""
        return self.scorer.settings.of(assignment).feedback.release

    def _work(self, id: str) -> Work:
        known, due = id in self.course.ids(), self.scorer.settings.of(id).due
        questions = self.scorer.asked(id).questions if known else ()
        title = self.course.assignment(id).title if known else id
        rows = [row for row in self.roll.rows if row.grade.assignment == id]
        graded = {row.grade.student.key for row in rows}
        entries = [_graded(row, self.roll) for row in rows]
        for one in self.roll.unreadable:
            if one.assignment == id or (not one.assignment and one.student.key not in graded):
                page = unreadable_path(self.out, one)
                more = {"path": one.path, "remark": one.reason, "page": page}
                entries.append(_entry(self.roll, one.student, State.UNREADABLE, **more))
        entries += [self._missing(one) for one in self.roll.missing if one.assignment == id]
        whole = sum(question.points for question in questions)
        worth = rows[0].grade.points if rows else whole  # less than the course says where a question was dropped
        titles = {question.id: question.title for question in questions}
        return Work(id, title, worth, iso(due) if due else "", tuple(entries), titles)

    def _missing(self, one: Missing) -> Entry:
        over = self.scorer.is_past(one.student.key, one.assignment, self.now)
        return _entry(self.roll, one.student, State.EXCUSED if one.excused else State.MISSING, over=over)


def outgoing(course: Course, folder: Path, roster: Roster | None, now: datetime) -> Outgoing:
    """What `grader run` left in a folder.

    Args:
        now: the moment that deadlines are compared with.

    Raises UsageError where there is nothing, FileFaults for decisions with faults.
    """
    path = folder / "gradebook.db"
    if not path.is_file():
        raise UsageError(f"{folder}: there is no gradebook; name the folder of `grader run --out` with --from")
    gradebook = Gradebook(path)
    try:
        scorer = scorer_of(course, people_of(roster, gradebook.handed()))
        return Outgoing(course, scorer, roll_of(gradebook, scorer, folder), now, folder)
    finally:
        gradebook.close()


def _graded(row: Row, roll: Roll) -> Entry:
    grade, submission = row.grade, row.submission
    return _entry(
        roll,
        grade.student,
        State(grade.status.value),
        earned=grade.earned,
        penalty=penalty_of(grade),
        comments=tuple(comment.text for comment in grade.comments if not comment.question),
        scores=grade.scores,
        checks=row.checks,
        handed=submission.handed,
        path=submission.path,
        page=row.page,
        doubt=next((why for who, id, why in roll.twice if (who.key, id) == (grade.student.key, grade.assignment)), ""),
    )


def _entry(roll: Roll, student: Student, state: State, **more: Any) -> Entry:
    """An entry of somebody by the roster, or of somebody of whom a hand-in is all that is known."""
    key = student.key
    person = roll.people.person(key) or Person("", student.name, ids=_ids(student))
    return Entry(person, key, roll.names[key], _clues(roll.people, student), state, **more)


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
