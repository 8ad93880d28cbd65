"""Harmless ways of writing an answer, each as a wrapper that keeps every common promise of the function.

Where a call cannot be repeated unnoticed (it draws numbers, changes what it was given, calls what it was given, records
a graph), or where its result is somebody else's memory, a way that would show does nothing.
"""

from __future__ import annotations

import copy
import functools
import random
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from promises import Function, Promise, around, leaves, mapped, tensors

PLAIN = (int, float, complex, str, bytes, type(None), torch.dtype, torch.device, torch.Tensor, np.ndarray, np.generic)
Arguments, Named = tuple[Any, ...], dict[str, Any]


def _state() -> tuple[Any, ...]:
    return torch.get_rng_state(), random.getstate(), repr(np.random.get_state())


def _same(one: Any, two: Any) -> bool:
    """Whether two nestings hold the same, bit by bit."""
    ones, twos = list(leaves(one)), list(leaves(two))
    if len(ones) != len(twos):
        return False
    return all(_alike(a, b) for a, b in zip(ones, twos, strict=True))


def _alike(one: Any, two: Any) -> bool:
    if isinstance(one, torch.Tensor) and isinstance(two, torch.Tensor):
        same = (one.shape, one.dtype, one.device, one.requires_grad) == (
            two.shape,
            two.dtype,
            two.device,
            two.requires_grad,
        )
        return same and torch.equal(torch.nan_to_num(one.detach()), torch.nan_to_num(two.detach()))
    if isinstance(one, np.ndarray):
        return one.shape == np.shape(two) and bool(np.array_equal(one, two))
    return bool(one == two or one is two)


def _copy(leaf: Any) -> Any:
    return leaf.detach().clone() if isinstance(leaf, torch.Tensor) else copy.copy(leaf)


def _names_a_file(leaf: Any) -> bool:
    return isinstance(leaf, str) and ("/" in leaf or bool(Path(leaf).suffix))


def _on_a_card(leaf: Any) -> bool:
    """Whether something lies on a card, or names one."""
    return str(leaf.device if isinstance(leaf, torch.Tensor) else leaf).startswith("cuda")


def repeatable(f: Function, args: Arguments, kwargs: Named) -> tuple[Any, bool]:
    """The answer, and whether the same call could be made again without anybody noticing; a method has a memory."""
    given = list(leaves((args, tuple(kwargs.values()))))
    plain = all(isinstance(leaf, PLAIN) and not _names_a_file(leaf) for leaf in given)
    odd = any(t.requires_grad or t.layout is not torch.strided for t in tensors(given))
    counted = any(map(_on_a_card, given))  # what crosses, and who waits
    if not plain or odd or counted or isinstance(f, functools.partial):  # a method: its object may remember
        return f(*args, **kwargs), False
    before, held = _state(), [_copy(leaf) for leaf in given]
    answer = f(*args, **kwargs)
    after = _state()
    drew = not torch.equal(before[0], after[0]) or before[1:] != after[1:]
    recorded = any(t.requires_grad for t in tensors(answer))
    return answer, not drew and not recorded and _same(given, held)


def again(
    way: Callable[[Function, Arguments, Named], Any],
) -> Callable[[Function, Arguments, Named], Any]:
    """Make a call once more in a certain way, and answer with that, where nobody could notice."""

    def done(f: Function, args: Arguments, kwargs: Named) -> Any:
        answer, may = repeatable(f, args, kwargs)
        return way(f, args, kwargs) if may and not any(_borrowed(answer, args, kwargs)) else answer

    return done


def _borrowed(answer: Any, args: Arguments, kwargs: Named) -> Iterator[bool]:
    """For each part of an answer, whether it is an argument, or its memory is an argument's or another part's."""
    given = list(leaves((args, tuple(kwargs.values()))))
    taken = [place for place in map(_place, given) if place]
    for leaf in leaves(answer):
        place = _place(leaf)
        yield (isinstance(leaf, torch.Tensor) and any(leaf is one for one in given)) or (
            place is not None and any(place[0] < end and begin < place[1] for begin, end in taken)
        )
        taken += [place] if place else []


def _place(leaf: Any) -> tuple[int, int] | None:
    """Where the memory of a tensor's storage or of an array begins and ends."""
    if isinstance(leaf, torch.Tensor) and leaf.layout is torch.strided:
        storage = leaf.untyped_storage()
        return (storage.data_ptr(), storage.data_ptr() + storage.nbytes()) if storage.nbytes() else None
    return np.lib.array_utils.byte_bounds(leaf) if isinstance(leaf, np.ndarray) and leaf.size else None


# ---- how the work is done


