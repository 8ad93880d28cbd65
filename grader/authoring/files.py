"""Faults of a course that can be seen without running anything: stale handouts, secrets in them, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring.faults import Fault
from grader.course.catalog import Course
from grader.course.notebooks import build, solutions_in, source_cells
from grader.errors import CourseError
from grader.notebook.public import load_tests
from grader.records import Assignment

SHORTEST_SECRET = 24  # characters of a solution's line; shorter ones, such as `return x`, give nothing away


def files(course: Course, id: str) -> Iterator[Fault]:
    """Everything that is wrong with an assignment's files."""
    assignment = course.assignment(id)
    path, text = build(course, id)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        yield Fault(str(path), "is not what its solution makes", f"run `grader build {id}`")
    yield from secrets(course, id, text)
    yield from pictures(course, id, text)
    yield from coverage(course, assignment)
    yield from public_checks(course, assignment)
    for question in assignment.questions:
        for folder, name in ((course.public(id), f"test_{question.id}.py"), (course.mistakes(id), f"{question.id}.py")):
            if not (folder / name).is_file():
                yield Fault(str(folder / name), f"is missing for the question {question.id!r}", "write it")


def public_checks(course: Course, assignment: Assignment) -> Iterator[Fault]:
    """Public checks that a student's side could not run: it has no pytest."""
    for question in assignment.questions:
        try:
            load_tests(course.public(assignment.id), question.id)
        except CourseError as error:
            yield Fault(error.where, error.what, error.fix)


def secrets(course: Course, id: str, handout: str) -> Iterator[Fault]:
    """Lines of solutions that stand in the handout's notebook, and files of the staff's in its folder."""
    cells = source_cells(course, id)
    public = {line.strip() for _, _, source in cells for line in _outside(source)}
    for _, question, source in cells:
        lines = {line.strip() for body in solutions_in(source) for line in body.splitlines()} - public
        for line in sorted(lines):
            if len(line) > SHORTEST_SECRET and line.replace('"', '\\"') in handout:
                where = str(course.notebook(id))
                yield Fault(where, f"gives away a line of {question!r}: {line}", "reword the text")
    for file in course.handout(id).rglob("*.py"):
        if file.parent != course.public(id) and "data" not in file.parts:
            yield Fault(str(file), "lies in what students get", "move it to tests/ or solutions/")


def pictures(course: Course, id: str, handout: str) -> Iterator[Fault]:
    """Pictures that a text shows and that are not there."""
    for picture in sorted(set(re.findall(r"!\[[^\]]*\]\(([^):]+)\)", handout))):
        if not (course.handout(id) / picture).is_file():
            where = str(course.solution(id))
            yield Fault(where, f"shows {picture}, which is not there", f"draw it in {course.handout(id)}")


def coverage(course: Course, assignment: Assignment) -> Iterator[Fault]:
    """Curriculum rows that neither a question nor a section's text covers."""
    covered = {row for question in assignment.questions for row in question.rows} | set(assignment.taught)
    for row in assignment.curriculum:
        if row not in covered:
            where = f"{course.table(assignment.id)}: curriculum.{row}"
            yield Fault(where, "no question covers this row", "add it to a question's rows, or to [taught]")


def _outside(source: str) -> list[str]:
    for body in solutions_in(source):
        source = source.replace(body, "")
    return source.splitlines()
