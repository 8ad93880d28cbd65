"""The proofs of single questions in this process, without kernels: for an author who is at work.

The same proofs on the same answers; what only a kernel shows, such as a cell that does not run, is left to `validate`,
which has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from grader import devices
from grader.authoring.faults import JUNK, Checks, Fault, expect, measured
from grader.authoring.files import files, public_checks
from grader.authoring.local import LocalNotebook, not_written
from grader.authoring.material import Material
from grader.authoring.proofs import HANDOUT, REFERENCE, Findings, faults_in, junk
from grader.authoring.validate import Plan, Proof, broken, chosen
from grader.course.catalog import Course
from grader.course.variants import Variant
from grader.errors import CourseError
from grader.judge.suite import Suite, load_public_suite, load_suite
from grader.records import Question, Status


def quick(plan: Plan) -> list[Proof]:
    """What is known of some assignments. Raises UsageError and FileFaults like `chosen`."""
    proofs: list[Proof] = []
    for id in chosen(plan):
        try:
            with devices.on(plan.setting.device_for(plan.course.assignment(id))):
                proofs += _assignment(plan, id)
        except CourseError as error:
            proofs.append(broken(id, error))
    return proofs


def _assignment(plan: Plan, id: str) -> Iterator[Proof]:
    found = list(files(plan.course, id))
    suite = load_suite(plan.course, id)
    if not plan.questions:
        yield Proof(id, "", tuple(fault for fault in found if not fault.question))
    proofs = Proofs(plan.course, suite)
    for question in suite.assignment.coded:
        if question.id in plan.questions or not plan.questions:
            own = [fault for fault in found if fault.question == question.id]
            yield Proof(id, question.id, (*own, *public_checks(plan.course, id, question.id), *proofs.of(question)))


def prove(course: Course, suite: Suite, questions: Sequence[str] = ()) -> Iterator[Fault]:
    """Faults of a suite that is loaded already; its folder need not be the course's own. Raises CourseError."""
    proofs = Proofs(course, suite)
    for question in suite.assignment.coded:
        if question.id in questions or not questions:
            yield from proofs.of(question)


class Proofs:
    """Questions, asked of one namespace after another."""

    def __init__(self, course: Course, suite: Suite) -> None:
        self.material = Material.of(course, suite.assignment.id)
        self.hidden = LocalNotebook(course, suite)
        self.public = self.hidden.asked_by(load_public_suite(course, suite.assignment.id))

    def of(self, question: Question) -> Iterator[Fault]:
        """Everything that is wrong with a question; when the reference fails, nothing is concluded from it."""
        if found := list(self._standing(question)):
            yield from found
            return
        findings = Findings()
        for variant in self.material.variants(question.id):
            findings.variants.append((variant, *self._tried(variant)))
        for what, body in JUNK.items():
            scope: dict[str, Any] = {}
            exec(junk(self.material, question.id, body), scope)
            findings.junk[what] = self._ask({name: scope[name] for name in question.names}, [question.id])
        yield from faults_in(self.material, question, findings)

    def _standing(self, question: Question) -> Iterator[Fault]:
        """The reference passes, hidden and public, and the empty handout does not."""
        gaps = dict.fromkeys(question.names, not_written)
        for notebook in (self.hidden, self.public):
            if not notebook.suite.folder.is_dir():  # named among the faults of the files
                continue
            where = str(notebook.suite.folder / f"test_{question.id}.py")
            for who, values, due in ((REFERENCE, {}, Status.PASSED), (HANDOUT, gaps, Status.FAILED)):
                with notebook.replaced(values):
                    checks = notebook.ask([question.id])
                yield from expect(checks, due, where, who)
                if who == REFERENCE and notebook is self.hidden:
                    yield from measured(checks, question, where)

    def _tried(self, variant: Variant) -> tuple[Checks, Checks]:
        """What its own question says of a variant, and those that it must pass."""
        watched = self.material.watched(variant)
        checks = self._ask(self.hidden.with_variants([variant]), [variant.question, *watched])
        own = [check for check in checks if check.question == variant.question]
        return own, [check for check in checks if check.question in watched]

    def _ask(self, values: dict[str, Any], questions: Sequence[str]) -> Checks:
        with self.hidden.replaced(values):
            return self.hidden.ask(questions)
