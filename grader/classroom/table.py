"""`grades.csv`: the class for a spreadsheet, of any locale."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from grader.classroom.roll import Roll, Row, penalty_of
from grader.records import Lateness, Score, Status, Student
from grader.text import points

BOM = "\ufeff"  # without it, spreadsheets on Windows take UTF-8 for the local code page
HEADER = ("student", "id", "assignment", "points", "of", "status", "handed in", "late", "remark")
MORE = ("section", "group", "attempt", "due", "hours late", "deducted", "late days used", "receipt", "email")
_FORMULA = "=+\\-@＝＋－＠"
_FIRST = re.compile(rf"\s*[{_FORMULA}]")
_INNER = re.compile(rf"([;,|\t\r\n][\s\"]*)(?=[{_FORMULA}])")  # what another locale takes for the next cell
_LATE = {True: "late", False: "", None: ""}


class _Line:
    """What a CSV writer writes to: it gives each row back."""

    def write(self, text: str) -> str:
        return text


def table_of(roll: Roll) -> Iterator[str]:
    """The table, line by line: a row for everybody and each assignment. Numbers are numbers, and no text is a formula.

    Behind the columns that are always there: what each platform knows the student by, and a column for each question,
    empty where it is unjudged or of another assignment.
    """
    platforms = sorted({platform for student in roll.people.students.values() for platform in student.ids} - {"email"})
    questions = list(dict.fromkeys((row.grade.assignment, s.question) for row in roll.rows for s in row.grade.scores))
    row_of: Callable[[Sequence[str]], str] = csv.writer(_Line(), lineterminator="\r\n").writerow
    yield BOM + row_of(
        [*HEADER, *MORE, *platforms, *(f"{assignment}.{question}" for assignment, question in questions)]
    )
    for row in roll.rows:
        grade, key = row.grade, row.grade.student.key
        scores = {(grade.assignment, score.question): score for score in grade.scores}
        earned = [_earned(scores.get(place)) for place in questions]
        yield row_of([*_first(roll, row), *_more(roll, row), *_ids(roll, key, platforms), *earned])
    for student, cells, more in _without(roll):
        empty = [""] * len(questions)
        who = [no_formula(roll.names[student.key]), no_formula(number_of(student))]
        yield row_of([*who, *cells, *more, *_ids(roll, student.key, platforms), *empty])


def _first(roll: Roll, row: Row) -> list[str]:
    grade, submission = row.grade, row.submission
    late = grade.lateness.late if grade.lateness else submission.handed.late
    return [
        no_formula(row.shown),
        no_formula(number_of(grade.student)),
        grade.assignment,
        points(grade.earned),
        points(grade.points),
        grade.status.value,
        (grade.lateness.handed if grade.lateness else "") or submission.handed.time,
        _LATE[late],
        no_formula(" ".join(submission.notes)),
    ]


def _more(roll: Roll, row: Row) -> list[str]:
    grade, handed = row.grade, row.submission.handed
    section, group, email = _place(roll, grade.student.key, handed.group)
    late = grade.lateness
    spent = str(late.spent) if late and late.spent else ""
    penalty = points(penalty_of(grade)) if penalty_of(grade) else ""
    due, receipt = late.due if late else "", row.submission.receipt
    return [section, group, no_formula(handed.attempt), due, _hours(late), penalty, spent, receipt, email]


def _without(roll: Roll) -> Iterator[tuple[Student, list[str], list[str]]]:
    """Who has no points: what cannot be read, and who handed in nothing."""
    for entry in roll.unreadable:
        cells = [entry.assignment, "", "", "unreadable", "", "", no_formula(entry.reason)]
        yield entry.student, cells, _nothing(roll, entry.student.key)
    for one in roll.missing:
        status = "excused" if one.excused else "missing"
        yield one.student, [one.assignment, "", "", status, "", "", ""], _nothing(roll, one.student.key)


def _nothing(roll: Roll, key: str) -> list[str]:
    section, group, email = _place(roll, key)
    return [section, group, *[""] * (len(MORE) - 3), email]


def _place(roll: Roll, key: str, group: str = "") -> tuple[str, str, str]:
    """Section, group and address of somebody, as far as the roster says them."""
    person = roll.people.person(key)
    if person is None:
        student = roll.people.students.get(key)
        return "", no_formula(group), no_formula(student.ids.get("email", "") if student else "")
    return no_formula(person.section), no_formula(group or person.group), no_formula(person.email)


def _ids(roll: Roll, key: str, platforms: Sequence[str]) -> list[str]:
    """What the platforms know somebody by: what the hand-in says, else the roster."""
    person, student = roll.people.person(key), roll.people.students.get(key)
    known = {platform: " ".join(ids) for platform, ids in person.ids.items()} if person else {}
    known |= student.ids if student else {}
    return [no_formula(known.get(platform, "")) for platform in platforms]


def _earned(score: Score | None) -> str:
    return "" if score is None or score.status is Status.UNJUDGED else points(score.earned)


def _hours(late: Lateness | None) -> str:
    """How much later than due it came, in hours with one decimal; nothing where it was in time."""
    if late is None or not late.late or not late.handed:
        return ""
    span = datetime.fromisoformat(late.handed) - datetime.fromisoformat(late.due)
    return f"{span.total_seconds() / 3600:.1f}"


def number_of(student: Student) -> str:
    """What the course, or else the platform, knows the student by, where there is one."""
    return next(iter(student.ids.values()), "")


def no_formula(text: str) -> str:
    """The text, with a quote in front of what a spreadsheet would compute."""
    start = len(text) - len(text.lstrip())
    safe = text[:start] + _INNER.sub(r"\1'", text[start:])
    return f"'{safe}" if _FIRST.match(text) else safe
