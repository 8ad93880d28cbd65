"""What does a submission cost that fails? The imports alone, the handout, one that is half wrong, the reference.

    python tests/benchmarks/failing_speed.py [assignment ...] [--class-size 8]

Processor time of everything that `grader run` starts, by submission, in relation to the reference's: what one
submission costs more than none, so that the start of the program is taken off.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.course.catalog import Course
from grader.course.notebooks import as_text, solved_notebook, student_notebook
from grader.course.variants import Variant, load_variants

GRADER = str(Path(sys.executable).with_name("grader"))
ROOT = Path(__file__).resolve().parents[2]
BUDGET = {"imports": 1.0, "handout": 1.0}  # of the reference's time


def notebooks(course: Course, id: str) -> dict[str, str]:
    """The notebooks that are compared, by name; in one, every other question has a known mistake."""
    assignment = course.assignment(id)
    known: dict[str, list[Variant]] = {}
    for variant in load_variants(assignment, course.mistakes(id)):
        known.setdefault(variant.question, [variant])
    wrong = {question.id: known[question.id] for question in assignment.questions[::2] if question.id in known}
    handout = student_notebook(course, id)
    imports = next(cell for cell in handout["cells"] if cell["cell_type"] == "code")
    return {
        "imports": as_text({**handout, "cells": [imports]}),
        "handout": as_text(handout),
        "half wrong": as_text(solved_notebook(course, id, wrong)),
        "reference": as_text(solved_notebook(course, id)),
    }


def cost(text: str, count: int) -> tuple[float, float]:
    """Seconds of processor time for a class of so many, and the part of the points that each has earned."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "class"
        folder.mkdir()
        for number in range(count):
            (folder / f"student{number:03d}.ipynb").write_text(text)
        command = [GRADER, "run", str(folder), "--out", str(Path(place) / "out"), "--course", str(ROOT), "--json"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    grades = json.loads(done.stdout)["grades"]
    assert len(grades) == count
    [part] = {grade["earned"] / grade["points"] for grade in grades}
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="*", default=["01_tensors"])
    parser.add_argument("--class-size", type=int, default=8)
    chosen = parser.parse_args()
    course = Course(ROOT)
    for id in chosen.assignments:
        spent, earned = {}, {}
        for name, text in notebooks(course, id).items():
            alone, earned[name] = cost(text, 1)
            spent[name] = (cost(text, 1 + chosen.class_size)[0] - alone) / chosen.class_size
        for name, seconds in spent.items():
            within = f" (budget {BUDGET[name]})" if name in BUDGET else ""
            print(f"{id}  {name:12} earned {earned[name]:4.0%}  {seconds / spent['reference']:.2f} times{within}")


if __name__ == "__main__":
    main()
