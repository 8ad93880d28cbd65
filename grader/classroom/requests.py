"""Requests of students beside what they are about: whose page, which question, what it earned and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.classroom.codes import secret_in
from grader.classroom.outgoing import Outgoing
from grader.classroom.pages import request_code
from grader.classroom.roll import Row
from grader.course.tables import did_you_mean
from grader.desk.requests import Odd, Request, requests_in
from grader.records import Question, Score, Status


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that comes from a student's own page.

    Attributes:
        id: of the student, as `grader decide` takes it.
        failed: what failed checks promise.
        decided: whether a person decided about this question already.
    """

    request: Request
    row: Row
    id: str
    question: Question
    score: Score
    failed: tuple[str, ...]
    decided: bool


def asked_in(folder: Path, out: Path, class_: Outgoing) -> list[Asked | Odd]:
    """Every request in a folder, in the class's order, and what is none or nobody's, with the reason, last.

    Raises UsageError.
    """
    secret = secret_in(out)
    rows = {request_code(secret, row.grade): (place, row) for place, row in enumerate(class_.roll.rows)}
    asked: list[tuple[int, Asked]] = []
    odd: list[Odd] = []
    seen: set[tuple[str, str, str]] = set()
    for entry in requests_in(folder):
        if isinstance(entry, Odd):
            odd.append(entry)
        elif entry.code not in rows:
            said = f"its code is on no page of this class: it says {entry.student or 'nobody'}, {entry.assignment}"
            odd.append(Odd(entry.where, said))
        elif (key := (entry.code, entry.question, entry.why)) not in seen:  # sent twice
            seen.add(key)
            place, row = rows[entry.code]
            found = _about(entry, row, class_)
            if isinstance(found, Odd):
                odd.append(found)
            else:
                asked.append((place, found))
    return [*(one for _, one in sorted(asked, key=lambda pair: pair[0])), *odd]


def _about(entry: Request, row: Row, class_: Outgoing) -> Asked | Odd:
    """What a request is about. The question is taken by its id or title."""
    assignment = class_.scorer.asked(row.grade.assignment)
    named = entry.question.casefold()
    question = next((one for one in assignment.questions if named in (one.id.casefold(), one.title.casefold())), None)
    if question is None:
        fix = did_you_mean(entry.question, [one.id for one in assignment.questions]) if entry.question else entry.why
        return Odd(entry.where, f"{row.shown}, {assignment.id}: there is no question {entry.question!r}; {fix}")
    score = next(score for score in row.grade.scores if score.question == question.id)
    checks = [check for check in row.checks if check.question == question.id]
    failed = tuple(check.promise for check in checks if check.status is not Status.PASSED)
    person = class_.roll.people.person(row.grade.student.key)
    id = person.id if person else row.grade.student.key
    decided = any(one.question == question.id for one in row.grade.adjustments)
    return Asked(entry, row, id, question, score, failed, decided)
