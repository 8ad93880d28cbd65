"""What a student's grades were, run by run, and why each is another than the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from grader.classroom.people import people_of, roster_at
from grader.classroom.scorer import known_of, who_is
from grader.desk.whom import told_apart
from grader.errors import UsageError
from grader.gradebook.history import Entry, Held
from grader.gradebook.peek import handed_in
from grader.gradebook.store import Gradebook
from grader.records import Student
from grader.rules.changes import Change, changes
from grader.text import clean


@dataclass(frozen=True, slots=True)
class Step:
    """A grade as a run left it.

    Attributes:
        gained: points, beside the grade before; None for the first.
        rests_on: what else is not as it was: the notebook, the suite, the environment, the seed.
        changes: of the points.
    """

    entry: Entry
    gained: float | None = None
    rests_on: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """Everything about one student, by assignment and oldest first, and the decisions that ever held."""

    student: Student
    steps: tuple[Step, ...]
    decisions: tuple[Held, ...]


def named_in(gradebook: Path, roster: Path | None, named: str) -> tuple[Student, list[str]]:
    """The student with this id, login or name, and the keys of what was handed in.

    Raises UsageError where there is no one such student.
    """
    if not gradebook.is_file():
        raise UsageError(f"{gradebook}: there is no such gradebook; grade a class first, or say where with --out")
    people = people_of(roster_at(roster), handed_in(gradebook))
    known = known_of(people)
    found = known.find(named)
    if not found:
        raise UsageError(f"nobody is {clean(named, 60)!r}; {known.near(named)}")
    if len(found) > 1:
        raise UsageError(f"{clean(named, 60)!r} may be {told_apart(found)}; write the id of the one who is meant")
    return found[0], [key for key in people.students if who_is(people, key) == found[0].key]


def past_of(gradebook: Path, roster: Path | None, named: str) -> Past:
    """The past of the student with this id, login or name. Raises UsageError where there is no one such student."""
    student, keys = named_in(gradebook, roster, named)
    book = Gradebook(gradebook)
    try:
        steps = [step for key in keys for step in _steps(book.history(key))]
        return Past(student, tuple(steps), tuple(book.decisions_about(student.key)))
    finally:
        book.close()


def _steps(entries: Sequence[Entry]) -> Iterator[Step]:
    """Of one student, several assignments one after the other."""
    for before, now in pairwise([None, *entries]):
        assert now is not None
        if before is None or before.grade.assignment != now.grade.assignment:
            yield Step(now)
        else:
            gained = round(now.grade.earned - before.grade.earned, 2)
            yield Step(now, gained, tuple(_rests_on(before, now)), changes(before.grade, now.grade))


def _rests_on(before: Entry, now: Entry) -> Iterator[str]:
    if before.sha != now.sha:
        yield "another notebook"
    if before.suite != now.suite:
        yield "the suite was changed"
    if before.environment != now.environment:
        yield "another environment"
    if before.seed != now.seed:
        yield f"seed {now.seed}"
