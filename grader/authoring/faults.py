"""What can be wrong with a course, and the comparisons that find it in the checks of a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.variants import Variant
from grader.records import Assignment, Check, Execution, Question, Status

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
    """Something wrong with the course: where, what, and what to do."""

    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return " ".join(f"{self.where}: {self.what}; {self.fix}".split())


def expect(checks: Checks, due: Status, where: str, who: str, questions: Iterable[Question]) -> Iterator[Fault]:
    """Faults for every check of these questions whose outcome is not the one that is due."""
    ids = {question.id for question in questions}
    for check in checks:
        if check.question in ids and check.status is not due:
            detail = check.message or check.staff[-300:] or "no message"
            what = f"{who} has {check.status} {check.question}::{check.name} ({detail})"
            yield Fault(where, what, f"it must be {due}: correct the check or the code")


def proves_mistake(checks: Checks, variant: Variant) -> Iterator[Fault]:
    """A mistake fails a check of its question, and what it is diagnosed as is itself."""
    own = [c for c in checks if c.question == variant.question and c.status is Status.FAILED]
    diagnosed = [check.diagnosis.mistake for check in own if check.diagnosis]
    if not own:
        yield Fault(variant.where, f"{variant.id} passes every check of {variant.question}", "sharpen a check")
    elif diagnosed[:1] != [variant.id]:
        instead = f"as {diagnosed[0]}" if diagnosed else "as nothing known"
        yield Fault(variant.where, f"{variant.id} is diagnosed {instead}", "tell them apart with another case")


def proves_mistakes(checks: Checks, group: Sequence[Variant], assignment: Assignment) -> Iterator[Fault]:
    """Each mistake of a notebook fails its question and is diagnosed as itself; every other question passes.

    Questions that need one with a mistake in it may do either.
    """
    for variant in group:
        yield from proves_mistake(checks, variant)
    touched = dependents({variant.question for variant in group}, assignment)
    spared = [question for question in assignment.questions if question.id not in touched]
    where = group[0].where.rpartition("/")[0] if group else ""
    ids = ", ".join(variant.id for variant in group)
    yield from expect(checks, Status.PASSED, where, f"a notebook with {ids}", spared)


def undisturbed(execution: Execution, where: str) -> Iterator[Fault]:
    """No cell of the reference raises or is cut short: students must not meet our own errors."""
    for cell in execution.cells:
        if cell.trace or cell.note:
            said = f"{cell.trace.kind}: {cell.trace.message}" if cell.trace else cell.note
            yield Fault(where, f"cell {cell.number} does not run ({said})", "correct the cell")


def judged(checks: Checks, folder: Path, when: str) -> Iterator[Fault]:
    """Every check must come to a verdict, whatever the answer was."""
    for check in checks:
        if check.status is Status.UNJUDGED:
            why = check.staff.strip().splitlines()[-1] if check.staff.strip() else "no reason"
            where = f"{folder / f'test_{check.question}.py'}::{check.name}"
            yield Fault(where, f"is unjudged {when} ({why})", "examine answers with agree, same or expect")


def guards(notebooks: Sequence[Checks], questions: Iterable[Question], table: str) -> Iterator[Fault]:
    """Checks that junk passes earn nothing by themselves: each must be one of its question's guards, and no other."""
    passed = {(c.question, c.name) for checks in notebooks for c in checks if c.status is Status.PASSED}
    known = {(c.question, c.name) for checks in notebooks for c in checks}
    for question in questions:
        named = {(question.id, name) for name in question.guards}
        own = {(id, name) for id, name in passed if id == question.id}
        for _, name in sorted(own - named):
            yield Fault(f"{table}: {question.id}", f"senseless answers pass {name}", "sharpen it, or name it in guards")
        for _, name in sorted(named - own):
            what = "no senseless answer passes it" if (question.id, name) in known else "there is no such check"
            yield Fault(f"{table}: {question.id}", f"the guard {name} is none: {what}", "take it out of guards")


def no_idle_checks(notebooks: Sequence[Checks], folder: Path) -> Iterator[Fault]:
    """Checks that none of the notebooks with mistakes fails: nobody would notice if they were gone."""
    failed = {(c.question, c.name) for checks in notebooks for c in checks if c.status is Status.FAILED}
    for check in notebooks[0] if notebooks else ():
        if (check.question, check.name) not in failed:
            where = f"{folder / f'test_{check.question}.py'}::{check.name}"
            yield Fault(where, "no known mistake fails this check", "write down the mistake it is for, or drop it")


def dependents(ids: set[str], assignment: Assignment) -> set[str]:
    """Questions and all that need them, however far."""
    found = set(ids)
    while more := {q.id for q in assignment.questions if set(q.needs) & found} - found:
        found |= more
    return found
