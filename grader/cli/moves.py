"""Which questions were asked again, and whose grade is another one now: as lines, and as plain data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.records import Grade, Standing
from grader.storage import to_json
from grader.text import clean, points

if TYPE_CHECKING:  # what loads torch is imported by the command that needs it
    from grader.classroom.grading import ClassResult
    from grader.classroom.moves import Move


def lines_of(result: ClassResult) -> Iterator[str]:
    """What was asked again; a line for each student who moved, with the questions because of which; how many did."""
    asked = Counter((o.grade.assignment, o.asked) for o in result.outcomes if o.asked)
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
    told = sorted(move.questions, key=lambda one: -abs(one[2] - one[1]))
    parts = [f"{id} {_signed(now - was)}" if now != was else f"{id} with other points" for id, was, now in told]
    because = ", ".join([*(["another notebook"] if move.anew else []), *parts])
    return f" ({_signed(move.gained)}{': ' if because else ''}{because})"


def _signed(number: float) -> str:
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
        "questions": [{"question": id, "before": was, "after": now} for id, was, now in move.questions],
    }