def _in_float64(f: Function, args: Arguments, kwargs: Named) -> Any:
    """In float64, and the numbers back in the dtype that is due."""

    def wide(leaf: Any) -> Any:
        return leaf.double() if isinstance(leaf, torch.Tensor) and leaf.is_floating_point() else leaf

    due = f(*args, **kwargs)
    try:
        found = f(*mapped(args, wide), **mapped(kwargs, wide))
    except (RuntimeError, TypeError, ValueError):
        return due
    theirs, mine = list(leaves(found)), list(leaves(due))
    if len(theirs) != len(mine):
        return due
    parts = iter(theirs)

    def back(leaf: Any) -> Any:
        part = next(parts)
        same = isinstance(leaf, torch.Tensor) and isinstance(part, torch.Tensor) and leaf.shape == part.shape
        return part.to(leaf.dtype) if same and leaf.is_floating_point() else leaf

    return mapped(due, back)


def _inferring(f: Function, args: Arguments, kwargs: Named) -> Any:
    """At once for what is counted on a card, where nothing records a graph; else once more."""
    given = list(leaves((args, tuple(kwargs.values()))))
    plain = all(isinstance(leaf, PLAIN) for leaf in given) and not any(t.requires_grad for t in tensors(given))
    alone = plain and any(map(_on_a_card, given)) and not isinstance(f, functools.partial)
    return _in_inference_mode(f, args, kwargs) if alone else _again(f, args, kwargs)


def _in_inference_mode(f: Function, args: Arguments, kwargs: Named) -> Any:
    with torch.inference_mode():
        return f(*args, **kwargs)


_again = again(_in_inference_mode)


def _in_a_thread(f: Function, args: Arguments, kwargs: Named) -> Any:
    records = torch.is_grad_enabled()

    def work() -> Any:
        with torch.set_grad_enabled(records):
            return f(*args, **kwargs)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def _talking(f: Function, args: Arguments, kwargs: Named) -> Any:
    print("on its way:", *map(type, args))
    warnings.warn("this may take a while", UserWarning, stacklevel=2)
    return f(*args, **kwargs)


def _deeper(f: Function, args: Arguments, kwargs: Named) -> Any:
    """Inside a few calls of its own, as in an answer that is cut into helpers."""
    return (lambda *a, **k: (lambda *b, **m: f(*b, **m))(*a, **k))(*args, **kwargs)


# ---- how the result lies in memory, and how it was rounded


def _fresh(change: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Function, Arguments, Named], Any]:
    """Change every tensor of an answer that is nobody's memory and no leaf of a graph."""

    def way(f: Function, args: Arguments, kwargs: Named) -> Any:
        answer = f(*args, **kwargs)
        if any(_borrowed(answer, args, kwargs)) or any(hasattr(leaf, "__next__") for leaf in leaves(answer)):
            return answer

        def own(leaf: Any) -> Any:
            ordinary = type(leaf) is torch.Tensor and leaf.layout is torch.strided
            return change(leaf) if ordinary and not (leaf.requires_grad and leaf.is_leaf) else leaf

        return mapped(answer, own)

    return way


def _turned(t: torch.Tensor) -> torch.Tensor:
    return t.transpose(0, -1).contiguous().transpose(0, -1) if t.ndim > 1 else t


def _inside_more(t: torch.Tensor) -> torch.Tensor:
    return torch.cat([t.new_zeros(3), t.flatten()])[3:].view(t.shape)


def _small(t: torch.Tensor) -> bool:
    """Whether its numbers can be looked at unnoticed: from a card they would have to be copied."""
    return t.numel() <= 10_000 and t.device.type == "cpu"


def _rounded(f: Function, args: Arguments, kwargs: Named) -> Any:
    """Off by one unit in the last place, where numbers were computed and not only moved."""
    given = {value for t in tensors(args, kwargs) if _small(t) for value in t.detach().flatten().tolist()}

    def other(t: torch.Tensor) -> torch.Tensor:
        if not t.is_floating_point() or not _small(t):
            return t
        values = t.detach().flatten().tolist()
        moved = all(value in given or value != value or value in (0, 1) or value % 1 == 0 for value in values)
        return t if moved else t * (1 + torch.finfo(t.dtype).eps)

    return _fresh(other)(f, args, kwargs)


HABITS: tuple[Promise, ...] = (
    around("computes in float64 and casts back", again(_in_float64)),
    around("works in inference mode", _inferring),
    around("works in a thread", _in_a_thread),
    around("does its work twice", again(lambda f, args, kwargs: f(*args, **kwargs))),
    around("prints and warns", _talking),
    around("is cut into helpers", _deeper),
    around("gives a result that is not contiguous", _fresh(_turned)),
    around("gives a part of a larger tensor", _fresh(_inside_more)),
    around("rounds otherwise", _rounded),
    around("a tuple for a list", lambda f, a, k: tuple(r) if type(r := f(*a, **k)) is list else r),
)
