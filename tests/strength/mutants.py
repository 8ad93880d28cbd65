"""How strong is a hidden suite? Small changes are made in the reference solution; each of them should fail a check.

    python tests/strength/mutants.py 01_tensors [--question ID] [--limit N] [--least 95]

A mutant is killed when a check of its question fails, or of a question that needs it: the answer is wrong, the code
raises, or does not come to an end. One that leaves a check unjudged is not killed: a person would have to look.
Survivors are shown as differences to the author's file. Those that do the same as the reference are written down in
`equivalent/NN_topic.toml` and do not count.
"""

from __future__ import annotations

import ast
import difflib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import equivalents
from common import BROKEN, DIED, SLOW, Options, exit_code, in_child, options, percent, prepare, run, scratch, spread
from equivalents import Change
from mutations import mutations

from grader.authoring.faults import dependents
from grader.authoring.local import LocalNotebook
from grader.course.catalog import Course
from grader.course.notebooks import source_cells
from grader.course.variants import Variant
from grader.errors import CourseError
from grader.judge.suite import load_suite
from grader.records import Check, Status

KILLED, SURVIVED = "killed", "survived"
PATIENCE = 5.0  # seconds, and as many times what the reference takes


@dataclass(frozen=True, slots=True)
class Mutant:
    """One definition with one change. `line` is where the definition begins in the solution's file."""

    question: str
    name: str
    before: str
    after: str
    file: Path
    line: int

    @property
    def change(self) -> Change:
        return equivalents.change_between(self.question, self.before.splitlines(), self.after.splitlines())

    @property
    def variant(self) -> Variant:
        return Variant(self.question, self.name, "mutant", "", "", self.after, "", f"{self.file}:{self.line}")

    def difference(self) -> list[str]:
        """A hunk of a unified diff, with the line numbers of the file."""
        above = [""] * (self.line - 1)
        old, new = ([*above, *text.splitlines()] for text in (self.before, self.after))
        return list(difflib.unified_diff(old, new, n=1, lineterm=""))[2:]


def mutants_of(course: Course, id: str, questions: Sequence[str] = ()) -> Iterator[Mutant]:
    """Every mutant of the definitions that an assignment's questions ask for.

    Another prediction is as good, and so is another answer to an open task.
    """
    assignment, file = course.assignment(id), course.solution(id)
    text = file.read_text(encoding="utf-8")
    for _, question, source in source_cells(course, id):
        if not question or (questions and question not in questions):
            continue
        asked = assignment.question(question)
        if asked.by_hand or asked.kind == "predicted" or asked.quest:
            continue
        above = text[: max(text.find(source), 0)].count("\n")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in asked.names:
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                before = "\n".join(source.splitlines()[first - 1 : node.end_lineno])
                for after in mutations(before):
                    yield Mutant(question, node.name, before, after, file, above + first)


class Judge:
    """Asks the hidden suite of one mutant after another, each in a process of its own."""

    def __init__(self, course: Course, id: str) -> None:
        prepare(course, id)
        suite = replace(load_suite(course, id), mistakes={})  # nobody reads a mutant's diagnosis
        self.notebook = LocalNotebook(course, suite)
        self.assignment = suite.assignment
        self.limits: dict[str, float] = {}

    def verdict(self, mutant: Mutant) -> str:
        """KILLED, or what else became of it."""
        if mutant.question not in self.limits:
            self.limits[mutant.question] = self._limit(mutant.question)
        said = in_child(lambda: self._ask(mutant), self.limits[mutant.question], self.assignment.limits.memory_mb)
        return KILLED if said in (SLOW, DIED) else said

    def _limit(self, question: str) -> float:
        """How long a question's checks may take. Raises CourseError when the reference does not pass them."""
        started = time.monotonic()
        said = in_child(lambda: self._passes(question), 600, self.assignment.limits.memory_mb)
        if said != SURVIVED:
            raise CourseError(question, f"the reference itself does not pass: {said}", "run `grader validate --quick`")
        return PATIENCE * (1 + time.monotonic() - started)

    def _ask(self, mutant: Mutant) -> str:
        try:
            value = mutant.variant.value(self.notebook.namespace)
        except Exception:  # a class whose body raises: the notebook would stop there
            return KILLED
        with self.notebook.replaced({mutant.name: value}):
            return self._passes(mutant.question)

    def _passes(self, question: str) -> str:
        """Whether what the notebook defines passes the checks of a question, then of those that need it."""
        needing = dependents({question}, self.assignment) - {question}
        for id in (question, *sorted(needing)):
            checks = self.notebook.ask([id])
            if any(check.status is Status.FAILED for check in checks):
                return KILLED
            if unjudged := [check for check in checks if check.status is Status.UNJUDGED]:
                return _why(unjudged[0])
        return SURVIVED


