"""Relations that show in the order of numbers or in their shape: permuted, reshaped, cut, summed over an axis."""

from __future__ import annotations

from itertools import permutations

import torch

from grader.asking.relations.pair import Pair
from grader.asking.words import count

MOST_AXES = 4  # whose every order is tried
LONGEST = 5000  # axis that is split into factors


def permuted(pair: Pair) -> str:
    """The axes stand in another order."""
    x, y = pair.got, pair.due
    if x.ndim != y.ndim or not 2 <= x.ndim <= MOST_AXES:
        return ""
    for order in list(permutations(range(x.ndim)))[1:]:
        if pair.near(x.permute(order), y):
            moved = [axis for axis in range(x.ndim) if order[axis] != axis]
            if x.ndim == 2:
                return "it looks transposed"
            if len(moved) == 2:
                return f"the axes {moved[0]} and {moved[1]} have changed places"
            return f"its axes are in another order: `permute{order}` makes it right"
    return ""


def reshaped(pair: Pair) -> str:
    """The right numbers, in reading order."""
    if not pair.near(pair.got.flatten(), pair.due.flatten()):
        return ""
    if pair.got.squeeze().shape == pair.due.squeeze().shape:
        extra = pair.got.ndim - pair.due.ndim
        many = "an axis of size 1 is" if abs(extra) == 1 else f"{abs(extra)} axes of size 1 are"
        return f"the numbers are right, {many} {'too many' if extra > 0 else 'missing'}" if extra else ""
    return "the numbers are right and in the right order"


def flattened_otherwise(pair: Pair) -> str:
    """All the numbers, read in another order of the axes."""
    x, y = pair.got, pair.due
    if x.numel() != y.numel():
        return ""
    for one, other in ((x, y), (y, x)):
        for order in list(permutations(range(one.ndim)))[1:] if 2 <= one.ndim <= MOST_AXES else ():
            if pair.near(one.permute(order).flatten(), other.flatten()):
                return "the right numbers are there, flattened in another order"
    return read_otherwise(Pair(x.flatten(), y.flatten(), pair.relative))


def read_otherwise(pair: Pair) -> str:
    """The same, where both are flat already: the last axis is split in two or three, and two of these change places."""
    x, y = pair.got, pair.due
    n = y.shape[-1] if y.ndim else 0
    factors = [a for a in range(2, n // 2 + 1) if n % a == 0] if n <= LONGEST else []
    for a in factors:
        for b in [b for b in factors if n % (a * b) == 0] if n // a in factors else ():
            split = y.reshape(*y.shape[:-1], a, b, n // (a * b))
            for moved in (
                split.transpose(-1, -2),
                split.transpose(-2, -3),
                split.movedim(-1, -3),
                split.movedim(-3, -1),
            ):
                if pair.near(x, moved.flatten(-3)):
                    return "the right numbers are there, flattened in another order"
        if pair.near(x, y.reshape(*y.shape[:-1], a, n // a).transpose(-1, -2).flatten(-2)):
            return "the right numbers are there, flattened in another order"
    return ""


def cut(pair: Pair) -> str:
    """The first or the last rows are missing, or there are some too many."""
    x, y = pair.got, pair.due
    if x.ndim != y.ndim or not x.ndim or x.shape[1:] != y.shape[1:]:
        return ""
    noun = "number" if x.ndim == 1 else "row"
    few, many, missing = (x, y, True) if len(x) < len(y) else (y, x, False)
    rest = count(len(many) - len(few), noun)
    for at, part in (("end", many[: len(few)]), ("beginning", many[len(many) - len(few) :])):
        if pair.near(few, part):
            what = f"{rest} at the {at} {'are' if len(many) - len(few) > 1 else 'is'}"
            return f"the others are right, {what} {'missing' if missing else 'too many'}"
    return ""


def reduced(pair: Pair) -> str:
    """An axis was summed or averaged that should stay, or the other way round."""
    x, y = pair.got, pair.due
    for large, small, says in ((y, x, "it is the {} of the right result over axis {}"), (x, y, "")):
        for axis in range(large.ndim if large.numel() > small.numel() > 1 else 0):
            for name, function in (("sum", torch.sum), ("mean", torch.mean)):
                for keep in (False, True):
                    if pair.near(function(large, dim=axis, keepdim=keep), small):
                        return (says or "the {} of yours over axis {} is right").format(name, axis)
    return ""


def repeated(pair: Pair) -> str:
    """The right result, several times."""
    x, y = pair.got, pair.due
    if x.ndim == y.ndim + 1:
        for axis in range(x.ndim):
            if x.shape[axis] > 1 and pair.near(x, y.unsqueeze(axis).expand(x.shape) if _fits(x, y, axis) else y):
                return f"it is the right result, {x.shape[axis]} times along axis {axis}"
    return ""


def _fits(x: torch.Tensor, y: torch.Tensor, axis: int) -> bool:
    return (*x.shape[:axis], *x.shape[axis + 1 :]) == tuple(y.shape)
