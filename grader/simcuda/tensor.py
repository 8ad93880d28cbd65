"""The tensor that lives on a simulated card: what C++ takes for a tensor of its device, with a CPU tensor inside."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import torch

from grader.simcuda import internals, wording
from grader.simcuda.machine import Card
from grader.simcuda.storage import copied, shown_storage

_INTERNAL = ("_raw", "_card")
_DLPACK_CUDA = 2

_LEGACY_NAMES = {
    torch.float64: "Double", torch.float32: "Float", torch.float16: "Half", torch.bfloat16: "BFloat16",
    torch.int64: "Long", torch.int32: "Int", torch.int16: "Short", torch.int8: "Char", torch.uint8: "Byte",
    torch.bool: "Bool", torch.complex64: "ComplexFloat", torch.complex128: "ComplexDouble",
}  # fmt: skip


class DeviceTensor(torch.Tensor):
    """A tensor of a simulated card.

    `_raw` is the CPU tensor with its values, which is never handed out; `_card` is where it lives. Arithmetic arrives
    in `grader.simcuda.dispatch`; here is only what PyTorch's own methods would get wrong.
    """

    _raw: torch.Tensor
    _card: Card
    _without_a_mode: Callable[..., Any]
    __torch_function__ = internals.disabled_torch_function

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:  # type: ignore[override]
        # Reached where no mode of the simulation is active: in a thread that is older than it, and after its end.
        return DeviceTensor._without_a_mode(func, args, kwargs or {})

    @property
    def __dict__(self) -> dict[str, Any]:
        """What a user has set on the tensor."""
        return {name: value for name, value in attributes_of(self).items() if name not in _INTERNAL}

    @__dict__.setter
    def __dict__(self, values: dict[str, Any]) -> None:
        own = {name: value for name, value in attributes_of(self).items() if name in _INTERNAL}
        _set_attributes(self, own | values)

    @property
    def _is_param(self) -> bool:
        return isinstance(self, DeviceParameter)

    @_is_param.setter
    def _is_param(self, value: bool) -> None:
        self.__class__ = DeviceParameter if value else DeviceTensor

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return self._card.shown

    @property
    def is_cuda(self) -> bool:  # type: ignore[override]
        return True

    @property
    def is_meta(self) -> bool:  # type: ignore[override]
        return False

    @property
    def __cuda_array_interface__(self) -> dict[str, Any]:
        raise AttributeError("a simulated CUDA tensor has no address on a real device")

    def type(self, dtype: Any = None, non_blocking: bool = False) -> Any:
        if dtype is None:
            return f"torch.cuda.{_LEGACY_NAMES[self.dtype]}Tensor"
        return retyped(self, dtype, non_blocking)

    def numpy(self, *, force: bool = False) -> np.ndarray[Any, Any]:
        if not force:
            raise wording.no_numpy(self.device)
        return self.detach().cpu().resolve_conj().resolve_neg().numpy()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        raise wording.no_numpy(self.device)

    def tolist(self) -> Any:
        self._note("device_to_host", "tolist", self.numel() * self.element_size())
        return self._raw.tolist()

    def apply_(self, callable: object) -> Any:
        raise wording.cpu_only("apply_")

    def map_(self, tensor: object, callable: object) -> Any:
        raise wording.cpu_only("map_")

    def map2_(self, x: object, y: object, callable: object) -> Any:
        raise wording.cpu_only("map2_")

    def __dlpack__(self, **options: Any) -> Any:
        raise wording.no_dlpack()

    def __dlpack_device__(self) -> tuple[Any, int]:
        return _DLPACK_CUDA, self._card.index

    def data_ptr(self) -> int:
        return self._raw.data_ptr()

    def untyped_storage(self) -> torch.UntypedStorage:
        return shown_storage(self._raw)

    def storage(self) -> torch.TypedStorage:
        return torch.TypedStorage(wrap_storage=self.untyped_storage(), dtype=self.dtype, _internal=True)  # type: ignore[no-untyped-call]

    _typed_storage = storage

    def is_shared(self) -> bool:
        return True

    def share_memory_(self) -> DeviceTensor:
        return self

    def record_stream(self, stream: object) -> None:
        """Nothing to remember: the simulated streams never run behind the host."""

    def _note(self, kind: Any, operation: str, size: int = 0) -> None:
        self._card.machine.ledger.record(kind, operation, size, waits=True)

    def __repr__(self, *, tensor_contents: Any = None) -> str:  # type: ignore[override]
        self._note("read", "print")
        with internals.DisableTorchFunction(), torch.no_grad():
            values = internals.format_values(self._raw, len("tensor(")) if self.numel() else None
            text: str = internals.format_tensor(self, tensor_contents=values)
        if isinstance(self, torch.nn.Parameter):  # "Parameter(Tensor(...))" is for subclasses of PyTorch's tensor
            text = text.removeprefix("Parameter(").removesuffix(")")
            return f"Parameter containing:\ntensor{text[text.index('(') :]}"
        return "t" + text[1:]

    def __format__(self, format_spec: str) -> str:
        if self.dim() == 0 and not isinstance(self, torch.nn.Parameter):
            return format(self.item(), format_spec)
        return object.__format__(self, format_spec)

    def __deepcopy__(self, memo: dict[int, Any]) -> DeviceTensor:
        if id(self) in memo:
            return cast(DeviceTensor, memo[id(self)])
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment"
            )
        with internals.DisableTorchFunction(), torch.no_grad():
            twin = wrap(copied(self._raw, memo), self._card)
        twin.requires_grad_(self.requires_grad)
        twin.__class__ = type(self)
        attributes_of(twin).update({k: copy.deepcopy(v, memo) for k, v in self.__dict__.items()})
        memo[id(self)] = twin
        if self.grad is not None:
            twin.grad = copy.deepcopy(self.grad, memo)
        return twin

    def __reduce_ex__(self, protocol: Any) -> Any:
        hooks: OrderedDict[Any, Any] = OrderedDict()
        layout = (self.storage(), self._raw.storage_offset(), tuple(self._raw.size()), self._raw.stride())
        if isinstance(self, torch.nn.Parameter):
            plain = self.detach()
            return internals.rebuild_parameter, (plain, self.requires_grad, hooks)
        return internals.rebuild_tensor, (*layout, self.requires_grad, hooks)


class DeviceParameter(DeviceTensor):
    """The same, as what `nn.Parameter` makes of it."""


# `print(type(t))` should read as it does for a tensor on a real device.
DeviceTensor.__name__ = DeviceTensor.__qualname__ = "Tensor"
DeviceTensor.__module__ = "torch"
DeviceParameter.__name__ = DeviceParameter.__qualname__ = "Parameter"
DeviceParameter.__module__ = "torch.nn.parameter"


def attributes_of(tensor: torch.Tensor) -> dict[str, Any]:
    """Everything that is set on a tensor, the values and the card of a simulated one included."""
    found: dict[str, Any] = internals.attributes.__get__(tensor)
    return found


def _set_attributes(tensor: torch.Tensor, values: dict[str, Any]) -> None:
    internals.attributes.__set__(tensor, values)


def without_a_mode(execute: Callable[..., Any]) -> Callable[..., Any]:
    """Let this function run the operations that meet a simulated tensor where no mode of the simulation is active."""
    DeviceTensor._without_a_mode = staticmethod(execute)
    return execute


def wrap(raw: torch.Tensor, card: Card) -> DeviceTensor:
    """A new tensor of `card` around `raw`, sharing its memory. Raises torch.OutOfMemoryError where it does not fit."""
    card.adopt(raw)
    if torch.is_inference_mode_enabled() and not raw.is_inference():  # a view of what was made outside is like that
        with torch.inference_mode(False):
            return _wrapper(raw, card)
    return _wrapper(raw, card)


def _wrapper(raw: torch.Tensor, card: Card) -> DeviceTensor:
    made: DeviceTensor = internals.make_wrapper(
        DeviceTensor, raw.size(), strides=raw.stride(), storage_offset=raw.storage_offset(), dtype=raw.dtype,
        device=card.native, _extra_dispatch_keys=internals.AUTOCAST_KEYS,
    )  # fmt: skip
    made._raw = raw
    made._card = card
    if raw.is_conj():  # a lazy conjugate, to be resolved by PyTorch as on any device
        internals.set_conj(made, True)
    if raw.is_neg():
        internals.set_neg(made, True)
    return made


def refresh(tensor: DeviceTensor) -> None:
    """Bring sizes and memory of `tensor` up to date after its CPU tensor changed shape in place."""
    raw = tensor._raw
    tensor._card.refresh(raw)
    stale = tensor.size() != raw.size() or tensor.stride() != raw.stride()
    if stale or tensor.storage_offset() != raw.storage_offset():
        with internals.DisableTorchFunction():
            internals.set_data(tensor, wrap(raw, tensor._card))


def retyped(tensor: torch.Tensor, dtype: Any, non_blocking: bool = False) -> torch.Tensor:
    """`tensor.type(dtype)`, where the name of a type says which device it is on."""
    if isinstance(dtype, torch.dtype):
        return tensor.to(dtype=dtype, non_blocking=non_blocking)
    name = dtype if isinstance(dtype, str) else f"{dtype.__module__}.{dtype.__name__}"
    number = {f"{short}Tensor": t for t, short in _LEGACY_NAMES.items()}.get(name.rpartition(".")[2])
    if number is None:
        raise ValueError(f"invalid type: {name!r}")
    return tensor.to("cuda" if ".cuda." in name else "cpu", number, non_blocking)


def assign_data(target: torch.Tensor, value: torch.Tensor) -> None:
    """`target.data = value`, which may carry the object `target` to another device."""
    inside, outside = isinstance(target, DeviceTensor), isinstance(value, DeviceTensor)
    with internals.DisableTorchFunction():
        if inside != outside:
            _become(target, value)
            return
        internals.set_data(target, value)
    if isinstance(target, DeviceTensor) and isinstance(value, DeviceTensor):
        target._raw, target._card = value._raw, value._card


def _become(target: torch.Tensor, value: torch.Tensor) -> None:
    """Give the object `target` the type and the contents of `value`. Everyone who holds `target` sees it move."""
    grad, is_leaf, attributes = target.grad, target.is_leaf, attributes_of(target)
    fresh = value.detach()
    if isinstance(target, torch.nn.Parameter):
        fresh = cast(torch.Tensor, torch.nn.Parameter(fresh, target.requires_grad))
    elif is_leaf:
        fresh.requires_grad_(target.requires_grad)
    target.grad = None
    target.__class__, fresh.__class__ = fresh.__class__, target.__class__
    own = {name: value for name, value in attributes.items() if name not in (*_INTERNAL, "_is_param")}
    _set_attributes(target, attributes_of(fresh) | own)
    _set_attributes(fresh, attributes)
    internals.swap_impl(target, fresh)
    if grad is not None and grad.device == target.device:
        target.grad = grad
