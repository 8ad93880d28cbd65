"""What does it cost to correct one check? The ten-question notebook, graded, and graded again after edits.

    python tests/benchmarks/regrade_speed.py [--class-size 200] [--assignment 01_tensors]

No two notebooks of the class are the same, and of each ten one is wrong in the two questions whose checks are edited.
To `gram` the others give one answer, in three ways of writing; of `double` no two kernels give the same answer to the
last bit. With `--assignment` it is the sample class of an assignment of the course, from perfect notebooks to empty
ones, and the edit is one of words in the checks of its first question.

Printed are ratios to the first run: by the clock, and by the processor time of all processes; seconds of one machine
say nothing about another.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from class_speed import GRADER, write_course

ROOT, NEEDS_A_PERSON = Path(__file__).parents[2], 3
# Of the first run's processor time, for a class of 200: where a corrected check asks what was asked, and where it asks
# something new. Then all cells run again, those of other questions too: what they do may matter to any function.
BUDGET, KERNELS_BUDGET = 0.10, 0.75
RIGHT = "return x.T @ x"
WRITTEN = (RIGHT, "return torch.mm(x.T, x)", "return x.transpose(0, 1) @ x")
WRONG = ("return x @ x.T", "return x.T @ x + 1", "return None")
DOUBLE = "return x * 2"
BITS = 10  # so many numbers of an answer are rounded as nobody else rounds them, which is less than any tolerance


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Edit:
    """Of one question's check.

    Attributes:
        kernels: whether only kernels can tell what comes of it.
    """

    what: str
    question: str
    old: str
    new: str
    kernels: bool = False


WRONG_VALUE = "lambda x: x + 9"  # all fail for it, before it is corrected
EDITS = (
    Edit(
        "an expected value that all failed for; all who are right answered alike", "gram", WRONG_VALUE, "reference.gram"
    ),
    Edit("the same; no two kernels answered alike", "double", WRONG_VALUE, "reference.double"),
    Edit("the same value, said otherwise; no two answered alike", "double", "reference.double", "lambda x: x + x"),
    Edit("new inputs, which no kernel has answered", "gram", "rand(3, 5)", "rand(3, 4)", kernels=True),
)


def write_class(course: Path, folder: Path, count: int) -> None:
    """Notebooks of which no two are the same, nor answer `double` alike."""
    from grader.course.catalog import Course
    from grader.course.notebooks import as_text, solved_notebook

    text = as_text(solved_notebook(Course(course), "01_ten"))
    assert RIGHT in text and DOUBLE in text
    folder.mkdir()
    for number in range(count):
        wrong = number % 10 == 9
        ways = WRONG if wrong else WRITTEN
        own = text.replace(RIGHT, f"{ways[number // 10 % 3]}  # {number}", 1).replace(DOUBLE, doubled(number, wrong), 1)
        (folder / f"student{number:04d}.ipynb").write_text(own)


def doubled(number: int, wrong: bool) -> str:
    """The end of a function that doubles, or not quite, and rounds in its own way."""
    assert number < 1 << BITS
    last = [number >> bit & 1 for bit in range(BITS)]
    factor = 3 if wrong else 2
    return (
        f"return (x * {factor}).flatten().add(torch.tensor({last} + [0] * (x.numel() - {BITS})) * 2e-7).view(x.shape)"
    )


def run(place: Path, *asked: str, kernels: bool | None = None) -> Cost:
    """What a run costs, in which everybody is asked these questions; none means all.

    Args:
        kernels: whether it must need some; None: nobody is asked anything.
    """
    command = [GRADER, "run", str(place / "class"), "--out", str(place / "out"), "--course", str(place / "course")]
    before, started = processor(), time.monotonic()
    done = subprocess.run([*command, "--json"], capture_output=True, text=True)
    cost = Cost(time.monotonic() - started, processor() - before)
    assert done.returncode in (0, NEEDS_A_PERSON), done.stderr  # who marks what is written in words
    grades = json.loads(done.stdout)["grades"]
    assert all(grade["asked"] == list(asked) and grade["fresh"] == (kernels is not None) for grade in grades)
    if kernels is not None:
        with sqlite3.connect(place / "out" / "gradebook.db") as db:
            (most,) = db.execute(
                "SELECT max(json_extract(evidence, '$.kernels')) FROM executions "
                "WHERE run = (SELECT max(run) FROM executions)"
            ).fetchone()
        assert (most > 0) == kernels
    return cost


def processor() -> float:
    """Seconds of the processor that all children have used which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--class-size", type=int, default=200)
    parser.add_argument("--assignment")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if asked.assignment:
            edits = sample_class(place, asked.assignment, asked.class_size)
        else:
            edits = ten_questions(place, asked.class_size)
        first = run(place, kernels=True)
        print(f"{asked.class_size} submissions, first run: 1.00 by the clock, 1.00 by the processor", flush=True)
        for suite, edit in edits:
            change(suite, edit)
            cost = run(place, edit.question, kernels=edit.kernels)
            show(edit.what, cost, first, KERNELS_BUDGET if edit.kernels else BUDGET)
        show("nothing changed", run(place), first, BUDGET)


def ten_questions(place: Path, count: int) -> list[tuple[Path, Edit]]:
    """A course of ten questions and a class; the edits to make in turn, each with the checks it is made in."""
    write_course(place / "course")
    write_class(place / "course", place / "class", count)
    hidden = place / "course" / "tests" / "hidden" / "01_ten"
    edits = [(hidden / f"test_{edit.question}.py", edit) for edit in EDITS]
    for suite, question in dict.fromkeys((suite, edit.question) for suite, edit in edits):
        change(suite, Edit("", question, f"reference.{question}", WRONG_VALUE))
    return edits


def sample_class(place: Path, id: str, count: int) -> list[tuple[Path, Edit]]:
    """An assignment of this course, and a class of it from perfect to empty."""
    from grader.authoring.demo import make_class
    from grader.course.catalog import Course

    course = place / "course"
    for part in ("assignments", *(f"tests/{kind}" for kind in ("hidden", "mistakes", "alternatives"))):
        shutil.copytree(ROOT / part / id, course / part / id)
    shutil.copytree(ROOT / "solutions", course / "solutions", ignore=lambda _, names: {*names} - {f"{id}.py"})
    (place / "class").mkdir()
    for sample in make_class(Course(course), count):
        (place / "class" / f"{sample.student}.ipynb").write_text(sample.text, encoding="utf-8")
    question = Course(course).assignment(id).coded[0].id
    suite = course / "tests" / "hidden" / id / f"test_{question}.py"
    promise = re.search(r'    """(.+?)"""', suite.read_text(encoding="utf-8").partition("\ndef test_")[2])
    assert promise
    return [
        (
            suite,
            Edit("what one check promises, in other words", question, promise[1], f"As the text says: {promise[1]}"),
        )
    ]


def change(suite: Path, edit: Edit) -> None:
    """Edit a check."""
    text = suite.read_text(encoding="utf-8")
    assert edit.old in text
    suite.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")


def show(what: str, cost: Cost, first: Cost, budget: float) -> None:
    clock, processor = cost.clock / first.clock, cost.processor / first.processor
    print(f"{what}: {clock:.3f} by the clock, {processor:.3f} by the processor (at most {budget:.2f})", flush=True)


if __name__ == "__main__":
    main()
