"""The cases of a check, multiplied by what a question's text promises without saying it in each case.

Layouts in memory by themselves: numbers are numbers, however they lie there. Number types, empty axes, axes of size 1
and arguments that record a graph where the check says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

FLOATING = (torch.float64, torch.float16)  # not bfloat16, which NumPy has not: a way through it is as right
REAL = (*FLOATING, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)
DTYPES: dict[str, tuple[torch.dtype, ...]] = {
    "": (),
    "floating": (torch.float32, *FLOATING),
    "real": (torch.float32, *REAL),
    "any": (torch.float32, *REAL, torch.bool),
}
LAYOUTS = ("sliced",)
FEW = 4  # parts of a list that count each for itself
SHAPES: dict[str, tuple[tuple[int, ...], ...]] = {"": (), "any": ((), (3, 3), (1, 2, 5, 1))}

Case = tuple[Any, ...]
Change = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True, slots=True)
class Variation:
    """One more case. A `loose` one may be none that the question allows: then the reference raises or gives NaN.

    With `graph`, the arguments record one, and the result must go on with it where the reference's does. In the
    arguments of a `crowded` one, several elements share a place in memory: nobody can write there.
    """

    label: str
    case: Case
    loose: bool = False
    graph: bool = False
    crowded: bool = False


def variations(
    cases: list[tuple[str, Case]],
    *,
    layouts: Collection[str] = LAYOUTS,
    dtypes: str | Sequence[torch.dtype] = "",
    empty: Collection[int] = (),
    single: Collection[int] = (),
    shapes: str = "",
    graph: bool = False,
    telling: bool = False,
) -> Iterator[Variation]:
    """The cases laid out otherwise in memory, and the first one with a tensor in every other way that is asked for.

    Args:
        cases: with what the student is told of each.
        layouts: "sliced" (the same numbers, transposed, with gaps and an offset); where rows that are alike make no
            ties, also "expanded" (the first row again and again, without memory of its own); none where a question
            asks about memory itself.
        dtypes: "floating", "real", "any" or a list: number types that the first tensor may have, and all
            floating ones with it.
        empty, single: axes that may have no element, or one; those of all tensors that are as long there as the first.
        shapes: "any": the first tensor, and those of its shape with it, may have no axes, two or four of them.
        graph: floating point arguments may require gradients.
        telling: each answer holds so much that a wrong one is not right by chance. Then of the cases whose arguments
            are of the same kinds the two with the most numbers are laid out otherwise; all of them, if not.
    """
    able = [(label, case) for label, case in cases if any(map(_able, _leaves(case)))]
    here = [(label, case) for label, case in able if all(map(_on_the_cpu, _leaves(case)))]
    dense = here if "sliced" in layouts else []  # to a card a tensor is sent as a dense one
    for label, case in _largest(dense) if telling else dense:
        yield Variation(_told(label, "that is not contiguous"), _changed(case, sliced))
    if not able:
        return
    label, case = able[0]
    first = next(leaf for leaf in _leaves(case) if _able(leaf))
    if "expanded" in layouts and first.ndim:
        told = _told(label, "with rows that share their memory")
        yield Variation(told, _changed(case, expanded), loose=True, crowded=True)
    for dtype in DTYPES[dtypes] if isinstance(dtypes, str) else dtypes:
        if dtype is not _tensor(first).dtype and not (dtype is torch.bfloat16 and isinstance(first, np.ndarray)):
            yield Variation(_told(label, f"in {str(dtype).removeprefix('torch.')}"), _recast(case, first, dtype))
    for shape in SHAPES[shapes]:
        yield Variation(_told(label, f"of the shape {shape}"), _reshaped(case, first, shape))
    for axes, size in ((empty, 0), (single, 1)):
        for axis in axes:
            what = "without elements" if size == 0 else "of size 1"
            yield Variation(_told(label, f"with axis {axis} {what}"), _narrowed(case, first, axis, size))
    if graph:
        yield Variation(_told(label, "that requires gradients"), _changed(case, recording), graph=True)


def sliced(t: torch.Tensor) -> torch.Tensor:
    """The same numbers as every second element of a transposed tensor, from the second on."""
    if t.ndim == 0:
        return torch.stack([t.detach(), t.detach()])[1].requires_grad_(t.requires_grad)
    room = torch.ones((*reversed(t.shape[1:]), 2 * t.shape[0] + 1), dtype=t.dtype, device=t.device)
    view = room[..., 1::2].permute(*reversed(range(t.ndim)))
    return view.copy_(t.detach()).requires_grad_(t.requires_grad)


def expanded(t: torch.Tensor) -> torch.Tensor:
    """The first entry along axis 0, as often as there were entries, in the memory of one."""
    if t.ndim == 0 or t.numel() == 0:
        return t
    return t.detach()[:1].clone().expand(t.shape).requires_grad_(t.requires_grad)


def recording(t: torch.Tensor) -> torch.Tensor:
    """The same numbers, requiring gradients if they are of floating point."""
    return t.detach().clone().requires_grad_() if t.is_floating_point() else t


def recast(t: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Numbers of another type: fractions are made larger before they are rounded, and limited to what it holds."""
    if dtype.is_floating_point or not t.numel():
        return t.to(dtype)
    if dtype is torch.bool:
        return t.double() > t.double().mean()
    limits = torch.iinfo(dtype)
    numbers = t.double() * (10 if t.is_floating_point() else 1)
    return numbers.round().clamp(max(limits.min, -(2**31)), min(limits.max, 2**31)).to(dtype)


