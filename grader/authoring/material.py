"""What the proofs of an assignment are made of, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.faults import dependents
from grader.authoring.reach import judging_hash
from grader.course.basis import basis_of, digest
from grader.course.catalog import Course
from grader.course.parts import Parts, read_parts
from grader.course.variants import Variant, by_question, load_variants
from grader.grading.environment import environment_hash, versions_for
from grader.records import Assignment
from grader.running.setting import Setting

Variants = Mapping[str, Sequence[Variant]]  # by question


@dataclass(frozen=True)
class Material:
    """An assignment with its reference taken apart and its variants.

    Attributes:
        versions: of Python and the packages that take part, by name; those that the course asks for among them.
    """

    course: Course
    assignment: Assignment
    parts: Parts
    mistakes: Variants
    alternatives: Variants
    versions: dict[str, str]

    @classmethod
    def of(cls, course: Course, id: str) -> Material:
        """Read it. Raises CourseError, UsageError."""
        assignment = course.assignment(id)
        mistakes, alternatives = (load_variants(assignment, f(id)) for f in (course.mistakes, course.alternatives))
        parts = read_parts(course, assignment)
        return cls(course, assignment, parts, by_question(mistakes), by_question(alternatives), versions_for(course))

    def variants(self, question: str) -> list[Variant]:
        return [*self.mistakes.get(question, ()), *self.alternatives.get(question, ())]

    def related(self, question: str) -> frozenset[str]:
        """Other questions that a change of this one may be felt in: by their code, or by what they say they need."""
        return (self.parts.touched(question) | dependents({question}, self.assignment)) - {question}

    def watched(self, variant: Variant) -> frozenset[str]:
        """Other questions whose checks a variant must pass: for a mistake, those that do not need its question."""
        spared = dependents({variant.question}, self.assignment) if variant.id else set()
        return self.related(variant.question) - spared

    def proof_key(self, question: str, setting: Setting) -> str:
        """A hash of all that the proof of a question in single cells rests on."""
        course, id, variants = self.course, self.assignment.id, self.variants(question)
        asked = [question, *sorted(frozenset().union(*map(self.watched, variants)) - {question})]
        folders = (course.mistakes(id), course.alternatives(id))
        more = ["proof", self._asked(asked), self._made_with(setting)]
        return basis_of(course, self.parts, asked, variants, folders, more)

    def standing_key(self, question: str, setting: Setting, *, public: bool) -> str:
        """A hash of all that the verdict of its hidden, or public, checks on reference and handout rests on."""
        course, id = self.course, self.assignment.id
        folder = (course.public if public else course.hidden)(id)
        beside = sorted(path for path in folder.glob("*") if public and not path.name.startswith("test_"))
        files = [course.solution(id), folder / f"test_{question}.py", *filter(Path.is_file, beside)]
        more = ["standing", public, self._asked([question]), self._made_with(setting)]
        return digest(course, self.assignment, files, (), more)

    def _asked(self, questions: Iterable[str]) -> list[object]:
        """What of the questions' blocks takes part."""
        chosen = [q for q in self.assignment.questions if q.id in questions]
        return [[q.id, q.names, q.needs, q.guards, sorted(q.weights.items()), q.quest] for q in chosen]

    def _made_with(self, setting: Setting) -> list[object]:
        """What verdicts rest on beside the course."""
        environment = environment_hash(self.versions, setting.device_for(self.assignment), setting.walls.name)
        return [setting.seed, setting.kernels, environment, judging_hash()]
