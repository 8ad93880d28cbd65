"""The cases of a check, and whether they can tell right from wrong: one that cannot is a fault of the suite."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import torch

from grader.asking.compare import difference
from grader.asking.variations import Case
from grader.errors import CourseError

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

ATOMS = (bool, int, float, str, type(None), torch.dtype, torch.device)  # nobody can change them
Cases = Iterable[Case] | Mapping[str, Case]


def labelled_of(cases: Cases) -> list[tuple[str, Case]]:
    pairs = list(cases.items()) if isinstance(cases, Mapping) else [("", case) for case in cases]
    return [(label, case if isinstance(case, tuple) else (case,)) for label, case in pairs]


def check_cases(cases: list[Case], expected: list[Any], *, nonfinite: bool, constant: bool) -> None:
    if not cases:
        raise CourseError("agree", "there are no cases", "give at least two")
    if not nonfinite:
        check_finite(expected)
    if all(_size(due) == 0 for due in expected):
        raise CourseError("agree", "the reference answers with nothing in every case", "give a case that is not empty")
    if constant or cases == [()]:
        return
    if len(cases) < 2:
        raise CourseError("agree", "there is one case only", "give two, or a hard-coded answer passes")
    others_first = (*expected[1:], expected[0])
    same_for_all = all(difference(due, expected[0], remarks=False) is None for due in others_first)
    if same_for_all or _one_number(expected):
        raise CourseError("agree", "a constant would pass every case", "vary the cases, or say constant=True")


def copied(case: Case) -> Case:
    """Arguments of their own: as `copy.deepcopy`, which takes ten times as long, where none share their memory."""
    tensors = [value for value in case if type(value) not in ATOMS]
    if all(map(_is_plain, tensors)) and len({_memory(tensor) for tensor in tensors}) == len(tensors):
        return tuple(value if type(value) in ATOMS else _twin(value) for value in case)
    return copy.deepcopy(case)


def _is_plain(value: object) -> bool:
    """Whether this is a tensor on the CPU, and nothing more."""
    if type(value) is not torch.Tensor or value.layout is not torch.strided or value.device.type != "cpu":
        return False
    return not (
        value.requires_grad or value.is_complex() or value.is_quantized or value.__dict__ or value.is_inference()
    )


def _memory(tensor: torch.Tensor) -> object:
    """What tells the memory of a tensor from that of others; one without numbers has none."""
    return tensor.untyped_storage().data_ptr() or id(tensor)


def _twin(tensor: torch.Tensor) -> torch.Tensor:
    """The same numbers in the same places of memory of their own."""
    storage = tensor.untyped_storage()
    if tensor.is_contiguous() and storage.nbytes() == tensor.numel() * tensor.element_size():
        twin = tensor.clone()  # an axis of size 1 may get another stride
        if twin.stride() == tensor.stride():
            return twin
    room = storage.clone()  # type: ignore[no-untyped-call]
    return torch.empty(0, dtype=tensor.dtype).set_(room, tensor.storage_offset(), tensor.shape, tensor.stride())


def check_finite(expected: list[Any]) -> None:
    for value in leaves(expected):
        if isinstance(value, float) and not np.isfinite(value):
            bad = True
        elif isinstance(value, torch.Tensor):
            bad = value.is_floating_point() and not bool(torch.isfinite(value).all())
        else:
            bad = isinstance(value, np.ndarray) and value.dtype.kind == "f" and not bool(np.isfinite(value).all())
        if bad:
            raise CourseError("suite", "the reference gives NaN or infinity", "choose other cases or nonfinite=True")


def leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from leaves(part)
    else:
        yield value


def _size(value: Any) -> int:
    if isinstance(value, torch.Tensor):
        return value.numel()
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        return len(value)
    return 1


def _one_number(expected: list[Any]) -> bool:
    """Whether all answers are tensors, of whatever shapes, filled with one and the same number."""
    if not all(isinstance(value, torch.Tensor) for value in expected):
        return False
    return len({number for value in expected for number in value.detach().flatten().tolist()}) == 1