def _recast(case: Case, first: Any, dtype: torch.dtype) -> Case:
    old = _tensor(first).dtype

    def cast(t: torch.Tensor) -> torch.Tensor:
        return recast(t, dtype) if t.dtype is old or (t.is_floating_point() and old.is_floating_point) else t

    return tuple(_changed(part, cast) for part in case)


def _narrowed(case: Case, first: Any, axis: int, size: int) -> Case:
    length = first.shape[axis]

    def narrow(t: torch.Tensor) -> torch.Tensor:
        same = -t.ndim <= axis < t.ndim and t.shape[axis] == length
        return t.narrow(axis, 0, size).clone() if same else t

    return tuple(_changed(part, narrow) for part in case)


def _reshaped(case: Case, first: Any, shape: tuple[int, ...]) -> Case:
    """All tensors of the first one's shape in another one, with as many of their numbers as it has room for."""
    before, room = first.shape, math.prod(shape)

    def reshape(t: torch.Tensor) -> torch.Tensor:
        if t.shape != before:
            return t
        again = t.flatten().repeat(1 + room // max(t.numel(), 1))  # from the start, where there are too few
        return again[:room].reshape(shape).clone()

    return tuple(_changed(part, reshape) for part in case)


def _told(label: str, what: str) -> str:
    return f"{label or 'an argument'} {what}"


def _largest(cases: list[tuple[str, Case]]) -> Iterator[tuple[str, Case]]:
    """Of those whose arguments are of the same kinds, with as many axes, the two with the most numbers.

    What hangs on how numbers lie in memory hangs on their axes, and shows the sooner the more there are.
    """
    kinds: dict[object, list[tuple[str, Case]]] = {}
    for label, case in cases:
        kinds.setdefault(_kind(case), []).append((label, case))
    for alike in kinds.values():
        yield from sorted(alike, key=lambda one: -_numbers(one[1]))[:2]


def _kind(value: Any) -> object:
    """What there is to tell arguments apart by, but for numbers and sizes; a longer list by what it holds."""
    if _able(value):
        return type(value), value.ndim
    if type(value) is dict:
        return dict, frozenset(map(_kind, value.values()))
    if type(value) in (list, tuple):
        kinds = [_kind(part) for part in value]
        return type(value), tuple(kinds) if len(kinds) <= FEW else frozenset(kinds)
    return type(value)


def _numbers(case: Case) -> int:
    return sum(_tensor(leaf).numel() for leaf in _leaves(case) if _able(leaf))


def _able(leaf: object) -> bool:
    return isinstance(leaf, torch.Tensor) or (isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biuf")


def _on_the_cpu(leaf: object) -> bool:
    return not isinstance(leaf, torch.Tensor) or leaf.device.type == "cpu"


def _tensor(leaf: Any) -> torch.Tensor:
    return leaf if isinstance(leaf, torch.Tensor) else torch.from_numpy(leaf)


def _changed(value: Any, change: Change) -> Any:
    """The value with every tensor and array in it changed."""
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, np.ndarray) and _able(value):
        return change(torch.from_numpy(value)).numpy()
    if type(value) is list:
        return [_changed(part, change) for part in value]
    if type(value) is tuple:
        return tuple(_changed(part, change) for part in value)
    if type(value) is dict:
        return {key: _changed(part, change) for key, part in value.items()}
    return value


def _leaves(value: Any) -> Iterator[Any]:
    if type(value) in (list, tuple):
        for part in value:
            yield from _leaves(part)
    elif type(value) is dict:
        yield from _leaves(list(value.values()))
    else:
        yield value
