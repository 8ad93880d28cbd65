"""Sees every call of PyTorch's Python interface, and gives the name "cuda" its simulated meaning."""

from __future__ import annotations

from collections.abc import Callable
from types import CellType, FunctionType
from typing import Any

import numpy as np
import torch

from grader.simcuda import internals, storage, wording
from grader.simcuda.attention import attend
from grader.simcuda.machine import Machine
from grader.simcuda.tensor import assign_data, retyped

# By identity: a module's names may hold what cannot be hashed.
_CHECKS = set(map(id, internals.OVERRIDE_CHECKS))


def _no(*arguments: object) -> bool:
    """What a copied function is told when it asks whether somebody overrides it."""
    return False


def _is_pytorchs(value: object) -> bool:
    """Whether `value` is a function that PyTorch wrote in Python."""
    return isinstance(value, FunctionType) and str(value.__module__).partition(".")[0] == "torch"


def _content(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # still empty
        return None


def _own_cell(cell: CellType) -> CellType:
    return CellType(cell.cell_contents) if _is_pytorchs(_content(cell)) else cell


def _index(index: Any) -> Any:
    """An index without lists: C++ would look for their values on the device that it sees, where there are none."""
    if isinstance(index, list) and any(i is None or i is ... or isinstance(i, _NESTING) for i in index):
        index = tuple(index)  # as PyTorch still reads such a list
    if isinstance(index, tuple):
        return tuple(_index_tensor(i) for i in index)
    return _index_tensor(index)


def _index_tensor(index: Any) -> Any:
    if not isinstance(index, list | tuple | range | np.ndarray):
        return index
    return torch.as_tensor(index) if len(index) else torch.empty(0, dtype=torch.int64)


_NESTING = (list, tuple, slice, torch.Tensor, np.ndarray)


# They hand over to a mode as the public function that called them (PyTorch 2.11), whose result is another.
_UNDER_OTHER_NAMES = {"_unique_impl", "_unique_consecutive_impl"}


class FunctionMode(internals.TorchFunctionMode):
    """Translates devices in arguments. What C++ then does with them arrives at the dispatch mode."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self._machine = machine
        self._clones: dict[FunctionType, FunctionType] = {}
        self._namespaces: dict[int, dict[str, Any]] = {}
        self._running: list[tuple[FunctionType, int]] = []
        tensor: Any = torch.Tensor
        self._handlers: dict[Any, Callable[..., Any]] = {
            tensor.to: self._to,
            tensor.cuda: self._cuda,
            tensor.type: self._type,
            tensor.data.__set__: self._set_data,
            tensor.device.__get__: self._device,
            tensor.is_cuda.__get__: self._is_cuda,
            tensor.__getitem__: self._getitem,
            tensor.__setitem__: self._setitem,
            tensor.new_tensor: self._new_tensor,
            torch.tensor: self._from_data,
            torch.as_tensor: self._from_data,
            torch.asarray: self._from_data,
            internals.attention: attend,
            torch.ctc_loss: self._ctc_loss,
            internals.parse_to: self._parse_to,
        }

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        try:
            handler = self._handlers.get(func)
            if handler is not None:
                return handler(func, *args, **(kwargs or {}))
            if type(func) is FunctionType:
                return self._run_python(func, args, kwargs or {})
            if kwargs or internals.default_device.CURRENT_DEVICE is not None:
                return self._with_device(func, args, kwargs or {})
            return func(*args)
        except Exception as error:
            wording.reworded(error)
            raise

    def _run_python(self, func: FunctionType, args: Any, kwargs: Any) -> Any:
        """Run a function that PyTorch wrote in Python with this mode still on.

        A mode is off while it handles a call, so that what such a function calls would escape it. It cannot be on
        either: the function's first line asks whether a mode is on, and would come back here. So a copy runs in which
        that question is answered with no.
        """
        call = (func, id(args[0]) if args else 0)
        repeats = bool(self._running) and self._running[-1] == call  # it asks in a way that the copy does not know
        if repeats or not _is_pytorchs(func):
            return func(*args, **kwargs)
        clone = self._clones.get(func) or self._clone(func)
        self._running.append(call)
        try:
            with self:
                return clone(*args, **kwargs)
        finally:
            self._running.pop()

    def _clone(self, func: FunctionType) -> FunctionType:
        names = func.__globals__
        space = self._namespaces.get(id(names))
        if space is None:
            space = {name: _no if id(value) in _CHECKS else value for name, value in names.items()}
            self._namespaces[id(names)] = space
            space |= {name: self._clone(names[name]) for name in _UNDER_OTHER_NAMES & names.keys()}
        closure = None if func.__closure__ is None else tuple(map(_own_cell, func.__closure__))
        clone = FunctionType(func.__code__, space, func.__name__, func.__defaults__, closure)
        clone.__kwdefaults__ = func.__kwdefaults__
        self._clones[func] = clone
        for cell in closure or ():
            if _is_pytorchs(_content(cell)):  # a decorator keeps the function that it decorates, which asks too
                inner = cell.cell_contents
                cell.cell_contents = self._clones.get(inner) or self._clone(inner)
        return clone

    def _with_device(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        device = kwargs.get("device")
        if device is None:
            device = self._default_for(func)
        if device is not None:
            kwargs = {**kwargs, "device": self._machine.native(device)}
        if kwargs.get("pin_memory"):
            return storage.pin(func(*args, **{**kwargs, "pin_memory": False}))
        return func(*args, **kwargs)

    def _default_for(self, func: Any) -> torch.device | None:
        """The default device, where it is a simulated one and `func` makes a tensor there."""
        device = internals.default_device.CURRENT_DEVICE
        if device is None or device.type != "cuda" or func not in internals.default_device._device_constructors():
            return None
        return device

    # Each of these stands for the function of its name; `func` is the original.

    def _to(self, func: Any, tensor: torch.Tensor, *args: Any, **kwargs: Any) -> torch.Tensor:
        if args and not isinstance(args[0], torch.Tensor | torch.dtype):
            args = (self._machine.native(args[0]), *args[1:])
        if "device" in kwargs:
            kwargs["device"] = self._machine.native(kwargs["device"])
        moved: torch.Tensor = func(tensor, *args, **kwargs)
        return moved

    def _cuda(self, func: Any, tensor: Any, device: Any = None, non_blocking: bool = False, **kwargs: Any) -> Any:
        return tensor.to(self._machine.card(device).native, non_blocking=non_blocking, **kwargs)

    def _type(self, func: Any, tensor: torch.Tensor, dtype: Any = None, non_blocking: bool = False) -> Any:
        if dtype is None:
            return func(tensor)
        with self:
            return retyped(tensor, dtype, non_blocking)

    def _set_data(self, func: Any, tensor: torch.Tensor, value: torch.Tensor) -> None:
        assign_data(tensor, value)

    def _device(self, func: Any, tensor: torch.Tensor) -> torch.device:
        # Only function transforms get here: their tensors are not ours, but stand for ours.
        device: torch.device = func(tensor)
        card = self._machine.card_of(device)
        return device if card is None else card.shown

    def _is_cuda(self, func: Any, tensor: torch.Tensor) -> bool:
        return self._device(torch.Tensor.device.__get__, tensor).type == "cuda"

    def _getitem(self, func: Any, tensor: torch.Tensor, index: Any) -> torch.Tensor:
        part: torch.Tensor = func(tensor, _index(index))
        return part

    def _setitem(self, func: Any, tensor: torch.Tensor, index: Any, value: Any) -> None:
        func(tensor, _index(index), value)

    def _new_tensor(self, func: Any, tensor: torch.Tensor, data: Any, **kwargs: Any) -> torch.Tensor:
        kwargs.setdefault("device", tensor.device)
        kwargs.setdefault("dtype", tensor.dtype)
        return self._from_data(torch.tensor, data, **kwargs)

    def _from_data(self, func: Any, data: Any, **kwargs: Any) -> torch.Tensor:
        """`torch.tensor` and its kin: C++ would drop the values of a list on the device that it sees."""
        device = kwargs.get("device")
        device = self._machine.native(self._default_for(func) if device is None else device)
        card = None if device is None else self._machine.card_of(torch.device(device))
        if card is None or isinstance(data, torch.Tensor):
            where = {} if device is None else {"device": device}
            same: torch.Tensor = self._with_device(func, (data,), {**kwargs, **where})
            return same
        requires_grad = kwargs.pop("requires_grad", False)
        made: torch.Tensor = func(data, **{**kwargs, "device": "cpu"})
        return made.to(card.native).requires_grad_(requires_grad)

    def _ctc_loss(self, func: Any, log_probs: Any, targets: Any, *lengths: Any, **kwargs: Any) -> Any:
        # A real device reads the lengths on the host first, wherever they are.
        read = [given.tolist() if isinstance(given, torch.Tensor) else given for given in lengths]
        return func(log_probs, targets, *read, **kwargs)

    def _parse_to(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], int):
            args = (self._machine.card(args[0]).shown, *args[1:])
        return func(*args, **kwargs)
