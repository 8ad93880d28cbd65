"""Notebooks that are asked some questions, in kernels: the reference, with other definitions in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.course.notebooks import as_text, assemble, substitute
from grader.course.parts import Parts
from grader.course.variants import Variant
from grader.intake.submission import make_submission
from grader.records import Assignment, Result, Student, Submission
from grader.running.pool import Pool
from grader.running.setting import Order


@dataclass(frozen=True, slots=True)
class Trial:
    """A notebook, what it is asked, and by which name its result is known among those that are asked with it."""

    name: str
    assignment: Assignment
    notebook: str  # as JSON
    order: Order


def ask(pool: Pool, trials: Sequence[Trial], tell: Callable[[], None] = lambda: None) -> Iterator[tuple[str, Result]]:
    """The names of trials with what became of them, as they come.

    Args:
        tell: is called after each.
    """
    for result in pool.answer([(_submission(trial), trial.order) for trial in trials]):
        tell()
        yield result.submission.path, result


def _submission(trial: Trial) -> Submission:
    data, assignment = trial.notebook.encode(), trial.assignment
    return make_submission(Student.named("proof"), trial.name, data, [assignment], assignment.id)


def with_variants(parts: Parts, variants: Collection[Variant], questions: Iterable[str]) -> str:
    """A notebook of the cells on which questions rest, with variants in the place of the reference's definitions."""
    places = frozenset().union(*(parts.needed(id) for id in questions))
    places = places.union(*(parts.needed(variant.question, [variant]) for variant in variants))
    cells = []
    for part in parts.cells:
        if part.place in places:
            source = part.source
            for variant in variants:
                source = substitute(source, variant) if variant.question == part.question else source
            cells.append(("code", part.question, source))
    return as_text(assemble(parts.assignment.id, cells))
