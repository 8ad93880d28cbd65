"""Relations of numbers that stand in the right shape: another sign, a factor, a function of the right ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch

from grader.asking.relations.pair import ENOUGH, Pair, distinct

Function = Callable[[torch.Tensor], torch.Tensor]

CLEARLY = 100.0  # times what is left: so large is an effect that explains something
BY_ACCIDENT = 0.01  # so likely an accident may be that is told as a relation


def opposite(pair: Pair) -> str:
    """All signs are the other way round, or missing."""
    if pair.near(-pair.got, pair.due):
        return "every sign is the other way round"
    return "the signs are missing" if pair.near(pair.got, pair.due.abs()) else ""


def swapped_flags(pair: Pair) -> str:
    """0 and 1, or False and True, in each other's place."""
    x, y = pair.got, pair.due
    both = distinct(y) == {0.0, 1.0} == distinct(x)
    return "0 and 1 are in each other's place" if both and y.numel() > ENOUGH and pair.near(1 - x, y) else ""


def constant(pair: Pair) -> str:
    """One number everywhere."""
    x = pair.got
    return (
        f"every element is {float(x.flatten()[0]):.4g}" if x.numel() > 1 and bool((x == x.flatten()[0]).all()) else ""
    )


def offset(pair: Pair) -> str:
    """The same difference everywhere."""
    gap = pair.got - pair.due
    shift = gap.mean()
    left = float((gap - shift).abs().max())
    spread = float((pair.due - pair.due.mean()).abs().max())
    large = max(CLEARLY * left, pair.relative * float(pair.due.abs().max()))
    return f"it is off by a constant {float(shift):.4g}" if left <= 1e-5 * spread and abs(float(shift)) > large else ""


def factor(pair: Pair) -> str:
    """The same ratio everywhere."""
    x, y = pair.got.flatten(), pair.due.flatten()
    ratio = float((x * y).sum() / (y * y).sum())
    left, largest = float((x - ratio * y).abs().max()), float(y.abs().max())
    explains = left <= pair.relative * float(x.abs().max()) and abs(ratio - 1) * largest > CLEARLY * left
    named = ratio and f"{ratio:.4g}" != "1"
    return f"it is off by a constant factor of {ratio:.4g}" if explains and named else ""


def flipped(pair: Pair) -> str:
    """The order along an axis is reversed."""
    for axis in range(pair.got.ndim):
        if pair.got.shape[axis] > 1 and pair.near(pair.got.flip(axis), pair.due):
            return f"the order along axis {axis} is reversed"
    return ""


def shifted(pair: Pair) -> str:
    """Everything stands one position too early or too late."""
    x, y = pair.got, pair.due
    for axis in range(x.ndim):
        n = x.shape[axis]
        if n < ENOUGH:
            continue
        for late, mine, theirs in ((True, x.narrow(axis, 1, n - 1), y), (False, x.narrow(axis, 0, n - 1), y)):
            theirs = theirs.narrow(axis, 0 if late else 1, n - 1)
            if pair.telling(theirs) and pair.near(mine, theirs):
                return f"along axis {axis} it is one position too {'late' if late else 'early'}"
    return ""


def _rows(t: torch.Tensor) -> torch.Tensor:
    return torch.tensor(sorted(t.flatten(1).tolist()), dtype=torch.float64)


def in_other_places(pair: Pair) -> str:
    """All the right numbers, in another order."""
    x, y = pair.got, pair.due
    for axis in range(x.ndim):
        for descending in (False, True):
            if pair.near(x, y.sort(axis, descending=descending).values):
                order = "descending" if descending else "ascending"
                return f"it is sorted along axis {axis}, in {order} order"
    if y.ndim > 1 and len(y) > 1 and pair.near(_rows(x), _rows(y)):
        return "the right rows are there, in another order"
    if pair.near(x.flatten().sort().values, y.flatten().sort().values):
        return "the right values are there, in other places"
    return ""


ALONG_AXES: tuple[tuple[str, Callable[..., torch.Tensor]], ...] = (
    ("softmax", torch.softmax),
    ("log softmax", torch.log_softmax),
    ("running sum", torch.cumsum),
)
FUNCTIONS: tuple[tuple[str, Function], ...] = (
    ("square", torch.square),
    ("square root", torch.sqrt),
    ("exponential", torch.exp),
    ("logarithm", torch.log),
    ("sigmoid", torch.sigmoid),
    ("tanh", torch.tanh),
    ("ReLU", torch.relu),
    ("reciprocal", torch.reciprocal),
    ("whole part", torch.trunc),
    ("rounded value", torch.round),
    ("largest whole number below", torch.floor),
)


