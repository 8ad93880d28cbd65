"""The class as the gradebook knows it: everybody's row, whoever was in the last run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.course.catalog import Course
from grader.gradebook.store import Gradebook
from grader.intake.people import shown_names
from grader.records import Grade, Result, Unreadable
from grader.report.shown import page_name
from grader.rules import scoring


@dataclass(frozen=True, slots=True)
class Row:
    """What counts for one student and one assignment.

    Attributes:
        result: without cells and outputs.
        shown: the student's name, told from others that look the same.
    """

    result: Result
    grade: Grade
    page: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody, by assignment and name.

    Attributes:
        changed: rows whose points are not those that are stored: the course changed its points since.
        unreadable: who handed in something that no grade can be given for, and nothing better since.
        names: everybody's, by key, told apart.
    """

    rows: tuple[Row, ...]
    changed: tuple[Row, ...]
    unreadable: tuple[Unreadable, ...]
    names: dict[str, str]


def roll_of(gradebook: Gradebook, course: Course, out: Path) -> Roll:
    """Everybody whom the gradebook knows, scored by the course as it is now; equal names are told apart."""
    names = shown_names(gradebook.students().values())
    known = set(course.ids())
    rows, changed = [], []
    for id in gradebook.assignments():
        for result, stored in gradebook.class_of(id):
            student = stored.student
            grade = scoring.grade(course.assignment(id), student, result.checks) if id in known else stored
            row = Row(result, grade, page_path(out, grade), names[student.key])
            rows.append(row)
            if (grade.scores, grade.earned, grade.points) != (stored.scores, stored.earned, stored.points):
                changed.append(row)
    rows.sort(key=lambda row: (row.grade.assignment, row.shown, row.grade.student.key))
    return Roll(tuple(rows), tuple(changed), tuple(gradebook.refused()), names)


def page_path(out: Path, grade: Grade) -> Path:
    """Where a student's page lies."""
    return out / "students" / page_name(grade)
