"""Did a call change its arguments? The kernel sends them back with the result; the judge compares."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from grader.asking.codec import facts


def can_change(value: object) -> bool:
    """Whether a value, or a part of a tuple, could be changed by whoever is given it."""
    if type(value) is tuple:
        return any(map(can_change, value))
    return type(value) in (list, dict, set) or isinstance(value, torch.Tensor | np.ndarray)


def changed(before: object, after: object) -> bool:
    """Whether an argument came back as another one. What stays in the kernel is not looked at."""
    if isinstance(before, torch.Tensor):
        return type(after) not in (torch.Tensor, torch.nn.Parameter) or _tensor_changed(before, after)
    if isinstance(before, np.ndarray):
        return not isinstance(after, np.ndarray) or _array_changed(before, after)
    if isinstance(before, list | tuple):
        if not isinstance(after, list | tuple) or len(before) != len(after):
            return True
        return any(changed(old, new) for old, new in zip(before, after, strict=True))
    if isinstance(before, dict):
        if not isinstance(after, dict) or list(before) != list(after):
            return True
        return any(changed(before[key], after[key]) for key in before)
    if type(before) in (bool, int, str, set, frozenset):
        return type(after) is not type(before) or before != after
    return False


def _tensor_changed(before: torch.Tensor, after: Any) -> bool:
    said = facts(after)
    if after.shape != before.shape or after.dtype != before.dtype or said.requires_grad != before.requires_grad:
        return True
    steps = [(a, b) for n, a, b in zip(before.shape, before.stride(), said.stride, strict=True) if n > 1]
    if before.numel() and before.device.type == "cpu" and any(a != b for a, b in steps):  # to a card copies go densely
        return True
    old, new = before.detach().cpu(), after.detach()
    return not torch.equal(old, new) and not bool(((old == new) | ((old != old) & (new != new))).all())


def _array_changed(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> bool:
    if before.shape != after.shape or before.dtype != after.dtype:
        return True
    return not bool(((before == after) | ((before != before) & (after != after))).all())
