"""A class that nobody graded: records with everything that a page can show, made from an assignment and a seed."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from grader.course.catalog import Course
from grader.records import (
    Assignment,
    Cell,
    CellRun,
    CellStatus,
    Check,
    Diagnosis,
    Drawing,
    Evidence,
    Execution,
    Figure,
    Frame,
    Grade,
    HandIn,
    Question,
    Result,
    Status,
    Student,
    Submission,
    Trace,
)
from grader.rules import scoring

ROOT = Path(__file__).parents[2]
NAMES = (
    "Ada Lovelace",
    "Zoë Müller",
    "李雷",
    "محمد علي",
    "דוד כהן",
    "Иван Петров",
    "Nguyễn Mai",
    "O'Brien <b>",
    "太郎",
)
ODD = ("A note.",)
STEPS = ("Look at the loop.", "Call it before `backward`.")
LADDER = Diagnosis("M1", "Forgets `zero_grad`", "Gradients *add up*.", STEPS)
OTHER = Diagnosis("M2", "Keeps the sum in a tensor", "A Python float was asked for.")
Graded = tuple[Result, Grade]


def png(side: int = 8) -> str:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((side, side)).save(file, "png")
    return base64.b64encode(file.getvalue()).decode()


FIGURES = (
    Figure(Drawing.CURVE, "Your losses", (3.0, 2.0, 1.5), (2.9, 2.0, 1.4), (3.1, 2.1, 1.6), ("epoch", "loss")),
    Figure(Drawing.MATRIX, "Garments", rows=((5, 1), (0, 6)), names=("coat", "bag"), axes=("taken for", "is")),
    Figure(Drawing.PICTURES, "Where it differs", images=((png(), "your answer"), (png(4), "red: 3 are wrong"))),
    Figure(Drawing.PREDICTION, "Your prediction", beside=(("t.T", "(3, 1)", "(1, 3)", False), ("t", "1", "1", True))),
)
CURVE = FIGURES[:1]


def assignment_of(id: str = "03_training") -> Assignment:
    """Its questions that checks judge."""
    whole = Course(ROOT).assignment(id)
    return whole.asking([question.id for question in whole.coded])


def made(assignment: Assignment, place: int, ability: float, draw: random.Random) -> Graded:
    """One student: the better, the more is right; what is not is wrong, unwritten, or raises."""
    student = Student(f"key {place}", f"{NAMES[place % len(NAMES)]} {place}")
    checks: list[Check] = []
    cells, runs = [Cell(1, "import torch\nprint('hello')")], [CellRun(1, CellStatus.RAN, 0.1, text="hello\n")]
    for number, question in enumerate(assignment.questions, start=2):
        right = draw.random() < ability
        cells.append(Cell(number, _code(question, right), question.id))
        runs.append(CellRun(number, CellStatus.RAN, 0.1, "printed <i>\n" * 20, (png(),) if number == 2 else ()))
        checks += _checks(question, right, number, draw)
    if ability < 0.5:
        cells.append(Cell(len(cells) + 1, "raise ValueError('no')"))
        trace = Trace("ValueError", "no", (Frame(len(cells), 1, "", "raise ValueError('no')"),), ("ValueError",))
        runs.append(CellRun(len(cells), CellStatus.RAISED, 0.1, "before", trace=trace))
    handed = HandIn("2026-11-20T10:00:00Z", place % 7 == 3, str(1 + place % 3))
    submission = Submission(
        student, assignment.id, f"{place}.ipynb", f"sha{place}", tuple(cells), ("A note.",), (), handed
    )
    notes = ("Mend cell 3 first: it ended with ValueError. What it should have defined is missing: `mse`.",)
    execution = Execution(tuple(runs), 1.0, notes=notes if ability < 0.3 else ())
    evidence = Evidence("suite", "env", {"torch": "2"}, "cpu", "full", 0, 0.5, f"grader run '{place}.ipynb' --force")
    result = Result(submission, execution, tuple(checks), evidence)
    return result, scoring.grade(assignment, student, result.checks)


def made_class(assignment: Assignment, size: int, seed: int = 0) -> list[Graded]:
    """Students from one who can everything to one who can nothing."""
    draw = random.Random(seed)
    return [made(assignment, place, 1 - place / max(size - 1, 1), draw) for place in range(size)]


def _code(question: Question, right: bool) -> str:
    lines = "    # a <b>long</b> comment that goes on and on, far beyond what the screen of a phone can show\n" * 2
    return f"def {question.names[0]}(x):\n{lines}    return x {'+' if right else '-'} 1"


def _checks(question: Question, right: bool, cell: int, draw: random.Random) -> Sequence[Check]:
    first = Check(
        question.id, "test_first", "It does `what` it should.", Status.PASSED, seconds=0.1, figures=FIGURES[:1]
    )
    second = Check(question.id, "test_hidden_name", "It leaves its argument alone.", Status.PASSED, seconds=0.2)
    if right:
        return first, second
    kind = draw.randrange(6)
    if kind == 0:
        unwritten = {"status": Status.FAILED, "message": "This is not written yet.", "not_written": True}
        return [_but(one, **unwritten) for one in (first, second)]
    if kind == 1:
        frames = (Frame(cell, 6, question.id, "return x - 1"),)
        raised = Trace("TypeError", "unsupported <operand>", frames, ("TypeError",))
        return _but(first, status=Status.FAILED, trace=raised, message="It raised", fingerprint="raises"), second
    if kind == 2:
        return _but(first, status=Status.FAILED, message="`x` is wrong", diagnosis=LADDER, figures=FIGURES), second
    if kind == 3:
        return first, _but(second, status=Status.FAILED, message="It changes it", diagnosis=OTHER, note="It draws.")
    if kind == 4:
        return first, _but(second, status=Status.FAILED, message="all 4 elements are wrong", fingerprint="same")
    return first, _but(second, status=Status.UNJUDGED, staff="Traceback: hidden line\nOSError: the disk is full")


def _but(check: Check, **changed: object) -> Check:
    return replace(check, **changed)  # type: ignore[arg-type]
