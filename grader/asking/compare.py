"""Does an answer equal what the reference gives? If not, what differs, in words for the student.

The order is fixed: kind, device, shape, dtype, NaN and infinity, values. So no broadcast, no lucky cast and no NaN can
make a wrong answer pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from grader.asking.difference import Difference, Manner, of_kinds, with_relation
from grader.asking.relations import relation
from grader.asking.relations.plain import of_lists, of_numbers, of_texts
from grader.asking.tensors import of_tensors
from grader.asking.tolerances import ULPS, Tolerance
from grader.asking.words import Parts, clip, count, named, shown, stayed

SEQUENCES = (list, tuple, torch.Size)
SHORT = 40  # characters of a list that is shown as a whole


def difference(
    got: object,
    expected: object,
    *,
    exact: object = None,
    tolerance: Tolerance | None = None,
    parts: Parts = None,
    remarks: bool = True,
) -> Difference | None:
    """None when the answer is right, otherwise what differs first; see `Manner` for the arguments.

    It names the student's own values, never the expected ones. Lists, tuples and sizes count as the same kind; bool,
    int and float do not.
    """
    return compare(got, expected, Manner(exact, tolerance, parts, remarks))


def compare(got: object, expected: object, manner: Manner) -> Difference | None:
    """The same, of a part of an answer."""
    if isinstance(expected, torch.Tensor):
        return of_tensors(got, expected, manner)
    if isinstance(expected, np.ndarray):
        if type(got) is not np.ndarray:
            return of_kinds(got, expected)
        exact = _tensor(manner.exact) if isinstance(manner.exact, np.ndarray) else None
        return of_tensors(_tensor(got), _tensor(expected), replace(manner, exact=exact))
    if isinstance(expected, SEQUENCES):
        return _of_sequences(got, expected, manner)
    if isinstance(expected, Mapping):
        return _of_mappings(got, expected, manner)
    if isinstance(expected, (set, frozenset)) and type(got) is type(expected):
        return _of_sets(got, expected, manner.parts)
    if type(got) is not type(expected):
        return of_kinds(got, expected)
    if isinstance(expected, float):
        return _of_floats(got, expected, manner)  # type: ignore[arg-type]
    return None if got == expected else _of_others(got, expected, manner)


def _tensor(array: np.ndarray[Any, Any]) -> torch.Tensor:
    return torch.from_numpy(np.asarray(array, order="C"))  # `ascontiguousarray` would give a number an axis


# ---- lists, dicts and sets


def _of_sequences(got: Any, expected: Any, manner: Manner) -> Difference | None:
    if stayed(got) or not isinstance(got, SEQUENCES):
        return of_kinds(got, expected)
    found = _first_difference(got, expected, replace(manner, remarks=False))
    if found is None or not manner.remarks:
        return found
    if related := _related(got, expected, manner):
        return replace(found, clause=with_relation(found.clause, related))
    return _first_difference(got, expected, manner)


def _related(got: Any, expected: Any, manner: Manner) -> str:
    """How a whole list relates to the right one."""
    if len(got) == len(expected) and all(type(value) is float for value in (*got, *expected)):
        said = relation(*(torch.tensor(list(values), dtype=torch.float64) for values in (got, expected)))
        return f"of them all: {said}" if said else ""
    if isinstance(manner.parts, Mapping) or "," in str(manner.parts).partition(": ")[0]:
        return ""  # its items are not of one kind
    silent = replace(manner, exact=None, remarks=False)
    return of_lists(got, expected, lambda mine, theirs: compare(mine, theirs, silent) is None, _noun(manner.parts))


def _first_difference(got: Any, expected: Any, manner: Manner) -> Difference | None:
    if _is_short(got, expected, manner.parts):
        alike = list(got) == list(expected)
        return None if alike else Difference(f"{clip(repr(got))} is not the right value")
    if len(got) != len(expected):
        mine = f": {got!r}" if got and _is_plain(got) and len(repr(got)) <= SHORT else ""
        return Difference(f"expected {count(len(expected), _noun(manner.parts))}, got {len(got)}{mine}")
    exacts = manner.exact if isinstance(manner.exact, SEQUENCES) and len(manner.exact) == len(expected) else None
    for place, (mine, theirs) in enumerate(zip(got, expected, strict=True)):
        name, inner = named(manner.parts, place)
        if found := compare(mine, theirs, manner.inside(exacts[place] if exacts else None, inner)):
            return found.under(name)
    return None


def _noun(parts: Parts) -> str:
    """What one item of a list is called."""
    head = parts.partition(": ")[0] if isinstance(parts, str) else ""
    return head if head and "," not in head else "item"


def _is_short(got: Any, expected: Any, parts: Parts) -> bool:
    """Whether a list can be shown as a whole, which needs no names for its parts.

    It has to be short and of plain values; where they have names, also as long as the right one, and no truth values.
    """
    kinds, due = [type(value) for value in got], [type(value) for value in expected]
    alike = kinds == due if parts else set(kinds) <= set(due)
    return alike and not (parts and bool in due) and _is_plain(expected) and 0 < len(repr(got)) <= SHORT and bool(got)


def _is_plain(values: Any) -> bool:
    return all(type(value) in (int, bool, str, type(None)) for value in values)


def _of_mappings(got: Any, expected: Mapping[Any, Any], manner: Manner) -> Difference | None:
    if stayed(got) or not isinstance(got, Mapping):
        return of_kinds(got, expected)
    for key, theirs in expected.items():
        if key not in got:
            return Difference(f"the key {key!r} is missing")
        exact = manner.exact.get(key) if isinstance(manner.exact, Mapping) else None
        parts = manner.parts.get(key) if isinstance(manner.parts, Mapping) else manner.parts
        if found := compare(got[key], theirs, manner.inside(exact, parts)):
            return found.under(repr(key) if isinstance(key, str) else f"the key {key!r}")
    if extra := [key for key in got if key not in expected]:
        return Difference(f"the key {clip(repr(extra[0]))} does not belong there")
    return _of_twins(got, expected, "key")


# ---- single values


def _of_floats(got: float, expected: float, manner: Manner) -> Difference | None:
    if not math.isfinite(got) or not math.isfinite(expected):
        if got == expected or (math.isnan(got) and math.isnan(expected)):
            return None
        return Difference(_no(got) if math.isfinite(got) else f"it is {'NaN' if math.isnan(got) else 'infinite'}")
    # a Python float may come from float32 work: 64 units in the last place of that
    allowed = manner.tolerance or Tolerance(ULPS * torch.finfo(torch.float32).eps, 1e-12)
    if abs(got - expected) <= allowed.absolute + allowed.relative * abs(expected):
        return None
    return Difference(with_relation(_no(got), of_numbers(got, expected) if manner.remarks else ""))


def _of_others(got: Any, expected: Any, manner: Manner) -> Difference:
    if isinstance(expected, bool):
        return Difference(f"expected {expected}, got {got}")
    related = ""
    if manner.remarks and isinstance(expected, int):
        related = of_numbers(got, expected)
    elif manner.remarks and isinstance(expected, str):
        related = of_texts(got, expected)
    return Difference(with_relation(_no(got), related))


def _of_sets(got: Any, expected: Any, parts: Parts) -> Difference | None:
    if got == expected:
        return _of_twins(got, expected, "member", parts)
    missing, extra = expected - got, sorted(map(repr, got - expected))
    if not extra:
        return Difference(f"{count(len(missing), 'member')} {'is' if len(missing) == 1 else 'are'} missing")
    many = f", and {count(len(missing), 'other')} {'is' if len(missing) == 1 else 'are'} missing" if missing else ""
    return Difference(f"{clip(extra[0])} does not belong there{many}")


def _of_twins(got: Iterable[Any], expected: Iterable[Any], what: str, parts: Parts = None) -> Difference | None:
    """What is equal and yet of another kind, such as 4.0 for 4, among the members of a set or the keys of a dict."""
    due = {one: one for one in expected}
    for one in got:
        if found := compare(one, due[one], Manner(parts=parts, remarks=False)):
            return found.under(f"the {what} {clip(repr(one))}")
    return None


def _no(value: Any) -> str:
    return f"{shown(value)} is not the right value"
