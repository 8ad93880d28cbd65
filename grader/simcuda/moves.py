"""The operations that move values between host and cards, or read one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from grader.simcuda.ledger import Ledger
from grader.simcuda.machine import CPU, Card, Machine
from grader.simcuda.tensor import DeviceTensor, wrap

aten = torch.ops.aten


def _size(tensor: torch.Tensor) -> int:
    return tensor.numel() * tensor.element_size()


def _record_move(ledger: Ledger, name: str, source: Card | None, target: Card | None, size: int, waits: bool) -> None:
    if source is None:
        ledger.record("host_to_device", name, size)
    elif target is None:
        ledger.record("device_to_host", name, size, waits)
    elif source.index != target.index:
        ledger.record("device_to_device", name, size)
    else:
        ledger.record("operation", name)


def _to_copy(machine: Machine, op: Any, args: Any, kwargs: Any) -> Any:
    source, named = args[0], kwargs.get("device")
    inside = source._card if isinstance(source, DeviceTensor) else None
    target = machine.card_of(named) if named is not None else inside
    if inside is None and target is None:
        return op(*args, **kwargs)
    machine.check_process()
    if target is not None:
        target = machine.card(target.index)
        dtype = kwargs.get("dtype") or source.dtype
        target.require(source.numel() * dtype.itemsize)
        kwargs = {**kwargs, "device": CPU}
    raw = op(source._raw if isinstance(source, DeviceTensor) else source, **kwargs)
    if raw.device.type == "cpu":
        name = "to" if named is not None else "_to_copy"
        _record_move(machine.ledger, name, inside, target, _size(raw), not kwargs.get("non_blocking"))
    return raw if target is None else wrap(raw, target)


def _copy_(machine: Machine, op: Any, args: Any, kwargs: Any) -> Any:
    target, source, *rest = args
    raw_target = target._raw if isinstance(target, DeviceTensor) else target
    raw_source = source._raw if isinstance(source, DeviceTensor) else source
    op(raw_target, raw_source, *rest, **kwargs)
    if raw_target is not target or raw_source is not source:
        cards = [t._card if isinstance(t, DeviceTensor) else None for t in (source, target)]
        waits = not (rest[0] if rest else kwargs.get("non_blocking"))
        _record_move(machine.ledger, "copy_", cards[0], cards[1], _size(target), waits)
    return target


def _foreach_copy_(machine: Machine, op: Any, args: Any, kwargs: Any) -> None:
    targets, sources, *rest = args
    for target, source in zip(targets, sources, strict=True):
        _copy_(machine, aten.copy_.default, (target, source, *rest), kwargs)


def _item(machine: Machine, op: Any, args: Any, kwargs: Any) -> Any:
    if not isinstance(args[0], DeviceTensor):
        return op(*args)
    machine.check_process()
    machine.ledger.record("read", "item", waits=True)
    return op(args[0]._raw)


def _zeros(machine: Machine, op: Any, args: Any, kwargs: Any) -> Any:
    """A zero that takes no memory, which derivatives of derivatives make: the kernels that would meet it here do not
    know that it has none."""
    card = machine.card_of(kwargs.get("device"))
    if card is None:
        return op(*args, **kwargs)
    return wrap(torch.zeros(*args, **{**kwargs, "device": CPU}), machine.card(card.index))


SPECIAL: dict[Any, Callable[[Machine, Any, Any, Any], Any]] = {
    aten._to_copy.default: _to_copy,
    aten.copy_.default: _copy_,
    aten._foreach_copy_.default: _foreach_copy_,
    aten._local_scalar_dense.default: _item,
    aten._efficientzerotensor.default: _zeros,
}
