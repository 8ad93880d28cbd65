"""Runs operations on simulated tensors: unwrap, compute on the CPU, wrap again, and note what a device would do."""

from __future__ import annotations

from typing import Any

import torch

from grader.simcuda import internals, wording
from grader.simcuda.checks import check_devices, has_mask, tensors_in
from grader.simcuda.generator import is_devices
from grader.simcuda.kernels import asserted, check_kernel
from grader.simcuda.machine import CPU, Card, Machine
from grader.simcuda.moves import SPECIAL
from grader.simcuda.plans import Plan, make_plan
from grader.simcuda.room import check_room, translated
from grader.simcuda.tensor import DeviceParameter, DeviceTensor, refresh, without_a_mode, wrap

_plans: dict[Any, Plan] = {}


class DispatchMode(internals.TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees every operation of its thread below autograd, so also those that make a tensor out of nothing."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._machine = machine

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # True would import PyTorch's compiler at the first operation

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return execute(self._machine, func, args, kwargs or {}, self)


def execute(machine: Machine, op: Any, args: Any, kwargs: Any, mode: DispatchMode | None = None) -> Any:
    """Run `op` where its arguments live. `mode` is what sees the parts of an operation that is taken apart."""
    # Under backward the function mode is on, and would see everything that follows.
    with internals.DisableTorchFunction():
        special = SPECIAL.get(op)
        if special is not None:
            return special(machine, op, args, kwargs)
        plan = _plans.get(op)
        if plan is None:
            plan = _plans[op] = make_plan(op)
        return _execute(machine, op, plan, args, kwargs, mode)


def _execute(machine: Machine, op: Any, plan: Plan, args: Any, kwargs: Any, mode: DispatchMode | None) -> Any:
    ours: list[DeviceTensor] = []
    hosts: list[torch.Tensor] = []
    raw_args = _unwrapped(args, ours, hosts)
    raw_kwargs = {k: _unwrapped_one(v, ours, hosts) for k, v in kwargs.items()} if kwargs else kwargs
    by_place = plan.device_at is not None and len(args) > plan.device_at
    named = args[plan.device_at] if by_place else kwargs.get("device")
    card = machine.card_of(named) if named is not None else ours[0]._card if ours else None
    if card is None and not ours:
        return _on_host(op, plan, args, kwargs)
    machine.check_process()
    if plan.composite:
        return _taken_apart(op, args, kwargs, mode)
    if ours and (hosts or plan.on_host or any(tensor._card is not ours[0]._card for tensor in ours)):
        check_devices(machine, op, plan, ours, hosts, args, kwargs)
    if card is not None and card.machine is not machine:  # made in an earlier simulation
        card = machine.card(card.index)
    if named is not None and card is not None:
        raw_kwargs["device"] = CPU
    result = op(*raw_args, **raw_kwargs) if card is None else _computed(op, plan, card, raw_args, raw_kwargs)
    if plan.counted:
        machine.ledger.record("operation", plan.label, 0, plan.waits or has_mask(plan, args))
    return _wrapped(plan, result, card, args, kwargs)


def _unwrapped(values: Any, ours: list[DeviceTensor], hosts: list[torch.Tensor]) -> list[Any]:
    raw = []
    for value in values:
        kind = type(value)
        if kind is DeviceTensor or kind is DeviceParameter:
            ours.append(value)
            raw.append(value._raw)
        elif kind is int or kind is float or value is None:
            raw.append(value)
        else:
            raw.append(_unwrapped_one(value, ours, hosts))
    return raw


def _unwrapped_one(value: Any, ours: list[DeviceTensor], hosts: list[torch.Tensor]) -> Any:
    if isinstance(value, DeviceTensor):
        ours.append(value)
        return value._raw
    if isinstance(value, torch.Tensor):
        hosts.append(value)
        return value
    return _unwrapped(value, ours, hosts) if isinstance(value, list | tuple) else value


def _on_host(op: Any, plan: Plan, args: Any, kwargs: Any) -> Any:
    if plan.random and kwargs.get("generator") is not None and is_devices(kwargs["generator"]):
        raise wording.wrong_generator("cpu", "cuda")
    return op(*args, **kwargs)


def _taken_apart(op: Any, args: Any, kwargs: Any, mode: DispatchMode | None) -> Any:
    # PyTorch also has decompositions in Python, but those name devices where nobody translates them.
    if mode is None:
        return internals.call_composite(op, *args, **kwargs)
    with mode:
        return internals.call_composite(op, *args, **kwargs)


def _computed(op: Any, plan: Plan, card: Card, args: Any, kwargs: Any) -> Any:
    check_room(card, op, plan, args, kwargs)
    check_kernel(plan, args, kwargs)
    try:
        if not plan.random:
            return op(*args, **kwargs)
        return _drawn(op, card, args, kwargs)
    except (RuntimeError, IndexError) as error:
        raise asserted(translated(card, error)) from None


def _drawn(op: Any, card: Card, args: Any, kwargs: Any) -> Any:
    given = kwargs.get("generator")
    if given is None:
        with card.generator.as_default():
            return op(*args, **kwargs)
    if not is_devices(given):
        raise wording.wrong_generator("cuda", "cpu")
    return op(*args, **kwargs)


def _wrapped(plan: Plan, result: Any, card: Card | None, args: Any, kwargs: Any) -> Any:
    if plan.written:
        results = result if isinstance(result, tuple | list) else (result,)
        kept = [
            _wrapped_new(one, card) if place is None else args[place] if isinstance(place, int) else kwargs[place]
            for place, one in zip(plan.written, results, strict=False)
        ]
        if plan.reshapes:
            for written in tensors_in(kept):
                if isinstance(written, DeviceTensor):
                    refresh(written)
        return kept[0] if len(plan.written) == 1 else tuple(kept)
    if plan.reshapes:
        for written in tensors_in(args[:1]):
            if isinstance(written, DeviceTensor):
                refresh(written)
    if card is None:
        return result
    if plan.label == "_pack_padded_sequence":  # the sizes of the batches stay where the lengths were
        return wrap(result[0], card), result[1]
    return _wrapped_new(result, card)


def _wrapped_new(value: Any, card: Card | None) -> Any:
    if card is None:
        return value
    if isinstance(value, torch.Tensor):
        return wrap(value, card)
    if isinstance(value, tuple | list):
        return type(value)(_wrapped_new(one, card) for one in value)
    return value


def first_tensor(values: Any) -> DeviceTensor:
    """The first simulated tensor among nested arguments, of which there is at least one."""
    return next(tensor for tensor in tensors_in(values) if isinstance(tensor, DeviceTensor))


@without_a_mode
def _execute_without_a_mode(op: Any, args: Any, kwargs: Any) -> Any:
    return execute(first_tensor((args, kwargs))._card.machine, op, args, kwargs)
