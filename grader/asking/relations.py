"""How wrong numbers relate to the right ones, where that explains them: transposed, scaled, the softmax of them.

One list, in the order of trying. A relation is said only where it holds for all numbers, where there are enough of them
that it is no accident, and where it is large against what it leaves unexplained.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from typing import Any

import torch

from grader.asking.words import count, plural

Function = Callable[[torch.Tensor], torch.Tensor]

MOST_NUMBERS = 1_000_000  # of larger answers no relation is looked for
MOST_AXES = 4  # whose every order is tried
CLEARLY = 100.0  # times what is left: so large is an effect that explains something
ENOUGH = 3  # numbers that differ
LONGEST = 5000  # axis that is split into factors
MOST_ITEMS = 200  # of a list whose items are looked for in other places


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
        return len(_distinct(y)) >= ENOUGH


def _distinct(y: torch.Tensor) -> set[float]:
    return set(y.flatten().tolist())


Relation = Callable[[Pair], str]


def relation(got: torch.Tensor, due: torch.Tensor) -> str:
    """How an answer relates to the right one, as a clause about "it" or "yours"; "" where nothing is known.

    Args:
        got: the student's numbers, on the CPU, of any shape and dtype.
        due: the right ones, of which they differ in shape or values.
    """
    pair = _pair(got, due)
    if pair is None:
        return ""
    alike = got.shape == due.shape
    if alike and pair.near(pair.got, pair.due):
        return f"it is almost right, no number is off by more than {float((pair.got - pair.due).abs().max()):.1g}"
    if not pair.telling(pair.due):
        return swapped_flags(pair) if alike else ""
    return next((said for one in (SAME_SHAPE if alike else OTHER_SHAPE) if (said := one(pair))), "")


def same_numbers(got: torch.Tensor, due: torch.Tensor) -> bool:
    """Whether two tensors hold the same numbers, as far as the coarser of their dtypes can tell."""
    pair = _pair(got, due)
    return pair is not None and pair.near(pair.got, pair.due)


def _pair(got: torch.Tensor, due: torch.Tensor) -> Pair | None:
    if max(got.numel(), due.numel()) > MOST_NUMBERS or got.is_complex() or due.is_complex():
        return None
    eps = max((torch.finfo(t.dtype).eps for t in (got, due) if t.is_floating_point()), default=0.0)
    x, y = got.detach().double(), due.detach().double()
    finite = bool(torch.isfinite(x).all() and torch.isfinite(y).all())
    return Pair(x, y, max(1e-5, 16 * eps)) if finite and x.numel() > 1 and y.numel() > 1 else None


# ---- where the shape is another


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


# ---- where only the numbers are others


def opposite(pair: Pair) -> str:
    """All signs are the other way round, or missing."""
    if pair.near(-pair.got, pair.due):
        return "every sign is the other way round"
    return "the signs are missing" if pair.near(pair.got, pair.due.abs()) else ""


def swapped_flags(pair: Pair) -> str:
    """0 and 1, or False and True, in each other's place."""
    x, y = pair.got, pair.due
    both = _distinct(y) == {0.0, 1.0} == _distinct(x)
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


def wrong_at_the_border(pair: Pair) -> str:
    """Right in the middle of the last two axes."""
    x, y = pair.got, pair.due
    if x.ndim < 2 or min(x.shape[-2:]) < ENOUGH:
        return ""
    inner = (..., slice(1, -1), slice(1, -1))
    good = pair.telling(y[inner]) and pair.near(x[inner], y[inner])
    return "only its border is wrong" if good else ""


