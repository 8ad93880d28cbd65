"""A notebook without a kernel: the reference's namespace, with some definitions replaced, asked in this process.

Only for code of the course's own: a sample's due grade, an author's quick look, the strength of a suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from typing import Any, NoReturn

from grader.asking.local import LocalChannel
from grader.course.catalog import Course
from grader.course.reference import load_reference
from grader.course.variants import Variant
from grader.judge.replaying import scratch_directory
from grader.judge.suite import Suite, judge
from grader.records import Check


class LocalNotebook:
    """The reference solution as a notebook that has run. Definitions can be replaced for a while.

    Functions of the reference find each other in the namespace, so a replaced one is what the others call.
    """

    def __init__(self, course: Course, suite: Suite) -> None:
        self.suite = suite
        self.namespace = load_reference(course, suite.assignment.id)  # not the one that the suite compares with

    def asked_by(self, suite: Suite) -> LocalNotebook:
        """The same notebook, asked by another suite of its assignment."""
        other = copy(self)
        other.suite = suite
        return other

    def ask(self, questions: Sequence[str] = (), seed: int = 0) -> tuple[Check, ...]:
        """What the suite finds; only for these questions, default all."""
        with scratch_directory(self.suite.home) as home:
            return judge(replace(self.suite, home=home), LocalChannel(self.namespace), seed, questions)

    @contextmanager
    def replaced(self, values: dict[str, Any]) -> Iterator[None]:
        """Run a block with other values under some names."""
        before = {name: self.namespace[name] for name in values}
        self.namespace.update(values)
        try:
            yield
        finally:
            self.namespace.update(before)

    def with_variants(self, variants: Iterable[Variant]) -> dict[str, Any]:
        """The values to replace for some variants."""
        return {variant.name: variant.value(self.namespace) for variant in variants}


def not_written(*args: object, **kwargs: object) -> NoReturn:
    """What the handout has in the place of every function."""
    raise NotImplementedError
