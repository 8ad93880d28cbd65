"""A sample class: notebooks made of the reference, alternatives, mistakes and gaps, and what each of them must earn.

What a notebook must earn is judged in this process, without a kernel: the suite questions the reference's namespace
with the same definitions replaced. So the sample class is also a test of the whole path.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.authoring.local import LocalNotebook, not_written
from grader.course.catalog import Course
from grader.course.names import binds_and_uses
from grader.course.notebooks import MARKS, as_text, question_of, solved_notebook, student_notebook
from grader.course.variants import Variant, load_variants
from grader.records import Grade, Student
from grader.rules.scoring import grade


@dataclass(frozen=True, slots=True)
class Sample:
    """One notebook of the sample class."""

    student: str
    assignment: str
    text: str
    replaced: tuple[Variant, ...] = ()
    missing: tuple[str, ...] = ()


def write_class(course: Course, folder: Path, size: int) -> list[Sample]:
    """Write the sample class as a folder per student, with one student who handed in something unreadable."""
    samples = list(make_class(course, size))
    write_samples(samples, folder)
    torn = folder / f"sample-{size + 1:02d}"
    torn.mkdir(parents=True, exist_ok=True)
    (torn / "notebook.ipynb").write_text(samples[0].text[: len(samples[0].text) // 2], encoding="utf-8")
    return samples


def write_samples(samples: Iterable[Sample], folder: Path) -> None:
    """Write each notebook into a folder of its student's."""
    for sample in samples:
        home = folder / sample.student
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{sample.assignment}.ipynb").write_text(sample.text, encoding="utf-8")


def make_class(course: Course, size: int) -> Iterator[Sample]:
    """Samples from perfect to empty, each assignment of the course in turn, the same at every call."""
    draw = random.Random(8)
    ids = course.written()
    for number in range(size):
        id = ids[number % len(ids)]
        place = number // len(ids) / max((size - 1) // len(ids), 1)  # 0 is the best of its assignment, 1 the last
        yield make_sample(course, id, f"sample-{number + 1:02d}", place, draw)


def make_sample(course: Course, id: str, student: str, place: float, draw: random.Random) -> Sample:
    """A notebook with more mistakes and more gaps the nearer `place` is to 1."""
    assignment = course.assignment(id)
    if place >= 1:
        everything = tuple(question.id for question in assignment.coded)
        return Sample(student, id, as_text(student_notebook(course, id)), missing=everything)
    wrong = load_variants(assignment, course.mistakes(id))
    right = load_variants(assignment, course.alternatives(id))
    questions = [question.id for question in assignment.coded]
    chosen = _choose(right, draw.sample(questions, len(questions) // 3), draw)
    chosen |= _choose(wrong, draw.sample(questions, round(len(questions) * 0.6 * place)), draw)
    gaps = set(draw.sample(questions, round(len(questions) * 0.5 * place))) if place > 0.4 else set()
    absent = {name for id in gaps for name in assignment.question(id).names}
    kept = {
        question: [variant]
        for question, variant in chosen.items()
        if question not in gaps and absent.isdisjoint(binds_and_uses(variant.source)[1])  # nor rests on one
    }
    text = as_text(_with_gaps(solved_notebook(course, id, kept), student_notebook(course, id), gaps))
    return Sample(student, id, text, tuple(v[0] for v in kept.values()), tuple(sorted(gaps)))


def earned(sample: Sample, notebook: LocalNotebook, seed: int = 0) -> Grade:
    """What one sample must earn, found without a kernel."""
    assignment = notebook.suite.assignment
    gaps = {name: not_written for id in sample.missing for name in assignment.question(id).names}
    with notebook.replaced(notebook.with_variants(sample.replaced) | gaps):
        return grade(assignment, Student.named(sample.student), notebook.ask(seed=seed))


def _choose(variants: tuple[Variant, ...], questions: list[str], draw: random.Random) -> dict[str, Variant]:
    """One variant for each of the questions that have any."""
    found: dict[str, Variant] = {}
    for question in questions:
        if choices := [variant for variant in variants if variant.question == question]:
            found[question] = draw.choice(choices)
    return found


def _with_gaps(solved: dict[str, Any], handout: dict[str, Any], gaps: set[str]) -> dict[str, Any]:
    empty = {question_of(cell): cell for cell in handout["cells"]}
    cells = [empty[question] if (question := question_of(cell)) in gaps else cell for cell in solved["cells"]]
    cells = [{**cell, "source": [line for line in cell["source"] if line.strip() not in MARKS]} for cell in cells]
    return json.loads(json.dumps({**solved, "cells": cells}))  # type: ignore[no-any-return]
