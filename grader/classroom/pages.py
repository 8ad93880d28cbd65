"""Writes the pages of a class: of each student one to hand out and one for staff, and those of the class."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from grader import report
from grader.classroom.codes import code_of, secret_in
from grader.classroom.imprint import first_half, mark_of, marked, of_student, shared_by_all
from grader.classroom.likeness import alike, basis_of, sketch
from grader.classroom.roll import UNREADABLE, Roll, unreadable_path
from grader.course.catalog import Course
from grader.course.handout import asked_in
from grader.course.settings import settings_of
from grader.errors import UsageError
from grader.folders import make_folder, replacing
from grader.gradebook.history import Moved
from grader.gradebook.store import Gradebook
from grader.intake.written import answers_of, sheet_of
from grader.records import Asked, Assignment, FeedbackLevel, Grade, Result, Settings, Unreadable
from grader.rules.changes import changes

STUDENTS, STAFF = "students", "staff"  # folders of the results; only the first is handed out


@dataclass(frozen=True, eq=False)  # each run reads the course anew
class Pages:
    """Where the pages of a class lie, and what they are made with.

    Args:
        out: the folder of results.
    """

    course: Course
    out: Path

    def make_folders(self) -> None:
        """Raises UsageError where there can be none."""
        for path in (self.out / STUDENTS, self.out / STAFF):
            make_folder(path)

    def prepare(self) -> None:
        """Do before the first page what can be done before it."""
        report.prepare(self.course.templates)

    @property
    def of_course(self) -> Path:
        """Where the page over all assignments lies."""
        return self.out / "course.html"

    def of_class(self, assignment: str) -> Path:
        """Where an assignment's class page lies."""
        return self.out / f"class-{assignment}.html"

    def write(self, page: Path, result: Result, grade: Grade, assignment: Assignment) -> None:
        """Write a student's pages that say something else by now; `page` is the path of the one to hand out."""
        staff = self.out / STAFF / page.name
        mark = self._shared(assignment.id) + of_student(result, grade, self._secret)
        old = [path for path in (page, staff) if mark_of(path) != mark]
        if not old:
            return
        asked, own = self._asked(assignment.id), self.course.templates
        answers = answers_of(result.submission, assignment, sheet_of(self.course, assignment))
        level, code = self.level(assignment.id), request_code(self._secret, grade)
        for path in old:
            kind: dict[str, Any] = {"staff": True} if path is staff else {"level": level, "code": code}
            text = report.student_page(result, grade, assignment, own, asked, answers, **kind)
            write(path, marked(text, mark))

    def write_unreadable(self, entries: Iterable[Unreadable]) -> None:
        """Write the pages of those whose work cannot be read, and remove those of others."""
        due = {unreadable_path(self.out, one): one for one in entries}
        for page in (self.out / UNREADABLE).glob("*.html"):
            if page not in due:
                page.unlink(missing_ok=True)
        if due:
            make_folder(self.out / UNREADABLE)
        known, title = set(self.course.ids()), self._settings.title or "Your notebook"
        for page, one in due.items():
            about = self.course.assignment(one.assignment).title if one.assignment in known else title
            text = report.unreadable_page(one, about, self.course.templates)
            if not page.is_file() or page.read_text(encoding="utf-8") != text:
                write(page, text)

    def level(self, assignment: str) -> FeedbackLevel:
        """How much the pages of an assignment say."""
        return self._settings.of(assignment).feedback.level

    def is_outdated(self, page: Path, assignment: str) -> bool:
        """Whether a student's page was made with other templates, another handout or another wish of the course."""
        return first_half(mark_of(page)) != self._shared(assignment)

    @lru_cache  # noqa: B019  (one lives as long as a run)
    def _shared(self, id: str) -> str:
        assignment = self._settings.asked(self.course.assignment(id))
        return shared_by_all(self.course, assignment, self._asked(id), self.level(id))

    @cached_property
    def _settings(self) -> Settings:
        return settings_of(self.course)

    @cached_property
    def _secret(self) -> bytes:
        return secret_in(self.out)

    def write_class(self, run: int, gradebook: Gradebook, roll: Roll, assignment: Assignment) -> Path:
        """Write an assignment's class page, and say where.

        Args:
            run: the one that just ended.
        """
        id, path = assignment.id, self.of_class(assignment.id)
        people = {row.grade.student.key: roll.people.person(row.grade.student.key) for row in roll.rows}
        lists = report.Lists(
            unreadable=roll.unreadable,
            doubtful=tuple((roll.names[student.key], why) for student, why in roll.doubtful),
            absent=tuple(roll.absent(id)),
            names=roll.names,
            sections={key: person.section for key, person in people.items() if person and person.section},
            moved=tuple(_moved(assignment, one) for one in gradebook.moved(run, id)),
            alike=tuple(self._alike(gradebook, id)),
            whole=lambda student: gradebook.whole(student.key, id),
            board=self._settings.board,
            out=str(self.out),
        )
        grades = {row.submission.student.key: row.grade for row in roll.rows if row.grade.assignment == id}
        graded = ((result, grades[before.student.key]) for result, before in gradebook.class_of(id))
        write(path, report.class_page(assignment, graded, lists, self.course.templates))
        return path

    def write_course(self, roll: Roll) -> Path:
        """Write the page over all assignments that anybody handed in, and say where."""
        settings = settings_of(self.course)
        ids = list(
            dict.fromkeys([row.grade.assignment for row in roll.rows] + [one.assignment for one in roll.missing])
        )
        known = set(self.course.ids())
        columns = [
            report.Column(
                id,
                self.course.assignment(id).title if id in known else id,
                self.of_class(id).name,
                settings.of(id).weight,
            )
            for id in sorted(ids)
        ]
        path = self.of_course
        title = settings.title or "The course"
        write(path, report.course_page(title, columns, list(_members(roll)), self.course.templates))
        return path

    def remove_renamed(self, names: set[str]) -> None:
        """Remove the pages of those who are called otherwise now: the end of a page's name is the student's alone.

        Args:
            names: of the pages that count.
        """
        ends = {name.rpartition("-")[2] for name in names}
        for folder in (self.out / STUDENTS, self.out / STAFF):
            for page in folder.glob("*-*.html"):
                if page.name not in names and page.name.rpartition("-")[2] in ends:
                    page.unlink(missing_ok=True)

    def _alike(self, gradebook: Gradebook, id: str) -> list[tuple[str, str, float]]:
        asked = self._asked(id)
        return alike(gradebook.sketches(id, basis_of(asked), lambda cells: sketch(cells, asked)))

    @lru_cache  # noqa: B019  (one lives as long as a run)
    def _asked(self, id: str) -> dict[str, Asked]:
        return asked_in(self.course, id)


