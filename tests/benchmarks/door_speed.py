"""The door alone: a tree of 2,000 students in three levels is sorted out, read and accounted for; how long that takes.

    python tests/benchmarks/door_speed.py [students]

Prints the seconds of each of three runs, and what the process holds at most.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from grader.intake.inbox import Wanted, collect
from grader.records import Assignment, Question

QUESTIONS = tuple(Question(f"q{number}", f"Question {number}", "Section", 2.0) for number in range(10))
ASSIGNMENT = Assignment("01_speed", "Speed", "", QUESTIONS)
MOST = 2.0  # seconds that a class of 2,000 may take


def notebook(student: int) -> str:
    """Ten answers, with a little text around each."""
    text = {"cell_type": "markdown", "metadata": {}, "source": ["# A question\n", "It asks for a number.\n"]}
    cells = [
        {
            "cell_type": "code",
            "metadata": {"grader": {"question": question.id}},
            "source": [f"def {question.id}(x):\n", f"    return x + {student}\n"],
            "outputs": [],
            "execution_count": None,
        }
        for question in QUESTIONS
    ]
    metadata = {"grader": {"assignment": ASSIGNMENT.id}}
    body = [cell for code in cells for cell in (text, code)]
    return json.dumps({"cells": body, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def plant(folder: Path, students: int) -> None:
    """Sections of groups of students."""
    for number in range(students):
        home = folder / f"section {number % 10}" / f"group {number // 10 % 10}" / f"student {number:04d}"
        home.mkdir(parents=True)
        (home / "01_speed.ipynb").write_text(notebook(number), encoding="utf-8")


def main() -> int:
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as place:
        plant(Path(place, "class"), students)
        seconds, own = [], []
        for _ in range(3):
            started, used = time.perf_counter(), time.process_time()
            intake = collect([Path(place, "class")], Wanted([ASSIGNMENT]))
            seconds.append(time.perf_counter() - started)
            own.append(time.process_time() - used)
            assert len(intake.handed) == len(intake.accounts) == students
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{students} students: {', '.join(f'{one:.2f}' for one in seconds)} s, {min(own):.2f} of a core; {held} MB")
    return 0 if min(seconds) < MOST * max(students / 2_000, 1) else 1


if __name__ == "__main__":
    sys.exit(main())
