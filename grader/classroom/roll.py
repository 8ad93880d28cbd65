"""The class as the gradebook knows it: everybody's row, whoever was in the last run, and who handed in nothing."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from grader.classroom.people import People
from grader.classroom.scorer import Scorer
from grader.gradebook.store import Gradebook
from grader.records import Assignment, Cause, Check, Grade, HandIn, Standing, Status, Student, Submission, Unreadable
from grader.report.shown import page_name
from grader.report.unreadable import unreadable_name

UNREADABLE = "unreadable"  # the folder of pages about what cannot be read; they are handed out, too


@dataclass(frozen=True, slots=True)
class Row:
    """What counts for one student and one assignment. All rows are in memory at once, so a row is small.

    Attributes:
        submission: without cells; its student is as the hand-in says, that of the grade as the roster does.
        checks: without what they measured and how they went wrong in detail; equal ones are one object.
        missing: the packages that the notebook imports and that are not installed.
        shown: the student's name, told from others that look the same.
        unread: questions whose answers a person has still to judge.
    """

    submission: Submission
    checks: tuple[Check, ...]
    missing: tuple[str, ...]
    grade: Grade
    page: Path
    shown: str
    unread: tuple[str, ...] = ()

    @property
    def stuck(self) -> bool:
        """Whether more is unjudged than what a person has not read yet."""
        open_ = {score.question for score in self.grade.scores if score.status is Status.UNJUDGED and not score.dropped}
        return self.grade.status is Standing.UNJUDGED and not open_ <= set(self.unread)


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who handed in nothing for an assignment.

    Attributes:
        excused: a person decided that it does not count for this student.
    """

    student: Student
    assignment: str
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody, by assignment and name.

    Attributes:
        changed: rows whose points are not those that are stored: the course changed its points since; or whose page
            is not there.
        unreadable: who handed in something that no grade can be given for, and nothing better since.
        names: everybody's, by key, told apart.
        missing: who handed in nothing.
        strangers: who handed in and is not clearly somebody of the roster, with the reason.
        twice: who has two grades for one assignment, under two names, with the reason: nobody chooses for them.
    """

    rows: tuple[Row, ...]
    changed: tuple[Row, ...]
    unreadable: tuple[Unreadable, ...]
    names: dict[str, str]
    people: People
    missing: tuple[Missing, ...] = ()
    strangers: tuple[tuple[Student, str], ...] = ()
    twice: tuple[tuple[Student, str, str], ...] = ()

    @property
    def doubtful(self) -> tuple[tuple[Student, str], ...]:
        """Who is not clear, with the reason."""
        return (*self.strangers, *((student, why) for student, _, why in self.twice))

    def absent(self, assignment: str) -> list[str]:
        """The names of those who handed in nothing for an assignment, and should have."""
        due = (one for one in self.missing if one.assignment == assignment and not one.excused)
        return [self.names[one.student.key] for one in due]


def roll_of(gradebook: Gradebook, scorer: Scorer, out: Path) -> Roll:
    """Everybody whom the gradebook and the roster know, scored by the course as it is now."""
    people, names = scorer.people, scorer.people.names()
    assignments = {id: scorer.asked(id) for id in scorer.course.ids()}
    terms: dict[str, dict[str, HandIn]] = {}
    for key, id, handed in gradebook.hand_ins():
        terms.setdefault(scorer.who(key), {})[id] = handed
    rows, changed, once = [], [], _Once()
    for result, before in (pair for id in gradebook.assignments() for pair in gradebook.class_of(id, brief=True)):
        grade = replace(before, student=people.called(before.student))
        if assignment := assignments.get(before.assignment):
            grade = scorer.grade(assignment, before.student, result.checks, terms[scorer.who(before.student.key)])
        unread = _unread(grade, assignment) if assignment else ()
        page, shown = page_path(out, grade), names[grade.student.key]
        kept = replace(grade, scores=tuple(map(once, grade.scores)))
        row = Row(result.submission, result.checks, result.execution.missing, kept, page, shown, unread)
        rows.append(row)
        if grade != before or not row.page.is_file():  # two students are equal when their keys are
            changed.append(row)
    rows.sort(key=lambda row: (row.grade.assignment, row.shown, row.grade.student.key))
    unreadable = tuple(replace(one, student=people.called(one.student)) for one in gradebook.refused())
    strangers = tuple((people.students[key], why) for key, why in people.strangers().items())
    twice = tuple(_twice(rows, people))
    missing = tuple(_missing(rows, unreadable, scorer))
    return Roll(tuple(rows), tuple(changed), unreadable, names, people, missing, strangers, twice)


T = TypeVar("T", bound=Hashable)


class _Once:
    """Of equal records the one that came first: most of a class has most points, and that is one record each."""

    def __init__(self) -> None:
        self._had: dict[Hashable, Hashable] = {}

    def __call__(self, record: T) -> T:
        return self._had.setdefault(record, record)  # type: ignore[return-value]


def _unread(grade: Grade, assignment: Assignment) -> tuple[str, ...]:
    by_hand = {question.id for question in assignment.questions if question.by_hand}
    open_ = (score for score in grade.scores if score.status is Status.UNJUDGED and not score.dropped)
    return tuple(score.question for score in open_ if score.question in by_hand)


def _missing(rows: list[Row], unreadable: tuple[Unreadable, ...], scorer: Scorer) -> list[Missing]:
    """Who of the roster has neither a row nor anything that cannot be read, for each assignment that anybody has."""
    found = []
    for id in dict.fromkeys(row.grade.assignment for row in rows):
        present = {row.grade.student.key for row in rows if row.grade.assignment == id}
        present |= {one.student.key for one in unreadable if one.assignment in ("", id)}
        absent = scorer.people.absent(present)
        found += [Missing(student, id, scorer.is_excused(student.key, id)) for student in absent]
    return found


def _twice(rows: list[Row], people: People) -> list[tuple[Student, str, str]]:
    """People with two grades for one assignment, handed in under different names: nobody chooses for them."""
    first: dict[tuple[str, str], Row] = {}
    found = []
    for row in rows:
        person = people.person(row.grade.student.key)
        if person is not None:
            other = first.setdefault((person.id, row.grade.assignment), row)
            if other is not row:
                one, two = (people.students[r.grade.student.key] for r in (other, row))
                id = row.grade.assignment
                why = f"{id} was handed in as {_as(one)} and as {_as(two)}"
                found += [(other.grade.student, id, why), (row.grade.student, id, why)]
    return found


def _as(student: Student) -> str:
    number = next(iter(student.ids.values()), "")
    return f"{student.name} ({number})" if number and number != student.name else student.name


def penalty_of(grade: Grade) -> float:
    """What was deducted for lateness."""
    return round(-sum(one.points for one in grade.adjustments if one.cause is Cause.LATE), 2)


def unreadable_path(out: Path, one: Unreadable) -> Path:
    """Where the page of somebody lies whose work cannot be read."""
    return out / UNREADABLE / unreadable_name(one)


def page_path(out: Path, grade: Grade) -> Path:
    """Where a student's page lies."""
    return out / "students" / page_name(grade)
