"""`grades.csv`: the class for a spreadsheet, of any locale."""

from __future__ import annotations

import csv
import io
import re

from grader.classroom.roll import Roll
from grader.records import Student
from grader.text import points

BOM = "\ufeff"  # without it, spreadsheets on Windows take UTF-8 for the local code page
HEADER = ("student", "id", "assignment", "points", "of", "status", "handed in", "late", "remark", "section", "group")
_FORMULA = "=+\\-@＝＋－＠"
_FIRST = re.compile(rf"\s*[{_FORMULA}]")
_INNER = re.compile(rf"([;,|\t\r\n][\s\"]*)(?=[{_FORMULA}])")  # what another locale takes for the next cell
_LATE = {True: "late", False: "", None: ""}


def table_of(roll: Roll) -> str:
    """The table as text. Numbers are numbers, and no text is taken for a formula."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in roll.rows:
        grade, submission = row.grade, row.result.submission
        writer.writerow(
            [
                no_formula(row.shown),
                no_formula(number_of(grade.student)),
                grade.assignment,
                points(grade.earned),
                points(grade.points),
                grade.status.value,
                submission.handed.time,
                _LATE[submission.handed.late],
                no_formula(" ".join(submission.notes)),
                *_place(roll, grade.student.key, submission.handed.group),
            ]
        )
    for entry in roll.unreadable:
        who = [no_formula(roll.names[entry.student.key]), no_formula(number_of(entry.student))]
        writer.writerow(
            [
                *who,
                entry.assignment,
                "",
                "",
                "unreadable",
                "",
                "",
                no_formula(entry.reason),
                *_place(roll, entry.student.key),
            ]
        )
    for student, assignment in roll.missing:
        who = [no_formula(roll.names[student.key]), no_formula(number_of(student))]
        writer.writerow([*who, assignment, "", "", "missing", "", "", "", *_place(roll, student.key)])
    return BOM + rows.getvalue()


def _place(roll: Roll, key: str, group: str = "") -> list[str]:
    """Section and group of somebody, as far as the roster says them."""
    person = roll.people.person(key)
    return [no_formula(person.section if person else ""), no_formula(group or (person.group if person else ""))]


def number_of(student: Student) -> str:
    """What the platform knows the student by, where there is one."""
    return next(iter(student.ids.values()), "")


def no_formula(text: str) -> str:
    """The text, with a quote in front of what a spreadsheet would compute."""
    start = len(text) - len(text.lstrip())
    safe = text[:start] + _INNER.sub(r"\1'", text[start:])
    return f"'{safe}" if _FIRST.match(text) else safe
