"""The proofs of single questions in this process, without kernels: for an author who is at work.

Seconds instead of minutes. `validate` has the last word: it runs whole notebooks, in kernels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from grader import devices
from grader.authoring.faults import JUNK, Checks, Fault, expect, guards, judged, no_idle_checks, proves_mistake
from grader.authoring.files import files
from grader.authoring.local import LocalNotebook, not_written
from grader.authoring.validate import by_question
from grader.authoring.wording import in_plain_words
from grader.course.catalog import Course
from grader.course.variants import Variant, load_variants
from grader.errors import CourseError
from grader.judge.suite import Suite, load_suite
from grader.records import Question, Status
from grader.running.setting import Setting


def quick(course: Course, id: str, questions: Sequence[str] = ()) -> Iterator[Fault]:
    """Faults of some questions; by default of all the assignment's, and of its files."""
    try:
        if not questions:
            yield from files(course, id)
        with devices.on(Setting(course.root).device_for(course.assignment(id))):
            yield from prove(course, load_suite(course, id), questions)
    except CourseError as error:
        yield Fault(error.where, error.what, error.fix)


def prove(course: Course, suite: Suite, questions: Sequence[str] = ()) -> Iterator[Fault]:
    """Faults of a suite that is loaded already; its folder need not be the course's own. Raises CourseError."""
    notebook = LocalNotebook(course, suite)
    mistakes = by_question(load_variants(suite.assignment, course.mistakes(suite.assignment.id)))
    alternatives = by_question(load_variants(suite.assignment, course.alternatives(suite.assignment.id)))
    for question in suite.assignment.questions:
        if question.id in questions or not questions:
            proof = _Proof(course, notebook, question)
            yield from proof.faults(mistakes.get(question.id, []), alternatives.get(question.id, []))


class _Proof:
    """One question, asked of one namespace after another."""

    def __init__(self, course: Course, notebook: LocalNotebook, question: Question) -> None:
        self.notebook, self.question = notebook, question
        self.hidden = notebook.suite.folder
        self.table = str(course.table(notebook.suite.assignment.id))
        self.solution = str(course.solution(notebook.suite.assignment.id))

    def faults(self, mistakes: Sequence[Variant], alternatives: Sequence[Variant]) -> Iterator[Fault]:
        """Everything that is wrong with the question; when the reference fails, nothing is concluded from it."""
        if found := list(self._expect({}, Status.PASSED, self.solution, "the reference")):
            yield from found
            return
        gaps = dict.fromkeys(self.question.names, not_written)
        yield from self._expect(gaps, Status.FAILED, self.solution, "the empty handout")
        for variant in alternatives:
            values = self.notebook.with_variants([variant])
            yield from self._expect(values, Status.PASSED, variant.where, repr(variant.title))
        wrong = [self._ask(self.notebook.with_variants([variant])) for variant in mistakes]
        for variant, checks in zip(mistakes, wrong, strict=True):
            yield from proves_mistake(checks, variant)
            yield from judged(checks, self.hidden, f"with {variant.id}")
            yield from in_plain_words(checks, variant.where)
        yield from no_idle_checks(wrong, self.hidden)
        senseless: list[Checks] = []
        for what, body in JUNK.items():
            scope: dict[str, Any] = {}
            exec(f"def junk(*args, **kwargs):\n    {body}", scope)
            senseless.append(self._ask(dict.fromkeys(self.question.names, scope["junk"])))
            yield from judged(senseless[-1], self.hidden, f"with {what}")
        yield from guards(senseless, [self.question], self.table)

    def _ask(self, values: dict[str, Any]) -> Checks:
        with self.notebook.replaced(values):
            return self.notebook.ask([self.question.id])

    def _expect(self, values: dict[str, Any], due: Status, where: str, who: str) -> Iterator[Fault]:
        yield from expect(self._ask(values), due, where, who, [self.question])
