"""Moving a module's parameters and buffers, and not compiling it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import torch

from grader.simcuda.tensor import assign_data

T = TypeVar("T")
_WAITS_FOR = "_simcuda_waits_for"


def apply(module: torch.nn.Module, fn: Callable[[torch.Tensor], torch.Tensor], recurse: bool = True) -> torch.nn.Module:
    """`Module._apply`: a parameter stays the same object when it moves, as on a real device.

    PyTorch's own would put a new parameter in its place, because the two devices are of different kinds to C++; an
    optimizer made before the move would then train the old ones.
    """
    if recurse:
        for child in module.children():
            cast(Any, child)._apply(fn)
    for parameter in module._parameters.values():
        if parameter is not None:
            _move(parameter, fn)
    for name, buffer in module._buffers.items():
        if buffer is not None:
            module._buffers[name] = fn(buffer)
    return module


def _move(parameter: torch.nn.Parameter, fn: Callable[[torch.Tensor], torch.Tensor]) -> None:
    if torch.nn.parameter.is_lazy(parameter):  # nothing to move yet, but it must know where it will be
        parameter.__dict__[_WAITS_FOR] = fn(torch.empty(0))
        return
    grad = parameter.grad
    parameter.grad = None
    with torch.no_grad():
        assign_data(parameter, fn(parameter))
        if grad is not None:
            assign_data(grad, fn(grad))
    parameter.grad = grad


def materializing(materialize: Callable[..., None]) -> Callable[..., None]:
    """`UninitializedTensorMixin.materialize`, for lazy layers that moved to a card before their first batch."""

    def materialize_there(
        parameter: torch.Tensor, shape: Any, device: Any = None, dtype: torch.dtype | None = None
    ) -> None:
        example = parameter.__dict__.pop(_WAITS_FOR, None)
        materialize(parameter, shape, device, dtype)
        if example is not None and device is None:
            with torch.no_grad():
                assign_data(parameter, parameter.to(example.device, dtype or example.dtype))

    return materialize_there


def compile_eagerly(model: T | None = None, **options: Any) -> T | Callable[[T], T]:
    """`torch.compile` gives back what it was given: a compiler for this device there is none."""
    return (lambda wrapped: wrapped) if model is None else model


def compile_module(module: torch.nn.Module, *args: Any, **options: Any) -> None:
    """`Module.compile` does nothing."""
