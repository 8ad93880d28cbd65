"""Answers from outside: each put alone into the reference, in a kernel, and asked its question and what rests on it.

A suite is worth what it says about answers that its author has not seen. Wrong ones are marked as mistakes, right ones
as alternatives, in files named for their questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.faults import dependents
from grader.authoring.trials import Trial, ask, with_variants
from grader.course.catalog import Course
from grader.course.parts import Parts, read_parts
from grader.course.variants import Variant, load_variants
from grader.errors import UsageError
from grader.records import Assignment, Check, Status
from grader.running.pool import Pool
from grader.running.setting import Order


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a suite says of one answer at one seed.

    Attributes:
        own: the checks of its question.
        others: failed or unjudged checks of questions that rest on its question.
    """

    seed: int
    own: tuple[Check, ...]
    others: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.own if check.status is Status.FAILED)

    @property
    def unjudged(self) -> tuple[Check, ...]:
        return tuple(check for check in (*self.own, *self.others) if check.status is Status.UNJUDGED)


@dataclass(frozen=True, slots=True)
class Tried:
    """One answer and what a suite says of it, seed by seed."""

    variant: Variant
    verdicts: tuple[Verdict, ...]

    @property
    def wrong(self) -> bool:
        """Whether its author says that it is wrong."""
        return bool(self.variant.id)

    @property
    def outcome(self) -> str:
        """caught or passes for a wrong answer, accepted or refused for a right one; unjudged when the suite trips."""
        if any(verdict.unjudged for verdict in self.verdicts):
            return "unjudged"
        if self.wrong:
            return "caught" if all(verdict.failed for verdict in self.verdicts) else "passes"
        return "refused" if any(verdict.failed or verdict.others for verdict in self.verdicts) else "accepted"

    @property
    def as_due(self) -> bool:
        return self.outcome in ("caught", "accepted")

    @property
    def odd_seeds(self) -> tuple[int, ...]:
        """The seeds at which it is not as it must be."""
        return tuple(v.seed for v in self.verdicts if not Tried(self.variant, (v,)).as_due)

    @property
    def said(self) -> str:
        """What its author would read first: the hint of the mistake that it is taken for, or what failed."""
        checks = [check for v in self.verdicts for check in (*v.failed, *v.others)]
        hints = [check.diagnosis.hint for check in checks if check.diagnosis]
        return (hints or [check.message for check in checks if check.message] or [""])[0]


def load_answers(course: Course, id: str, path: Path) -> tuple[Variant, ...]:
    """The answers in a file, or in a folder and the folders in it. Raises CourseError, UsageError."""
    assignment = course.assignment(id)
    if not path.exists():
        raise UsageError(f"{path}: there is no such folder of answers")
    folders = [path] if path.is_file() else [path, *sorted(p for p in path.rglob("*") if p.is_dir())]
    found = [variant for folder in folders for variant in load_variants(assignment, folder)]
    if not found:
        raise UsageError(f"{path}: no answers in it; write them as in {course.mistakes(id)}, in files such as total.py")
    return tuple(found)


def try_answers(
    course: Course,
    id: str,
    answers: Sequence[Variant],
    pool: Pool,
    seeds: Sequence[int] = (0,),
    tell: Callable[[], None] = lambda: None,
) -> list[Tried]:
    """Every answer in its order, with what the suite says of it at every seed. Raises CourseError.

    Args:
        tell: is called after each notebook; there is one for each answer and seed.
    """
    assignment = course.assignment(id)
    parts = read_parts(course, assignment)
    trials = list(_trials(assignment, parts, answers, seeds))
    results = dict(ask(pool, trials, tell))
    return [
        Tried(answer, tuple(_verdict(answer, seed, results[_name(number, seed)].checks) for seed in seeds))
        for number, answer in enumerate(answers)
    ]


def _trials(assignment: Assignment, parts: Parts, answers: Iterable[Variant], seeds: Sequence[int]) -> Iterator[Trial]:
    for number, answer in enumerate(answers):
        asked = {answer.question} | parts.touched(answer.question) | dependents({answer.question}, assignment)
        notebook = with_variants(parts, [answer], asked)
        for seed in seeds:
            yield Trial(_name(number, seed), assignment, notebook, Order(questions=tuple(sorted(asked)), seed=seed))


def _name(number: int, seed: int) -> str:
    return f"{number} at {seed}"


def _verdict(answer: Variant, seed: int, checks: Iterable[Check]) -> Verdict:
    own = tuple(check for check in checks if check.question == answer.question)
    others = (check for check in checks if check.question != answer.question and check.status is not Status.PASSED)
    return Verdict(seed, own, tuple(others))
