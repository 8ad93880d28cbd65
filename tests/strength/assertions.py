"""Would anybody notice if an assertion were gone? Each one is deleted, and the suite's own proof must turn red.

    python tests/strength/assertions.py 01_tensors [--question ID] [--limit N] [--least 90]

An assertion is an `assert`, or a statement that calls one of the judging words (`agree`, `same`, …) or a helper of the
file in which such a word stands. In a copy of the suite it becomes `pass`; then the question is proved as
`grader validate --quick` does it. If that shows no fault, none of the known mistakes needs this assertion to be found
out or to be told from another one. Then the promises are broken that the suite sees broken (see contracts.py): one of
them must pass now.
"""

from __future__ import annotations

import ast
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from common import BROKEN, Options, exit_code, in_child, options, run, scratch, spread
from contracts import CAUGHT, SURVIVED, Judge, Mutant, named
from mutations import replaced
from promises import PROMISES

from grader.asking.vocabulary import WORDS
from grader.authoring.quick import prove
from grader.course.catalog import Course
from grader.errors import CourseError
from grader.judge.suite import Suite, load_suite

GREEN = "no fault"
LIMIT = 600.0  # seconds for the proof of one question


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion of a question's file. `without` is the file's text in which it is gone."""

    question: str
    file: Path
    line: int
    text: str
    without: str


def assertions_in(question: str, file: Path) -> Iterator[Assertion]:
    """Every assertion of a file, in its functions and its helpers."""
    source = file.read_text(encoding="utf-8")
    functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and not n.decorator_list]
    words = _judging(functions)
    for function in functions:
        statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
        for node in sorted(statements, key=lambda node: node.lineno):
            if _is_assertion(node, words):
                text = " ".join(ast.unparse(node).split())
                yield Assertion(question, file, node.lineno, text, replaced(source, node, node, [ast.Pass()]) or source)


def _judging(functions: Sequence[ast.FunctionDef]) -> set[str]:
    """The vocabulary, and the helpers that use it, however far."""
    words = set(WORDS)
    while True:
        helpers = {f.name for f in functions if any(_is_assertion(n, words) for n in ast.walk(f))}
        if helpers <= words:
            return words
        words |= helpers


def _is_assertion(node: ast.AST, words: set[str]) -> bool:
    return isinstance(node, ast.Assert) or (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in words
    )


class Prover:
    """Proves questions with the suite as it is, or with one of its files changed."""

    def __init__(self, course: Course, id: str) -> None:
        self.judge = Judge(course, id)  # which prepares this process
        self.course = course
        self.suite = load_suite(course, id)
        self.proved: set[str] = set()
        self.caught: dict[str, list[Mutant]] = {}  # by question

    def unnoticed(self, assertion: Assertion) -> bool:
        """Whether the proof stays green without it. Raises CourseError when it is red already."""
        if assertion.question not in self.proved:
            said = self._first_fault(self.suite, assertion.question)
            if said != GREEN:
                raise CourseError(assertion.file, f"not proved as it is: {said}", "run `grader validate --quick`")
            self.proved.add(assertion.question)
        with tempfile.TemporaryDirectory() as folder:  # each its own: a module is loaded once
            copy = Path(folder) / self.suite.folder.name
            shutil.copytree(self.suite.folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
            (copy / assertion.file.name).write_text(assertion.without, encoding="utf-8")
            weaker = replace(self.suite, folder=copy, tests=None)
            green = self._first_fault(weaker, assertion.question) == GREEN
            return green and not self._misses_a_promise(weaker, assertion.question)

    def _misses_a_promise(self, weaker: Suite, question: str) -> bool:
        """Whether a promise is broken unseen that the suite sees broken."""
        if question not in self.caught:
            every = list(named(self.course, self.suite.assignment.id, [question], PROMISES))
            self.caught[question] = [mutant for mutant, said in self.judge.verdicts(every) if said == CAUGHT]
        return any(said == SURVIVED for _, said in self.judge.asking(weaker).verdicts(self.caught[question]))

    def _first_fault(self, suite: Suite, question: str) -> str:
        def work() -> str:
            return str(next(prove(self.course, suite, [question]), GREEN))

        said = in_child(work, LIMIT, suite.assignment.limits.memory_mb)
        if said.startswith(BROKEN) and "CourseError" not in said:
            raise CourseError(suite.folder, said, f"prove {question} by hand")
        return said


def report(chosen: Options, found: Sequence[tuple[Assertion, bool]]) -> int:
    """Print what went unnoticed; the exit code."""
    unnoticed = [assertion for assertion, missed in found if missed]
    for assertion in unnoticed:
        where = assertion.file.relative_to(chosen.course.root)
        print(f"{where}:{assertion.line}: nobody would miss {assertion.text}")
    return exit_code(chosen, len(found) - len(unnoticed), len(found), "assertions noticed")


def main(arguments: Sequence[str] | None = None) -> int:
    assert __doc__ is not None
    chosen = options(__doc__, "assertions", 90, arguments)
    folder = chosen.course.hidden(chosen.assignment)
    questions = chosen.course.assignment(chosen.assignment).questions
    ids = [question.id for question in questions if not question.by_hand]
    asked = [id for id in ids if id in chosen.questions or not chosen.questions]
    every = (assertion for id in asked for assertion in assertions_in(id, folder / f"test_{id}.py"))
    with scratch():
        prover = Prover(chosen.course, chosen.assignment)
        return report(chosen, [(one, prover.unnoticed(one)) for one in spread(every, chosen.limit)])


if __name__ == "__main__":
    run(main)
