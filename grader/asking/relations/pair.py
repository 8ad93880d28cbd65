"""A wrong answer beside the right one, as a relation looks at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

MOST_NUMBERS = 1_000_000  # of larger answers no relation is looked for
ENOUGH = 3  # numbers that differ


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer and the right one, in float64; `relative` is what their dtypes may have rounded away."""

    got: torch.Tensor
    due: torch.Tensor
    relative: float

    def near(self, x: torch.Tensor, y: torch.Tensor) -> bool:
        """Whether two tensors are the same but for rounding."""
        if x.shape != y.shape or not x.numel():
            return False
        left = (x - y).abs().max()
        return bool(torch.isfinite(left)) and float(left) <= self.relative * float(y.abs().max())

    def telling(self, y: torch.Tensor) -> bool:
        """Whether the numbers are different enough for a relation to be no accident."""
        return len(distinct(y)) >= ENOUGH


def distinct(y: torch.Tensor) -> set[float]:
    """The numbers that occur."""
    return set(y.flatten().tolist())


Relation = Callable[[Pair], str]


def pair_of(got: torch.Tensor, due: torch.Tensor) -> Pair | None:
    """None where no relation is looked for: of many numbers, of one, of complex ones, and of NaN and infinity."""
    if max(got.numel(), due.numel()) > MOST_NUMBERS or got.is_complex() or due.is_complex():
        return None
    eps = max((torch.finfo(t.dtype).eps for t in (got, due) if t.is_floating_point()), default=0.0)
    x, y = got.detach().double(), due.detach().double()
    finite = bool(torch.isfinite(x).all() and torch.isfinite(y).all())
    return Pair(x, y, max(1e-5, 16 * eps)) if finite and x.numel() > 1 and y.numel() > 1 else None
