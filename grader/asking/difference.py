"""What differs between an answer and the right one, and how the two are compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import torch

from grader.asking.tolerances import Tolerance
from grader.asking.words import Parts, a, due


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs first: where in the answer, and a clause on it.

    Attributes:
        seen: of tensors whose numbers differ: the answer, and which of its elements are wrong.
    """

    clause: str
    path: tuple[str, ...] = ()
    seen: tuple[torch.Tensor, torch.Tensor] | None = field(default=None, compare=False, repr=False)

    def under(self, part: str) -> Difference:
        """The same, seen from a value that has this one as a part."""
        return replace(self, path=(part, *self.path))

    def about(self, subject: str) -> str:
        """The sentence: what was looked at, which part of it, what is wrong with it."""
        said = str(self.under(subject) if subject else self)
        return f"{said if subject else said[0].upper() + said[1:]}."

    def __str__(self) -> str:
        return f"{', '.join(self.path)}: {self.clause}".removeprefix(": ")


@dataclass(frozen=True, slots=True)
class Manner:
    """How two values are compared, and what is said of them.

    Args:
        exact: the right value in float64, where it is known.
        tolerance: instead of the derived one.
        parts: names for the parts of lists, see `words.named`.
        remarks: whether to look for a relation to the right value; not where nobody reads it.
    """

    exact: object = None
    tolerance: Tolerance | None = None
    parts: Parts = None
    remarks: bool = True

    def inside(self, exact: object, parts: Parts) -> Manner:
        return replace(self, exact=exact, parts=parts)


def of_kinds(got: object, expected: object) -> Difference:
    """It is something else than what is expected."""
    number = isinstance(got, torch.Tensor) and got.numel() == 1 and isinstance(expected, (int, float))
    return Difference(f"expected {due(expected)}, got {a(got)}{'; `.item()` gives its number' if number else ''}")


def with_relation(clause: str, related: str) -> str:
    """A clause, and how the answer relates to the right one, if it does."""
    return f"{clause}; {related}" if related else clause
