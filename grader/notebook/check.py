"""`check("question")`: a notebook's own checks, for the student who works in it.

It runs the public checks of a question on what the notebook has defined so far, in this process. Where a solution is
imported as a module it does nothing; while a notebook is graded, kernel/inside/standins.py takes its place.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from grader.course.catalog import Course
from grader.errors import GraderError
from grader.records import Assignment, Check, Status

MARKS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNJUDGED: "?"}


def check(question: str) -> None:
    """Run the public checks of one question and print what they found."""
    shell = _shell()
    if shell is None:
        return
    from grader.asking.local import LocalChannel
    from grader.judge.suite import judge, load_public_suite

    folder = _handout(Path.cwd())
    if folder is None:
        print("The checks are not here: keep the notebook in its assignment's folder, beside `public`.")
        return
    try:
        suite = load_public_suite(Course(folder.parents[1]), folder.name)
        channel = LocalChannel(shell.user_ns, shell.compile._filename_map.get)
        for line in lines(judge(suite, channel, seed=0, questions=[question])):
            print(line)
    except GraderError as error:
        print(f"The check could not run: {error}")


def lines(checks: tuple[Check, ...]) -> list[str]:
    """What a student reads of some checks, in the words of the report."""
    found = []
    for one in checks:
        found.append(f"{MARKS[one.status]} {one.promise}")
        if one.message:
            found.append(f"    {one.message}")
        if one.diagnosis:
            found.append(f"    Hint: {one.diagnosis.hint}")
    return found


def by_question(assignment: Assignment, checks: tuple[Check, ...]) -> list[str]:
    """The same for a whole notebook, question by question in its order; one whose checks all passed is one line."""
    found = []
    for question in assignment.questions:
        own = tuple(check for check in checks if check.question == question.id)
        met = {check.status for check in own}
        worst = next((status for status in (Status.FAILED, Status.UNJUDGED) if status in met), Status.PASSED)
        if own:
            found.append(f"{MARKS[worst]} {question.id}: {question.title}")
        if worst is not Status.PASSED:
            found += [f"    {line}" for line in lines(own)]
    return found


def _shell() -> Any:
    """The IPython shell that runs this code, if one does."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def _handout(start: Path) -> Path | None:
    """The nearest folder with an `assignment.toml`."""
    return next((f for f in (start, *start.parents) if (f / "assignment.toml").is_file()), None)
