"""What a person should look at after a class was scored: a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from grader.classroom.roll import Row
from grader.classroom.scorer import Scorer
from grader.gradebook.store import Gradebook
from grader.intake.answers import answer_hash
from grader.intake.written import answers_of, sheet_of
from grader.records import Decision
from grader.rules.decisions import checks_that_are_gone
from grader.text import clean


def remarks_on(gradebook: Gradebook, scorer: Scorer, rows: Sequence[Row]) -> tuple[str, ...]:
    """What does not hold as it stands: decisions about nobody, about answers that have changed, about checks that are
    gone; and late hand-ins of which nothing says how late.
    """
    return (*scorer.settlement.remarks(), *_changed(gradebook, scorer, rows), *_gone(scorer, rows), *_when(rows))


def _changed(gradebook: Gradebook, scorer: Scorer, rows: Iterable[Row]) -> Iterator[str]:
    """Decisions about answers that are others now."""
    places: dict[tuple[str, str], list[Decision]] = {}
    for key, one in scorer.settlement.docket.entries:
        if one.answer:
            places.setdefault((key, one.assignment), []).append(one)
    for row in rows:
        id = row.grade.assignment
        decisions = places.get((scorer.who(row.grade.student.key), id), [])
        if not decisions:
            continue
        assignment = scorer.course.assignment(id)
        submission = gradebook.with_cells(row.submission)
        answers = answers_of(submission, assignment, sheet_of(scorer.course, assignment))
        for one in decisions:
            question = assignment.question(one.question)
            if answer_hash(submission, question, answers) != one.answer:
                what = f"the answer of {clean(row.shown, 60)} to {question.id} has changed since it was decided"
                yield f"{one.where}: {what}; look at it, and decide again"


def _gone(scorer: Scorer, rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        rulings = scorer.rulings(row.grade.student.key, row.grade.assignment)
        for one in checks_that_are_gone(row.checks, rulings):
            what = f"no check {one.check!r} was asked of {clean(row.shown, 60)}"
            yield f"{one.where}: {what}; decide about the question, or grade again"


def _when(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        late = row.grade.lateness
        if late and late.late and not late.handed and not late.excused:
            what = f"{row.grade.assignment} was handed in late, and nothing says when: nothing was deducted"
            yield f"{clean(row.shown, 60)}: {what}; write it down as [[handed]]"
