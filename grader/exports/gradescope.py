"""Gradescope: `results.json` of one submission, as its autograder platform reads it.

A question is a test. Nothing hidden goes in: promises and messages are those of the student's page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from grader.exports.entries import Entry, State, Told, Work
from grader.records import Check, FeedbackLevel, Status
from grader.text import clean, points

MARKS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNJUDGED: "?"}


def results(entry: Entry, work: Work, level: FeedbackLevel) -> tuple[bytes, Told]:
    """The bytes of `results.json`. Without a grade there is no score in it: Gradescope then asks staff to look.

    Args:
        level: how much a student is told.
    """
    told = Told(written=entry.earned is not None)
    if entry.earned is None or entry.state is State.UNJUDGED:
        told.left.append((entry.name, f"{work.id}: {entry.state.value} {entry.remark}".strip()))
    return _results(entry, work, level).encode(), told


def _results(entry: Entry, work: Work, level: FeedbackLevel) -> str:
    if entry.earned is None:
        why = entry.remark or "Nothing that could be graded was handed in."
        return _text({"output": f"{why} A person will look at it.", "stdout_visibility": "visible"})
    tests = [] if level is FeedbackLevel.SCORE else _tests(entry, work, level)
    said = [f"{points(entry.penalty)} points were deducted for lateness."] if entry.penalty else []
    if entry.state is State.UNJUDGED:
        said.append("Some checks could not be judged, through no fault of yours. A person will look at them.")
    return _text(
        {
            "score": entry.earned,
            "output": " ".join(said),
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "tests": tests,
            "extra_data": {"assignment": work.id, "state": entry.state.value},
        }
    )


def _tests(entry: Entry, work: Work, level: FeedbackLevel) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for number, score in enumerate(entry.scores, 1):
        checks = [check for check in entry.checks if check.question == score.question]
        found.append(
            {
                "name": work.titles.get(score.question, score.question),
                "number": str(number),
                "score": score.earned,
                "max_score": score.points,
                "status": "passed" if score.earned == score.points else "failed",
                "output": _output(checks, level),
                "visibility": "visible",
            }
        )
    return found


def _output(checks: Sequence[Check], level: FeedbackLevel) -> str:
    hint = next((check.diagnosis.hint for check in checks if check.diagnosis), "")
    lines = [clean(hint, 600)] if hint and level in (FeedbackLevel.FULL, FeedbackLevel.HINTS) else []
    for check in checks:
        lines.append(f"{MARKS[check.status]} {check.promise}")
        if check.message and level is FeedbackLevel.FULL and not check.not_written:
            lines.append(f"  {clean(check.message, 600)}")
    return "\n".join(lines)


def _text(whole: dict[str, object]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
