"""How single numbers, texts and lists relate to the right ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from grader.asking.relations.pair import ENOUGH
from grader.asking.words import plural

MOST_ITEMS = 200  # of a list whose items are looked for in other places


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
