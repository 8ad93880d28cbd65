"""Grades as JSON for programs of one's own, with a JSON Schema that says what each field means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.exports.entries import Entry, Options, State, Told, Work, number_of
from grader.storage import schema_of, to_json


@dataclass(frozen=True, slots=True)
class QuestionGrade:
    """What somebody earned for one question."""

    question: str
    points: float
    of: float
    status: str


@dataclass(frozen=True, slots=True)
class StudentGrade:
    """One student and one assignment.

    Attributes:
        id: of the roster; empty for somebody who is not clearly in it.
        ids: what platforms know the student by.
        state: complete, partial, none, unjudged, unreadable, missing or excused.
        points: null where no number may be taken for the grade; `why` says the reason.
        deducted: for lateness; it is not in `points` any more.
        handed_in: in UTC, as far as it is known.
        page: the file of the feedback page.
    """

    id: str
    name: str
    email: str
    section: str
    group: str
    ids: dict[str, tuple[str, ...]]
    assignment: str
    state: str
    points: float | None
    of: float
    deducted: float
    handed_in: str
    late: bool | None
    attempt: str
    questions: tuple[QuestionGrade, ...]
    page: str
    why: str


@dataclass(frozen=True, slots=True)
class Grades:
    """Everybody's grades."""

    grades: tuple[StudentGrade, ...]


def json_of(works: Sequence[Work], options: Options) -> tuple[bytes, Told]:
    """The grades as JSON, and what has no number."""
    told, found = Told(), []
    for work in works:
        for entry in work.entries:
            number, why = number_of(entry, options)
            told.written += number is not None
            if why or (entry.state is State.UNJUDGED and number is not None):
                told.left.append((entry.name, f"{work.id}: {why or 'written, but unjudged: a person must look'}"))
            found.append(_grade(entry, work, number, why))
    return (to_json(Grades(tuple(found))) + "\n").encode(), told


def schema() -> str:
    """The JSON Schema of what `json_of` gives."""
    return schema_of(Grades)


def _grade(entry: Entry, work: Work, number: float | None, why: str) -> StudentGrade:
    person, handed = entry.person, entry.handed
    questions = (QuestionGrade(s.question, s.earned, s.points, s.status.value) for s in entry.scores)
    return StudentGrade(
        id=person.id,
        name=entry.name,
        email=person.email,
        section=person.section,
        group=handed.group or person.group,
        ids=person.ids,
        assignment=work.id,
        state=entry.state.value,
        points=number,
        of=work.points,
        deducted=entry.penalty,
        handed_in=handed.time,
        late=handed.late,
        attempt=handed.attempt,
        questions=tuple(questions),
        page=entry.page.name if entry.page else "",
        why=why,
    )