def _lines(pair: Pair, axis: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Both results as tables: a row for each index of an axis, with all that belongs to it."""
    x, y = (t.movedim(axis, 0).flatten(1) for t in (pair.got, pair.due))
    return x, y


def scaled_by_axis(pair: Pair) -> str:
    """For each index of an axis another factor, another offset, or both, as with the statistics of other data."""
    for axis in range(pair.got.ndim if pair.got.ndim > 1 else 0):
        x, y = _lines(pair, axis)
        if y.shape[0] < 2 or y.shape[1] <= ENOUGH:
            continue
        mx, my = x.mean(1, keepdim=True), y.mean(1, keepdim=True)
        spread = ((y - my) ** 2).sum(1, keepdim=True)
        if not bool((spread > 0).all()):
            continue
        slope = ((x - mx) * (y - my)).sum(1, keepdim=True) / spread
        for what, fitted in (
            ("an offset of its own, as another mean or bias gives", y + mx - my),
            (
                "a factor of its own, as another scale gives",
                y * (x * y).sum(1, keepdim=True) / (y * y).sum(1, keepdim=True),
            ),
            ("a factor and an offset of its own, as another mean and spread give", slope * (y - my) + mx),
        ):
            if bool((slope.abs() > 1e-3).all()) and pair.near(x, fitted):
                return f"for each index of axis {axis} it is off by {what}"
    return ""


def scaled(pair: Pair) -> str:
    """One factor and one offset for all."""
    x, y = pair.got.flatten(), pair.due.flatten()
    if len(_distinct(y)) <= ENOUGH:
        return ""
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((y - y.mean()) ** 2).sum()
    fits = abs(float(slope)) > 1e-3 and pair.near(x, slope * (y - y.mean()) + x.mean())
    return f"it is off by a factor of {float(slope):.4g} and an offset" if fits else ""


OTHER_SHAPE: Sequence[Relation] = (permuted, reshaped, flattened_otherwise, cut, repeated, reduced)
SAME_SHAPE: Sequence[Relation] = (
    constant, permuted, opposite, offset, factor, flipped, shifted, read_otherwise, in_other_places, function_of,
    overrun, unfilled, wrong_at_the_border, scaled, scaled_by_axis,
)  # fmt: skip


# ---- numbers, texts and lists


def of_numbers(got: float, due: float) -> str:
    """How one number relates to the right one. What fits any two numbers explains nothing: only what people do."""
    if isinstance(got, int) and isinstance(due, int):
        return "it is off by one" if abs(got - due) == 1 and abs(due) >= ENOUGH else ""
    if not (math.isfinite(got) and math.isfinite(due)) or not got or f"{due:.3g}" == f"{due:.9g}":
        return ""  # of round numbers, one is easily a function of another
    for says, value in (
        ("its sign is the other way round", -due),
        ("it is 100 times the right one, as a percentage is", 100 * due),
        ("it is a hundredth of the right one", due / 100),
        ("it is twice the right one", 2 * due),
        ("it is half the right one", due / 2),
        ("it is the reciprocal of the right one", 1 / due),
        ("it is the square of the right one", due * due),
        ("it is the square root of the right one", math.sqrt(abs(due))),
        ("its exponential is right", math.log(abs(due))),
        ("its logarithm is right", math.exp(min(due, 700.0))),
    ):
        if abs(got - value) <= 1e-6 * abs(value):
            return says
    return ""


def of_texts(got: str, due: str) -> str:
    """How one text relates to the right one."""
    if got.lower() == due.lower():
        return "only upper and lower case differ"
    return "only spaces differ" if "".join(got.split()) == "".join(due.split()) else ""


def of_lists(got: Sequence[Any], due: Sequence[Any], alike: Callable[[Any, Any], bool], noun: str = "item") -> str:
    """How one list relates to the right one; `alike` says whether two items are the same, `noun` what they are."""

    def same(mine: Sequence[Any], theirs: Sequence[Any]) -> bool:
        if len(mine) != len(theirs) or not all(map(alike, mine, theirs)):
            return False
        return sum(not any(alike(one, other) for other in mine[:place]) for place, one in enumerate(mine)) >= ENOUGH

    if max(len(got), len(due)) > MOST_ITEMS:
        return ""
    few, many = (got, due) if len(got) < len(due) else (due, got)
    rest = len(many) - len(few)
    if rest:
        which = f"{'one is' if rest == 1 else f'{rest} are'} {'missing' if few is got else 'too many'}"
        if same(few, many[: len(few)]):
            return f"the last {which}, the others are right"
        return f"the first {which}, the others are right" if same(few, many[rest:]) else ""
    if same(got, due[::-1]):
        return "the order is reversed"
    if same(got[1:], due[:-1]) or same(got[:-1], due[1:]):
        return f"each stands one position too {'late' if alike(got[1], due[0]) else 'early'}"
    left = list(due) if len(due) >= ENOUGH else []
    for item in got:
        place = next((place for place, other in enumerate(left) if alike(item, other)), None)
        if place is None:
            return ""
        del left[place]
    return f"the right {plural(noun)} are there, in another order"
