"""How wrong numbers relate to the right ones, where that explains them: transposed, scaled, the softmax of them.

One list, in the order of trying. A relation is said only where it holds for all numbers, where there are enough of them
that it is no accident, and where it is large against what it leaves unexplained.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from grader.asking.relations import numbers, shapes
from grader.asking.relations.pair import Relation, pair_of

OTHER_SHAPE: Sequence[Relation] = (
    shapes.permuted,
    shapes.reshaped,
    shapes.flattened_otherwise,
    shapes.cut,
    shapes.repeated,
    shapes.reduced,
)
SAME_SHAPE: Sequence[Relation] = (
    numbers.constant,
    shapes.permuted,
    numbers.opposite,
    numbers.offset,
    numbers.factor,
    numbers.flipped,
    numbers.shifted,
    shapes.read_otherwise,
    numbers.in_other_places,
    numbers.function_of,
    numbers.overrun,
    numbers.unfilled,
    numbers.wrong_at_one_index,
    numbers.wrong_at_the_border,
    numbers.scaled,
    numbers.scaled_by_axis,
)


def relation(got: torch.Tensor, due: torch.Tensor) -> str:
    """How an answer relates to the right one, as a clause about "it" or "yours"; "" where nothing is known.

    Args:
        got: the student's numbers, on the CPU, of any shape and dtype.
        due: the right ones, of which they differ in shape or values.
    """
    pair = pair_of(got, due)
    if pair is None:
        return ""
    alike = got.shape == due.shape
    if alike and pair.near(pair.got, pair.due):
        return f"it is almost right, no number is off by more than {float((pair.got - pair.due).abs().max()):.1g}"
    if not pair.telling(pair.due):
        return numbers.swapped_flags(pair) if alike else ""
    return next((said for one in (SAME_SHAPE if alike else OTHER_SHAPE) if (said := one(pair))), "")


def same_numbers(got: torch.Tensor, due: torch.Tensor) -> bool:
    """Whether two tensors hold the same numbers, as far as the coarser of their dtypes can tell."""
    pair = pair_of(got, due)
    return pair is not None and pair.near(pair.got, pair.due)
