"""What can be wrong with a course, and the comparisons that find it in the checks of a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.variants import Variant
from grader.kernel.packages import STOPPED
from grader.records import Assignment, CellStatus, Check, Drawing, Execution, Question, Status
from grader.text import last_line

Checks = Sequence[Check]

# What a wrong notebook may answer with. A suite that trips over one of these would leave a student unjudged.
JUNK = {
    "None": "return None",
    "a string": "return 'tensor([1., 2.])'",
    "a NumPy array": "import numpy as np; return np.zeros((2, 3))",
    "an empty tensor": "import torch; return torch.empty(0)",
    "a tensor of ones": "import torch; return torch.ones(2, 3)",
    "a tensor of NaN": "import torch; return torch.full((2, 3), float('nan'))",
    "a generator": "return (i for i in range(3))",
    "an object": "return object()",
    "a dict": "return {'shape': 1}",
    "its argument": "return args[0] if args else ()",
    "an exception": "raise ZeroDivisionError('no')",
    "a ValueError": "raise ValueError('no')",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the course: where, what, and what to do; and with which question, if with one."""

    where: str
    what: str
    fix: str
    question: str = ""

    def __str__(self) -> str:
        return " ".join(f"{self.where}: {self.what}; {self.fix}".split())


def expect(checks: Checks, due: Status, where: str, who: str) -> Iterator[Fault]:
    """Faults for every check whose outcome is not the one that is due."""
    for check in checks:
        if check.status is not due:
            what = f"{who} has {check.status} {check.question}::{check.name} ({_detail(check)})"
            yield Fault(where, what, f"it must be {due}: correct the check or the code", check.question)


def proves_mistake(checks: Checks, variant: Variant) -> Iterator[Fault]:
    """A mistake fails a check of its question, and what it is diagnosed as is itself."""
    own = [c for c in checks if c.question == variant.question and c.status is Status.FAILED]
    diagnosed = [check.diagnosis.mistake for check in own if check.diagnosis]
    if not own:
        what, fix = f"{variant.id} passes every check of {variant.question}", "sharpen a check"
        yield Fault(variant.where, what, fix, variant.question)
    elif diagnosed[:1] != [variant.id]:
        instead = f"as {diagnosed[0]}" if diagnosed else "as nothing known"
        what, fix = f"{variant.id} is diagnosed {instead}", "tell them apart with another case"
        yield Fault(variant.where, what, fix, variant.question)


def spares(checks: Checks, variant: Variant) -> Iterator[Fault]:
    """A variant fails no check of questions that rest on its question and do not say that they need it."""
    for check in checks:
        if check.status is not Status.PASSED:
            what = f"{variant.id or repr(variant.title)} fails {check.question}::{check.name} too ({_detail(check)})"
            fix = f"write needs = [{variant.question!r}] at {check.question!r}, or make it independent"
            yield Fault(variant.where, what, fix, variant.question)


def measured(checks: Checks, question: Question, where: str) -> Iterator[Fault]:
    """A quest is about a number, and a check measures it."""
    numbers = [figure for check in checks for figure in check.figures if figure.drawing is Drawing.QUEST]
    if bool(question.quest) != bool(numbers):
        what = (
            "measures no number for its quest" if question.quest else "measures a number, and the question is no quest"
        )
        fix = "let a check say draw.quest" if question.quest else 'write quest = "highest" or "lowest" at the question'
        yield Fault(where, what, fix, question.id)


def undisturbed(execution: Execution, where: str) -> Iterator[Fault]:
    """No cell of the reference that ran has raised or was cut short: students must not meet our own errors."""
    for cell in execution.cells:
        if cell.status is CellStatus.LEFT_OUT:
            continue
        shown = next((line for line in cell.text.splitlines() if line.startswith(STOPPED)), "")
        if cell.trace or cell.note or shown:
            said = cell.trace.said if cell.trace else cell.note or shown
            yield Fault(where, f"cell {cell.number} does not run ({said})", "correct the cell")


def judged(checks: Checks, folder: Path, when: str) -> Iterator[Fault]:
    """Every check must come to a verdict, whatever the answer was."""
    for check in checks:
        if check.status is Status.UNJUDGED:
            why = last_line(check.staff) or "no reason"
            what, fix = f"is unjudged {when} ({why})", "examine answers with agree, same or expect"
            yield Fault(_place(folder, check), what, fix, check.question)


def guards(
    notebooks: Sequence[Checks], question: Question, table: str, mistakes: Sequence[Checks] = ()
) -> Iterator[Fault]:
    """Checks that junk passes earn nothing by themselves: each must be one of the question's guards.

    No other is one but those that a known mistake passes which fails everything else.
    """
    passed = {c.name for checks in notebooks for c in checks if c.status is Status.PASSED}
    known = {c.name for checks in notebooks for c in checks}
    where = f"{table}: {question.id}.guards"
    for name in sorted(passed - set(question.guards)):
        yield Fault(where, f"senseless answers pass {name}", "sharpen it, or name it in guards", question.id)
    nothing_else = [
        names
        for checks in mistakes
        if (names := {c.name for c in checks if c.status is Status.PASSED}) <= set(question.guards)
    ]
    for name in sorted(set(question.guards) - passed.union(*nothing_else)):
        what = "no senseless answer passes it" if name in known else "there is no such check"
        yield Fault(where, f"the guard {name} is none: {what}", "take it out of guards", question.id)


def no_idle_checks(notebooks: Sequence[Checks], folder: Path) -> Iterator[Fault]:
    """Checks that none of the notebooks with mistakes fails: nobody would notice if they were gone."""
    failed = {check.name for checks in notebooks for check in checks if check.status is Status.FAILED}
    for check in notebooks[0] if notebooks else ():
        if check.name not in failed:
            what, fix = "no known mistake fails this check", "write down the mistake it is for, or drop it"
            yield Fault(_place(folder, check), what, fix, check.question)


def dependents(ids: set[str], assignment: Assignment) -> set[str]:
    """Questions and all that need them, however far."""
    found = set(ids)
    while more := {q.id for q in assignment.questions if set(q.needs) & found} - found:
        found |= more
    return found


def _place(folder: Path, check: Check) -> str:
    return f"{folder / f'test_{check.question}.py'}::{check.name}"


def _detail(check: Check) -> str:
    return check.message or check.staff[-300:] or "no message"