def _why(check: Check) -> str:
    last = check.staff.strip().splitlines()[-1:] or ["no reason"]
    return f"{check.question}::{check.name} is unjudged ({last[0]})"


def report(chosen: Options, found: Sequence[tuple[Mutant, str]], known: dict[Change, str]) -> int:
    """Print counts and stale entries of the equivalents; the exit code."""
    alive = [(mutant, verdict) for mutant, verdict in found if verdict != KILLED]
    survivors = [(mutant, verdict) for mutant, verdict in alive if mutant.change not in known]
    _table(found, {id(mutant) for mutant, _ in alive}, {id(mutant) for mutant, _ in survivors})
    print()
    for change in _stale(chosen, found, known):
        print(f"stale in {equivalents.path(chosen.course, chosen.assignment)}: {change}")
    counted = len(found) - (len(alive) - len(survivors))
    return exit_code(chosen, counted - len(survivors), counted, "mutants killed")


def show(mutant: Mutant, verdict: str, root: Path) -> None:
    """Print a survivor at once: the whole takes a while, and may be stopped."""
    where = mutant.file.relative_to(root)
    print(f"{where}:{mutant.line} {mutant.name} {'' if verdict == SURVIVED else verdict}".rstrip())
    print("\n".join([*mutant.difference(), ""]), flush=True)


def _table(found: Sequence[tuple[Mutant, str]], alive: set[int], survivors: set[int]) -> None:
    """A line for each question."""
    print(f"{'question':28}{'mutants':>8}{'killed':>8}{'equivalent':>12}{'survived':>10}{'%':>8}")
    for question in [*dict.fromkeys(mutant.question for mutant, _ in found), ""]:
        own = [id(mutant) for mutant, _ in found if question in ("", mutant.question)]
        living, left = len(alive.intersection(own)), len(survivors.intersection(own))
        killed, label = len(own) - living, question or "all"
        score = percent(killed, killed + left)
        print(f"{label:28}{len(own):8}{killed:8}{living - left:12}{left:10}{score:8.1f}")


def _stale(chosen: Options, found: Sequence[tuple[Mutant, str]], known: dict[Change, str]) -> list[Change]:
    """Entries that no survivor needs any more; those of questions that were not asked are not looked at."""
    if chosen.limit:
        return []
    alive = {mutant.change for mutant, verdict in found if verdict != KILLED}
    return [c for c in known if c not in alive and (not chosen.questions or c.question in chosen.questions)]


def main(arguments: Sequence[str] | None = None) -> int:
    assert __doc__ is not None
    chosen = options(__doc__, "mutants", 95, arguments)
    judge = Judge(chosen.course, chosen.assignment)
    known = equivalents.load(chosen.course, chosen.assignment)
    found: list[tuple[Mutant, str]] = []
    with scratch():
        for mutant in spread(mutants_of(chosen.course, chosen.assignment, chosen.questions), chosen.limit):
            verdict = judge.verdict(mutant)
            if verdict.startswith(BROKEN):
                raise CourseError(mutant.file, verdict, f"judge this by hand: {mutant.change}")
            found.append((mutant, verdict))
            if verdict != KILLED and mutant.change not in known:
                show(mutant, verdict, chosen.course.root)
    return report(chosen, found, known)


if __name__ == "__main__":
    run(main)
