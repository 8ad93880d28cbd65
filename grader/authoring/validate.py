"""Proves a course, question by question, in kernels, as a class is graded. What has not changed is not proved again.

The reference earns everything in the whole notebook, and the handout nothing. Then every known mistake fails its own
question, and is diagnosed as itself; every alternative passes; senseless answers are judged; every check is failed by
some mistake, so that none of them could be deleted without notice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from grader.authoring.faults import Checks, Fault, undisturbed
from grader.authoring.files import files, public_checks
from grader.authoring.material import Material
from grader.authoring.memory import Memory
from grader.authoring.proofs import (
    REFERENCE,
    Findings,
    companies,
    faults_in,
    faults_of,
    junk_trials,
    split,
    standing_faults,
    standing_name,
    standing_trials,
    variants_trial,
)
from grader.authoring.trials import Trial, ask
from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.errors import CourseError, UsageError
from grader.records import Result
from grader.running.pool import Pool
from grader.running.setting import Setting
from grader.storage import from_json, to_json

Steps = Callable[[int], AbstractContextManager[Callable[[], None]]]


@contextmanager
def silent(total: int) -> Iterator[Callable[[], None]]:
    """Steps that nobody is told of."""
    yield lambda: None


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a question, or, with `question` "", of the assignment as a whole."""

    assignment: str
    question: str
    faults: tuple[Fault, ...]
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be proved, and how.

    Attributes:
        questions: only these; none means all.
        again: whether to prove what is remembered, too.
        steps: makes, for a number of notebooks, something to call after each.
    """

    course: Course
    ids: Sequence[str]
    setting: Setting
    workers: int
    memory: Memory
    questions: Sequence[str] = ()
    again: bool = False
    steps: Steps = silent

    def unknown(self, keys: Mapping[str, str]) -> list[str]:
        """The questions of which something is to be proved, of keys by question."""
        return [question for question, key in keys.items() if self.again or not self.memory.knows(key)]


def validate(plan: Plan) -> list[Proof]:
    """What is known of some assignments in the end. Raises UsageError and FileFaults like `chosen`."""
    works: list[_Work] = []
    proofs: list[Proof] = []
    for id in chosen(plan):
        try:
            works.append(_Work.of(plan, id))
            works[-1].begin()
        except CourseError as error:
            proofs.append(broken(id, error))
    works = [work for work in works if work.material.assignment.id not in {proof.assignment for proof in proofs}]
    if total := sum(len(work.trials) for work in works):
        with Pool(plan.setting, plan.workers) as pool, plan.steps(total) as tell:
            for work in works:
                try:
                    work.prove(pool, tell)
                except CourseError as error:
                    work.note(broken(work.material.assignment.id, error).faults)
    plan.memory.forget_old()
    return [*proofs, *(proof for work in works for proof in work.proofs())]


def broken(id: str, error: CourseError) -> Proof:
    """Of an assignment that could not be asked at all."""
    return Proof(id, "", (Fault(error.where, error.what, error.fix),))


def chosen(plan: Plan) -> list[str]:
    """The assignments that have one of the chosen questions.

    Raises UsageError for a question that nobody has, FileFaults for a `course.toml` on which no proof could rest.
    """
    settings_of(plan.course)
    asked = {id: {question.id for question in plan.course.assignment(id).coded} for id in plan.ids}
    for question in plan.questions:
        if not any(question in ids for ids in asked.values()):
            known = ", ".join(sorted(set().union(*asked.values())))
            raise UsageError(f"there is no question {question!r} in {', '.join(plan.ids)} (there are: {known})")
    return [id for id, ids in asked.items() if not plan.questions or ids & set(plan.questions)]


@dataclass
class _Work:
    """One assignment on its way: its questions, the keys of their proofs, and what was found so far.

    Attributes:
        standing, proof: keys by question; of what stands, by whether its checks are public.
        unstood, unproved: the questions whose standing, or whose proof, is not remembered.
        faults: by question, "" for the assignment as a whole.
        others: all keys of questions that are only asked because a chosen one is felt in them.
    """

    material: Material
    plan: Plan
    standing: Mapping[bool, Mapping[str, str]]
    proof: Mapping[str, str]
    unstood: Mapping[bool, list[str]]
    unproved: list[str]
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, id: str) -> _Work:
        material = Material.of(plan.course, id)
        asked = [q.id for q in material.assignment.coded if not plan.questions or q.id in plan.questions]
        standing = {
            public: {question: material.standing_key(question, plan.setting, public=public) for question in asked}
            for public in (False, True)
        }
        proof = {question: material.proof_key(question, plan.setting) for question in asked}
        unstood = {public: plan.unknown(keys) for public, keys in standing.items()}
        work = cls(material, plan, standing, proof, unstood, plan.unknown(proof))
        work.note(fault for fault in files(plan.course, id) if not plan.questions or fault.question in asked)
        for question in unstood[True]:
            work.note(public_checks(plan.course, id, question))
        return work

    def note(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.faults.setdefault(fault.question, []).append(fault)

    def proofs(self) -> Iterator[Proof]:
        """The assignment's own, then each question's."""
        id = self.material.assignment.id
        yield Proof(id, "", tuple(self.faults.get("", ())))
        proved = {*self.unproved, *self.unstood[False], *self.unstood[True]}
        for question in self.proof:
            remembered = question not in proved
            yield Proof(id, question, tuple(self.faults.get(question, ())), remembered)

    # ---- in kernels

    def begin(self) -> None:
        """Lay out the notebooks that must be asked. Raises CourseError."""
        self.trials = [
            trial
            for public, questions in self.unstood.items()
            if questions
            for trial in standing_trials(self.material, questions, public=public)
        ]
        self.groups = {f"variants {i}": group for i, group in enumerate(companies(self.material, self.unproved))}
        self.trials += [variants_trial(self.material, group, name) for name, group in self.groups.items()]
        self.junk = list(junk_trials(self.material, self.unproved)) if self.unproved else []
        self.trials += [trial for _, trial in self.junk]

    def prove(self, pool: Pool, tell: Callable[[], None]) -> None:
        """Ask them, note the faults, remember what has none. Raises CourseError."""
        results = dict(self._answers(pool, tell))
        checks = {name: result.checks for name, result in results.items()}
        for public, questions in self.unstood.items():
            ran = results[standing_name(REFERENCE, public)].execution if public and questions else None
            disturbed = list(undisturbed(ran, self._solution)) if ran else []  # all cells run for public checks alone
            self.note(disturbed)
            for question in questions:
                faults = list(standing_faults(self.material, question, checks, public=public))
                self._settle(faults, "" if disturbed else self.standing[public][question])
        found = self._findings(pool, checks)
        for question in self.unproved:
            if not self.faults.get(question):  # else nothing is concluded from it
                asked = self.material.assignment.question(question)
                self._settle(list(faults_in(self.material, asked, found[question])), self.proof[question])
        self.plan.memory.release(map(self._key, self.trials))

    def _answers(self, pool: Pool, tell: Callable[[], None]) -> Iterator[tuple[str, Result]]:
        """What became of the notebooks. What a run answered that was cut off is not asked again."""
        memory, open_ = self.plan.memory, []
        keys = {trial.name: self._key(trial) for trial in self.trials}
        for trial in self.trials:
            if (text := memory.held(keys[trial.name])) and not self.plan.again:
                tell()
                yield trial.name, from_json(Result, text)
            else:
                open_.append(trial)
        for name, result in ask(pool, open_, tell):
            memory.hold(keys[name], to_json(result))
            yield name, result

    def _key(self, trial: Trial) -> str:
        """Of a notebook's answers: the notebook, what it is asked, and all that the proofs of that rest on."""
        told = [f"{trial.notebook}\0{trial.order}"]
        told += [key for question in trial.order.questions for key in self._keys(question)]
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:32]

    def _keys(self, question: str) -> tuple[str, ...]:
        """What a question's standing and its proof rest on, as it was when the proofs began."""
        if question in self.proof:
            return *(keys[question] for keys in self.standing.values()), self.proof[question]
        if question not in self.others:
            material, setting = self.material, self.plan.setting
            standing = (material.standing_key(question, setting, public=public) for public in self.standing)
            self.others[question] = (*standing, material.proof_key(question, setting))
        return self.others[question]

    def _settle(self, faults: Sequence[Fault], key: str) -> None:
        self.note(faults)
        if key and not faults:
            self.plan.memory.keep(key)

    def _findings(self, pool: Pool, checks: Mapping[str, Checks]) -> dict[str, Findings]:
        """What was found of each question. A variant that shows a fault in company is asked again, alone."""
        found = {question: Findings() for question in self.unproved}
        said = [(v, *split(self.material, v, checks[name])) for name, group in self.groups.items() for v in group]
        odd = {f"alone {i}": one[0] for i, one in enumerate(said) if any(faults_of(self.material, *one))}
        alone = dict(ask(pool, [variants_trial(self.material, [v], name) for name, v in odd.items()]))
        for i, (variant, own, others) in enumerate(said):
            if result := alone.get(f"alone {i}"):
                own, others = split(self.material, variant, result.checks)
            found[variant.question].variants.append((variant, own, others))
        for what, trial in self.junk:
            for question in self.unproved:
                found[question].junk[what] = [c for c in checks[trial.name] if c.question == question]
        return found

    @property
    def _solution(self) -> str:
        return str(self.material.course.solution(self.material.assignment.id))
