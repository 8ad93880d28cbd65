"""What does it cost to correct one check? The ten-question notebook, graded, and graded again after edits.

    python tests/benchmarks/regrade_speed.py [--class-size 200]

No two notebooks of the class are the same, and of each ten one is wrong in the question whose check is edited, in
three ways; the others answer it alike in three ways of writing. Printed are ratios to the first run: by the clock, and
by the processor time of all processes; seconds of one machine say nothing about another.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from class_speed import GRADER, write_course

BUDGET = 0.10  # of the first run, for a class of 200, where a corrected check asks what was asked
RIGHT = "return x.T @ x"
WRITTEN = (RIGHT, "return torch.mm(x.T, x)", "return x.transpose(0, 1) @ x")
WRONG = ("return x @ x.T", "return x.T @ x + 1", "return None")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float


def write_class(course: Path, folder: Path, count: int) -> None:
    """Notebooks that differ in a comment, and in how the question `gram` is answered."""
    from grader.course.catalog import Course
    from grader.course.notebooks import as_text, solved_notebook

    text = as_text(solved_notebook(Course(course), "01_ten"))
    assert RIGHT in text
    folder.mkdir()
    for number in range(count):
        ways = WRONG if number % 10 == 9 else WRITTEN
        own = text.replace(RIGHT, f"{ways[number // 10 % 3]}  # {number}", 1)
        (folder / f"student{number:04d}.ipynb").write_text(own)


def run(place: Path, *asked: str, kernels: bool | None = None) -> Cost:
    """What a run costs, in which everybody is asked these questions; none means all.

    Args:
        kernels: whether it must need some; None: nobody is asked anything.
    """
    command = [GRADER, "run", str(place / "class"), "--out", str(place / "out"), "--course", str(place / "course")]
    before, started = processor(), time.monotonic()
    done = subprocess.run([*command, "--json"], capture_output=True, text=True)
    cost = Cost(time.monotonic() - started, processor() - before)
    assert done.returncode == 0, done.stderr
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
    count = parser.parse_args().class_size
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_course(place / "course")
        write_class(place / "course", place / "class", count)
        check = place / "course" / "tests" / "hidden" / "01_ten" / "test_gram.py"
        right = check.read_text()
        wrong = right.replace("reference.gram", "lambda x: x.T @ x + 3")
        edits = (
            ("an expected value that all failed for, corrected", right, False),
            ("a check that expects the same, said otherwise", right + "    assert reference.gram\n", False),
            ("new inputs, which no kernel has answered", right.replace("rand(3, 5)", "rand(3, 4)"), True),
        )
        check.write_text(wrong)
        first = run(place, kernels=True)
        print(f"{count} submissions, first run: 1.00 by the clock, 1.00 by the processor", flush=True)
        for what, text, kernels in edits:
            check.write_text(text)
            show(what, run(place, "gram", kernels=kernels), first, "" if kernels else f" (at most {BUDGET:.2f})")
        show("nothing changed", run(place), first)


def show(what: str, cost: Cost, first: Cost, budget: str = "") -> None:
    clock, processor = cost.clock / first.clock, cost.processor / first.processor
    print(f"{what}: {clock:.3f} by the clock, {processor:.3f} by the processor{budget}", flush=True)


if __name__ == "__main__":
    main()
