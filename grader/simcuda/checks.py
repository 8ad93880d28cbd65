"""Which tensors may meet in one operation, and what a real device says where they may not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from grader.simcuda import wording
from grader.simcuda.machine import Machine
from grader.simcuda.plans import INDEXING, Plan
from grader.simcuda.tensor import DeviceTensor


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """All tensors among nested arguments."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from tensors_in(one)
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))


def check_devices(
    machine: Machine, op: Any, plan: Plan, ours: list[DeviceTensor], hosts: list[torch.Tensor], args: Any, kwargs: Any
) -> None:
    """Raise PyTorch's error where the arguments of `op` are on different devices.

    A CPU tensor of no dimensions may join an element-wise operation, unless it is what is written to.
    """
    if plan.label == "_pack_padded_sequence" and isinstance(args[1], DeviceTensor):
        raise wording.lengths_on_device(args[1])
    if plan.scalars_may_mix:
        hosts = [tensor for tensor in hosts if tensor.dim() or _is_written(tensor, plan, args, kwargs)]
    if not hosts and len({tensor._card.index for tensor in ours}) == 1:
        return
    if plan.label in INDEXING:
        _check_indexing(machine, plan, args)
        return
    named = [pair for pair in (*zip(plan.names, args, strict=False), *kwargs.items()) if pair[0] not in plan.on_host]
    tensors = [(name, tensor) for name, value in named for tensor in tensors_in(value)]
    tensors = [pair for pair in tensors if isinstance(pair[1], DeviceTensor) or any(pair[1] is host for host in hosts)]
    if len({tensor.device for _, tensor in tensors}) > 1:
        _raise_mixed(op, plan, tensors)


def _is_written(tensor: torch.Tensor, plan: Plan, args: Any, kwargs: Any) -> bool:
    places = [place for place in plan.written if place is not None]
    return any(tensor is (args[place] if isinstance(place, int) else kwargs[place]) for place in places)


def _raise_mixed(op: Any, plan: Plan, tensors: list[tuple[str, torch.Tensor]]) -> None:
    expected = tensors[0][1].device
    name, odd = next(pair for pair in tensors if pair[1].device != expected)
    if plan.label == "convolution" and name in ("weight", "bias"):
        raise wording.mixed_convolution(tensors[0][1], odd, name)
    if plan.scalars_may_mix:
        raise wording.two_devices(expected, odd.device)
    raise wording.odd_argument(op, name, odd.device, expected)


def _check_indexing(machine: Machine, plan: Plan, args: Any) -> None:
    target, indices, *rest = args
    for index in tensors_in(indices):
        if not isinstance(target, DeviceTensor):
            if isinstance(index, DeviceTensor):
                raise wording.index_elsewhere()
        elif index.device.type == "cpu":  # allowed, but the indices travel
            machine.ledger.record("host_to_device", plan.label, index.numel() * index.element_size())
        elif index.device != target.device:
            raise wording.two_devices(target.device, index.device)
    for values in tensors_in(rest):
        if values.device != target.device and (values.dim() or isinstance(values, DeviceTensor)):
            raise wording.two_devices(target.device, values.device)


def has_mask(plan: Plan, args: Any) -> bool:
    """Whether an operation indexes by a mask, whose number of true values the host must know."""
    masks = (torch.bool, torch.uint8)
    return plan.label in INDEXING and any(index is not None and index.dtype in masks for index in args[1])