def function_of(pair: Pair) -> str:
    """Yours is a well-known function of the right result, or needs one more."""
    along: list[tuple[str, Function]] = [
        (f"{name} over axis {axis}", partial(function, dim=axis))
        for axis in range(pair.got.ndim)
        for name, function in ALONG_AXES
    ]
    for name, function in (*FUNCTIONS, *along):
        if pair.near(pair.got, function(pair.due)) and pair.telling(pair.got):
            return f"it is the {name} of the right result"
        if pair.near(function(pair.got), pair.due):
            return f"the {name} of yours is right"
    return ""


def overrun(pair: Pair) -> str:
    """Whole numbers that left the range of eight bits and came back at its other end."""
    gap = pair.got - pair.due
    whole = bool((gap % 256 == 0).all()) and bool((pair.got == pair.got.round()).all())
    return "where it is wrong it is off by 256 or a multiple: a number of 8 bits ran over" if whole else ""


def unfilled(pair: Pair) -> str:
    """Some of the right numbers, zeros in the place of the others."""
    x, y = pair.got, pair.due
    there = x != 0
    enough = pair.telling(x[there]) and int((~there & (y != 0)).sum()) > 0
    return "where it is not 0 it is right" if enough and pair.near(x[there], y[there]) else ""


def wrong_at_one_index(pair: Pair) -> str:
    """Right but for one row, one column, one channel."""
    x, y = pair.got, pair.due
    for axis in range(x.ndim if x.ndim > 1 else 0):
        wrong = [i for i in range(x.shape[axis]) if not pair.near(x.select(axis, i), y.select(axis, i))]
        if len(wrong) == 1 and x.shape[axis] >= ENOUGH:
            return f"only index {wrong[0]} of axis {axis} is wrong"
    return ""


def wrong_at_the_border(pair: Pair) -> str:
    """Right in the middle of the last two axes, where as many wrong elements would not all miss it by accident."""
    x, y = pair.got, pair.due
    if x.ndim < 2 or min(x.shape[-2:]) < ENOUGH:
        return ""
    inner = (..., slice(1, -1), slice(1, -1))
    wrong = int(((x - y).abs() > pair.relative * y.abs().max()).sum())
    good = pair.telling(y[inner]) and pair.near(x[inner], y[inner])
    return "only its border is wrong" if good and (1 - y[inner].numel() / y.numel()) ** wrong < BY_ACCIDENT else ""


def _lines(pair: Pair, axis: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Both results as tables: a row for each index of an axis, with all that belongs to it."""
    x, y = (t.movedim(axis, 0).flatten(1) for t in (pair.got, pair.due))
    return x, y


def scaled_by_axis(pair: Pair) -> str:
    """For each index of an axis another factor, another offset, or both, as with the statistics of other data."""
    if pair.near(pair.got, _fitted(pair.got, pair.due, list(range(pair.got.ndim)))):
        return ""
    for axis in range(pair.got.ndim if pair.got.ndim > 1 else 0):
        x, y = _lines(pair, axis)
        wrong = ((x - y).abs() > pair.relative * y.abs().max()).any(1)
        if int(wrong.sum()) < 2 or y.shape[1] <= ENOUGH:
            continue
        mx, my = x.mean(1, keepdim=True), y.mean(1, keepdim=True)
        ratio = (x * y).sum(1, keepdim=True) / (y * y).sum(1, keepdim=True)
        for what, fitted in (
            ("an offset of its own, as another mean or bias gives", y + mx - my),
            ("a factor of its own, as another scale gives", ratio * y),
            ("a factor and an offset of its own, as another mean and spread give", _fitted(x, y, [1])),
        ):
            if bool((_slope(x, y, [1]).abs() > 1e-3).all()) and pair.near(x, fitted):
                return f"for each index of axis {axis} it is off by {what}"
    return ""


def scaled(pair: Pair) -> str:
    """One factor and one offset for all."""
    x, y = pair.got.flatten(), pair.due.flatten()
    slope = float(_slope(x, y, [0]))
    fits = len(distinct(y)) > ENOUGH and abs(slope) > 1e-3 and pair.near(x, _fitted(x, y, [0]))
    return f"it is off by a factor of {slope:.4g} and an offset" if fits and f"{slope:.4g}" != "1" else ""


def _slope(x: torch.Tensor, y: torch.Tensor, axes: list[int]) -> torch.Tensor:
    """By how much x grows with y, over these axes; NaN where y does not change."""
    mx, my = x.mean(axes, keepdim=True), y.mean(axes, keepdim=True)
    return ((x - mx) * (y - my)).sum(axes, keepdim=True) / ((y - my) ** 2).sum(axes, keepdim=True)


def _fitted(x: torch.Tensor, y: torch.Tensor, axes: list[int]) -> torch.Tensor:
    """What comes nearest to x with one factor and one offset, over these axes."""
    return _slope(x, y, axes) * (y - y.mean(axes, keepdim=True)) + x.mean(axes, keepdim=True)
