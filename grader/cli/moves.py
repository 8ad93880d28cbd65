"""Which questions were asked again, and whose grade is another one now: as lines, and as plain data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.records import Grade, Standing
from grader.rules.changes import Change
from grader.storage import to_json
from grader.text import clean, points

if TYPE_CHECKING:  # what loads torch is imported by the command that needs it
    from grader.classroom.moves import Move
    from grader.classroom.summary import ClassResult


def lines_of(result: ClassResult) -> Iterator[str]:
    """What was asked again; a line for each student who moved, with the questions because of which; how many did."""
    asked = Counter((assignment, one.asked) for (_, assignment), one in result.ran.items() if one.asked)
    for (assignment, questions), count in sorted(asked.items()):
        yield f"asked again: {', '.join(questions)} of {assignment}, in {count} notebook{'s' * (count > 1)}"
    for move in result.moves:
        grade = move.row.grade
        changed = f"{worth(move.before)} to {worth(grade)}{_because(move)}"
        yield f"moved: {clean(move.row.shown, 60)} {grade.assignment}: {changed}"
    if result.moves:
        up, down = (sum(sign * move.gained > 0 for move in result.moves) for sign in (1, -1))
        same = len(result.moves) - up - down
        yield f"moved: {up} up, {down} down" + (f", {same} with the same points" if same else "")


def worth(grade: Grade) -> str:
    """A grade in few words: `7/10`."""
    unjudged = " so far" if grade.status is Standing.UNJUDGED else ""
    return f"{points(grade.earned)}/{points(grade.points)}{unjudged}"


def _because(move: Move) -> str:
    """The sum, and the questions that it is made of, the largest change first."""
    told = sorted(move.changes, key=lambda one: -abs(one.now - one.before))
    parts = [said_of(change) for change in told]
    because = ", ".join([*(["another notebook"] if move.anew else []), *parts])
    return f" ({signed(move.gained)}{': ' if because else ''}{because})"


def said_of(change: Change) -> str:
    """A change in few words: `double +2`, `root −1 (decided)`, `lateness −3`."""
    what, why = (change.question, change.why) if change.question else (change.why, "")
    difference = change.now - change.before
    return " ".join([what, *([signed(difference)] if difference else []), *([f"({why})"] if why else [])])


def signed(number: float) -> str:
    """Points that came or went, always with a sign."""
    return f"{'−' if number < 0 else '+' if number > 0 else '±'}{points(abs(number))}"


def move_json(move: Move) -> dict[str, object]:
    """A move as plain data."""
    grade = move.row.grade
    return {
        "student": json.loads(to_json(grade.student)),
        "assignment": grade.assignment,
        "before": move.before.earned,
        "after": grade.earned,
        "another_notebook": move.anew,
        "questions": [
            {"question": one.question, "before": one.before, "after": one.now, "why": one.why} for one in move.changes
        ],
    }