def _moved(assignment: Assignment, one: Moved) -> report.Moved:
    """What changed, and where."""
    titles = {question.id: question.title for question in assignment.questions}
    found = changes(one.before, one.now)
    changed = tuple(titles.get(change.question, change.question) or change.why for change in found)
    return report.Moved(one.student, one.before.earned, one.now.earned, changed)


def _members(roll: Roll) -> Iterator[report.Member]:
    """Everybody once: who is one person in the roster is one here, whatever the hand-ins said."""
    grades: dict[str, dict[str, Grade]] = {}
    shown: dict[str, tuple[str, str]] = {}
    students = [row.grade.student for row in roll.rows] + [one.student for one in roll.missing]
    people = {student.key: roll.people.person(student.key) for student in students}
    for student in students:
        person = people[student.key]
        id = f"person {person.id}" if person else student.key
        shown.setdefault(id, (roll.names[student.key], person.section if person else ""))
        grades.setdefault(id, {})
    for row in roll.rows:
        person = people[row.grade.student.key]
        own = grades[f"person {person.id}" if person else row.grade.student.key]
        own.setdefault(row.grade.assignment, row.grade)
    excused: dict[str, set[str]] = {}
    for one in roll.missing:
        if one.excused and (person := people[one.student.key]):
            excused.setdefault(f"person {person.id}", set()).add(one.assignment)
    return (report.Member(*shown[id], own, frozenset(excused.get(id, ()))) for id, own in grades.items())


def request_code(secret: bytes, grade: Grade) -> str:
    """By which a request for another look is known to come from a student's own page."""
    return code_of(secret, "request", grade.assignment, grade.student.key)


def write(path: Path, text: str | Iterable[str], newline: str | None = None) -> None:
    """Write a file, whole or in pieces; what was there stays until the last piece is there.

    Raises UsageError, or OSError when the disk is full.
    """
    try:
        place = nullcontext(path) if isinstance(text, str) else replacing(path)
        with place as target, target.open("w", encoding="utf-8", errors="replace", newline=newline) as file:
            file.writelines([text] if isinstance(text, str) else text)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        said = f"cannot be written: {error.strerror}; close what has it open, or choose another --out, and run again"
        raise UsageError(f"{path}: {said}") from error
