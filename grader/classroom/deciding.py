"""A decision is written down, with the hash of the answer that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.classroom.people import People, people_of, roster_at
from grader.classroom.scorer import known_of, who_is
from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.desk.whom import Known
from grader.desk.writing import Book, Written
from grader.errors import UsageError
from grader.gradebook.peek import handed_in
from grader.gradebook.store import Gradebook
from grader.intake.answers import answer_hash
from grader.intake.written import answers_of, sheet_of
from grader.records import Decision, Kind
from grader.text import clean

ABOUT_WORK = (Kind.POINTS, Kind.RUBRIC, Kind.COMMENT)  # somebody has looked at an answer


def decided(course: Course, roster: Path | None, gradebook: Path, kind: Kind, entry: Mapping[str, Any]) -> Written:
    """Write an entry into the course's decisions.

    Args:
        gradebook: knows who handed in what; it need not be there.
        entry: by key, values as TOML has them.

    Raises FileFaults and UsageError; then nothing is written.
    """
    settings, people = settings_of(course), people_of(roster_at(roster), handed_in(gradebook))
    known = known_of(people)
    book = Book(settings.decisions, settings.zone, course, known)
    named, id = str(entry.get("student", "")), str(entry.get("question", ""))
    if kind in ABOUT_WORK and named and not known.find(named):
        raise UsageError(f"nobody is {clean(named, 60)!r}; {known.near(named)}; nothing was written")
    if kind in ABOUT_WORK and id and named:
        entry = {**entry, **_answer(course, people, known, gradebook, entry)}
    return book.write(kind, entry)


def undone(course: Course, roster: Path | None, gradebook: Path, about: Decision) -> Decision:
    """Take back the last decision about a student, an assignment and a question; what it was. Raises as `decided`."""
    settings, people = settings_of(course), people_of(roster_at(roster), handed_in(gradebook))
    return Book(settings.decisions, settings.zone, course, known_of(people)).undo(about)


def _answer(course: Course, people: People, known: Known, path: Path, entry: Mapping[str, Any]) -> dict[str, str]:
    """The hash of what the student answered, where that is known."""
    assignment, found = str(entry["assignment"]), known.find(str(entry["student"]))
    if len(found) != 1 or assignment not in course.ids() or not path.is_file():
        return {}
    question = next((q for q in course.assignment(assignment).questions if q.id == entry["question"]), None)
    book = Gradebook(path)
    try:
        for key in people.students:
            if who_is(people, key) == found[0].key and question and (whole := book.whole(key, assignment)):
                told = course.assignment(assignment)
                answers = answers_of(whole.submission, told, sheet_of(course, told))
                return {"answer": answer_hash(whole.submission, question, answers)}
    finally:
        book.close()
    return {}
