"""How long a class of 1,000 takes to be scored again: points, deadlines, decisions, tables. No notebook runs.

    python tests/benchmarks/desk_speed.py [STUDENTS]

The class is of assignment 01, each student with three checks for every question. Printed are ratios: how often
PyTorch could be imported in that time, by the processor and by the clock, and what that is of the budget.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.classroom.people import people_of
from grader.classroom.roll import roll_of
from grader.classroom.scorer import scorer_of
from grader.classroom.summary import Place, score_class
from grader.classroom.table import table_of
from grader.course.catalog import Course
from grader.course.notebooks import solved_notebook
from grader.gradebook.peek import handed_in
from grader.gradebook.store import Gradebook
from grader.intake.submission import read_cells
from grader.records import Check, Evidence, Execution, HandIn, Result, Status, Student, Submission
from grader.rules import scoring
from grader.rules.lateness import iso

ROOT = Path(__file__).parents[2]
BUDGET = 3.0  # seconds for 1,000 students: everybody scored, and the table
ID, DUE = "01_tensors", datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
LATE = "timezone = 'Europe/Zurich'\n[late]\npenalty = 10\nbudget = 2\n"
COURSE = f"{LATE}[assignments.{ID}]\ndue = {DUE:%Y-%m-%dT%H:%M:%SZ}\n"


def main(students: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place, yard = make(Path(folder), students), Yardstick()
        with yard.timed("course, roster and decisions read"):
            scorer = scorer_of(place.course, people_of(None, handed_in(place.gradebook)))
        gradebook = Gradebook(place.gradebook)
        with yard.timed("everybody scored"):
            roll = roll_of(gradebook, scorer, place.out)
        with yard.timed("the table"):
            list(table_of(roll))
        gradebook.close()
        used = yard.spent / (BUDGET * students / 1000)
        print(f"scoring and table: {used:.2f} of the budget; {len(roll.changed)} of {len(roll.rows)} grades changed")
        with yard.timed("grader score, all of it, with every page written"):
            score_class(place)
        with yard.timed("grader score, all of it, when nothing changed"):
            score_class(place)


def make(folder: Path, students: int) -> Place:
    """A class as `grader run` leaves it, and decisions about each third student."""
    course = Course(folder / "course")
    for part in ("assignments", "solutions"):
        shutil.copytree(ROOT / part, course.root / part)
    shutil.copytree(ROOT / "tests" / "hidden" / ID, course.hidden(ID))
    (course.root / "course.toml").write_text(COURSE, encoding="utf-8")
    place = Place(course, folder / "grades", "")
    gradebook, assignment = Gradebook(place.gradebook), course.assignment(ID)
    cells = tuple(read_cells(solved_notebook(course, ID))[0])
    evidence = Evidence("suite", "env", {}, "cpu", "full", 0, 0.5, "")
    run, decisions = gradebook.begin_run(""), []
    for number in range(students):
        who, time_ = Student.named(f"student {number}"), DUE + timedelta(hours=number % 70 - 20)
        checks = tuple(_check(question.id, k, number) for question in assignment.questions for k in range(3))
        sent = Submission(who, ID, f"{number}.ipynb", f"{number}", cells, (), (), HandIn(iso(time_)))
        result = Result(sent, Execution((), 1.0), checks, evidence)
        gradebook.record(run, result, scoring.grade(assignment, who, checks))
        if number % 3 == 0:
            question = assignment.questions[number % len(assignment.questions)]
            decisions.append(
                f'[[points]]\nstudent = "student {number}"\nassignment = "{ID}"\nquestion = "{question.id}"\n'
                f'points = 1\nreason = "It is right."\nanswer = "0123456789abcdef"\n'
            )
    gradebook.close()
    (course.root / "decisions.toml").write_text("\n".join(decisions), encoding="utf-8")
    return place


def _check(question: str, k: int, number: int) -> Check:
    """Each took a time of its own; what failed, failed in its student's own way."""
    failed = (number + k) % 7 == 0
    status, message = (Status.FAILED, f"It gave {number}.") if failed else (Status.PASSED, "")
    return Check(question, f"test_{k}", "What it promises.", status, message, seconds=0.001 * number + k)


class Yardstick:
    """Times in the time that Python takes to import PyTorch; `spent`: seconds of the processor so far."""

    def __init__(self) -> None:
        self.spent = 0.0
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import torch"], check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.clock, self.processor = time.perf_counter() - started, used.ru_utime + used.ru_stime

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        started, worked = time.perf_counter(), time.process_time()
        yield
        worked, waited = time.process_time() - worked, time.perf_counter() - started
        self.spent += worked
        print(f"{worked / self.processor:6.2f} {waited / self.clock:6.2f}  {what}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
