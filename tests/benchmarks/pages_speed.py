"""How long pages take, in milliseconds of processor time: python tests/benchmarks/pages_speed.py

Nothing is graded: pages are made of records that look like a class. Their aims are 15 ms for a student's page and a
second for the page of a class of a thousand; and how large they are, without pictures, is said as well.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "unit"))

from made_class import Graded, assignment_of, made_class  # noqa: E402

from grader import report  # noqa: E402
from grader.course.catalog import Course  # noqa: E402
from grader.course.handout import asked_in  # noqa: E402
from grader.records import Assignment, Student  # noqa: E402

ASSIGNMENTS = ("01_tensors", "02_data", "03_training", "04_cnn", "05_gpu")
DRAWN = 3  # questions of an assignment that draw something


def taken(make: Callable[..., str], *arguments: object) -> tuple[float, str]:
    started = time.process_time()
    page = make(*arguments)
    return 1000 * (time.process_time() - started), page


def kilobytes(page: str) -> float:
    return len(re.sub(r'data:image[^"]*', "", page).encode()) / 1000


def usual(pair: Graded) -> Graded:
    """A student's results with as many figures as a course draws."""
    result, grade = pair
    drawing = list(dict.fromkeys(check.question for check in result.checks))[:DRAWN]
    checks = tuple(c if c.question in drawing else replace(c, figures=()) for c in result.checks)
    return replace(result, checks=checks), grade


def many(graded: list[Graded], size: int) -> list[Graded]:
    """A class of that size, of other people with the same results."""
    found = []
    for number in range(size):
        result, grade = graded[number % len(graded)]
        student = Student(f"key {number}", f"{grade.student.name} {number}")
        submission = replace(result.submission, student=student)
        found.append((replace(result, submission=submission), replace(grade, student=student)))
    return found


def whole_class(assignment: Assignment, graded: list[Graded]) -> str:
    return "".join(report.class_page(assignment, graded, report.Lists()))


def main() -> None:
    for id in ASSIGNMENTS:
        assignment, asked = assignment_of(id), asked_in(Course(ROOT), id)
        graded = [usual(pair) for pair in made_class(assignment, 40)]
        report.student_page(*graded[0], assignment, None, asked)  # what is loaded and read once
        pages = [taken(report.student_page, *pair, assignment, None, asked) for pair in graded]
        times, largest = sorted(time for time, _ in pages), max(kilobytes(page) for _, page in pages)
        print(f"{id}: student {sum(times) / len(times):.1f} ms, slowest {times[-1]:.1f} ms, {largest:.0f} KB at most")
        milliseconds, page = taken(whole_class, assignment, many(graded, 1000))
        print(f"{id}: class of 1000 {milliseconds:.0f} ms, {kilobytes(page):.0f} KB")


if __name__ == "__main__":
    main()
