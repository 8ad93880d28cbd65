"""Refusing what does not fit before the host computes it: the host may have less memory than the simulated card."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterable
from typing import Any

import torch

from grader.simcuda import wording
from grader.simcuda.machine import Card
from grader.simcuda.plans import Plan

_META = torch.device("meta")
_LARGEST_ITEM = 16
_CACHE_SIZE = 10_000
_JOINING = {torch.ops.aten.cat.default, torch.ops.aten.stack.default}

# What operations on arguments of such shapes would make, in bytes. A training loop asks the same again and again.
_needed: dict[Any, int] = {}


def check_room(card: Card, op: Any, plan: Plan, args: Any, kwargs: Any) -> None:
    """Raise torch.OutOfMemoryError where the results of an operation on these CPU tensors would not fit on `card`.

    The size of results is asked of PyTorch's shape inference, and only where they could be too large: no operation
    makes more elements than the product of its arguments' sizes and of the numbers among them. Many make far fewer, and
    that is looked at before: the first question of shape inference loads PyTorch's compiler, which takes seconds.
    """
    if plan.written or not plan.allocates:
        return
    most = (card.memory.capacity - card.memory.allocated) / _LARGEST_ITEM
    if _most_elements(args) * _most_elements(kwargs.values()) <= most or _at_most(op, plan, args, kwargs) <= most:
        return
    key = (op, plan.pointwise, *_signature(args, plan.pointwise), *_signature(kwargs.values(), plan.pointwise))
    needed = _needed.get(key)
    if needed is None:
        if len(_needed) >= _CACHE_SIZE:
            _needed.clear()
        needed = _needed[key] = _inferred(op, args, kwargs)
    card.require(needed)


def _most_elements(values: Iterable[Any]) -> float:
    most = 1.0
    for value in values:
        if isinstance(value, torch.Tensor):
            most *= value.numel() or 1
        elif isinstance(value, int | float):
            most *= max(abs(value), 1)
        elif isinstance(value, list | tuple):
            most *= _most_elements(value)
    return most


def _at_most(op: Any, plan: Plan, args: Any, kwargs: Any) -> float:
    """How many elements results can have, where that is plain: of what works element by element, or joins tensors."""
    tensors = [value for value in (*args, *kwargs.values()) if isinstance(value, torch.Tensor)]
    lists = any(isinstance(value, list | tuple) for value in (*args, *kwargs.values()))
    if plan.pointwise and not lists:
        with contextlib.suppress(RuntimeError):  # shapes that do not fit: the operation itself will say so
            shape: torch.Size = torch.broadcast_shapes(*(one.shape for one in tensors))  # type: ignore[no-untyped-call]
            return math.prod(shape)
    if op in _JOINING and isinstance(args[0], list | tuple):
        return float(sum(tensor.numel() for tensor in args[0]))
    return math.inf


def _signature(values: Iterable[Any], pointwise: bool) -> Iterable[Any]:
    """What the sizes of results depend on. Numbers that join an element-wise operation do not matter."""
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value.shape, value.dtype
        elif isinstance(value, list | tuple):
            yield tuple(_signature(value, pointwise))
        elif not pointwise:
            yield value if isinstance(value, int | float | torch.dtype) else None


def _inferred(op: Any, args: Any, kwargs: Any) -> int:
    """Bytes of the results; 0 where they cannot be told without values, or where the operation will fail anyway."""
    try:
        results = op(*_without_values(args), **_without_values({k: v for k, v in kwargs.items() if k != "generator"}))
    except Exception:
        return 0
    found = results if isinstance(results, tuple | list) else [results]
    return sum(one.numel() * one.element_size() for one in found if isinstance(one, torch.Tensor))


def _without_values(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return torch.empty_strided(value.size(), value.stride(), dtype=value.dtype, device=_META)
    if isinstance(value, list | tuple):
        return type(value)(_without_values(one) for one in value)
    if isinstance(value, dict):
        return {name: _without_values(one) for name, one in value.items()}
    return _META if isinstance(value, torch.device) else value


def translated(card: Card, error: Exception) -> Exception:
    """The host's own out-of-memory error as the card's; any other error as it is."""
    found = re.search(r"can't allocate memory: you tried to allocate (\d+) bytes", str(error))
    return wording.out_of_memory(card.index, card.memory, int(found.group(1))) if found else error
