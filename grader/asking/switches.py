"""How each of PyTorch's switches for a whole process is read, and put back.

All functions are taken when this module is loaded, so that a notebook that hides them hides them from itself only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import torch
from torch.nn.modules import module as modules
from torch.overrides import _pop_mode
from torch.utils._python_dispatch import _pop_mode as _pop_dispatch_mode

_C: Any = torch._C
_tiny, _one = 5e-324, 1.0


class Thing(NamedTuple):
    """One of them: `get` gives what `put` takes, and two values are compared, where `differs` is not quicker."""

    name: str
    get: Callable[[], Any]
    put: Callable[[Any], object]
    differs: Callable[[Any], bool] | None = None


def _flags(pairs: Iterable[str]) -> list[tuple[Callable[[], Any], Callable[[Any], object]]]:
    """The getters and setters of PyTorch's switches, those that this release has."""
    found = []
    for pair in pairs:
        get, put = (getattr(_C, name, None) for name in pair.split())
        if get and put:
            found.append((get, put))
    return found


BACKENDS = _flags(
    (
        "_get_cudnn_enabled _set_cudnn_enabled",
        "_get_cudnn_benchmark _set_cudnn_benchmark",
        "_get_cudnn_deterministic _set_cudnn_deterministic",
        "_get_mkldnn_enabled _set_mkldnn_enabled",
        "_get_mkldnn_deterministic _set_mkldnn_deterministic",
        "_get_nnpack_enabled _set_nnpack_enabled",
        "_get_flash_sdp_enabled _set_sdp_use_flash",
        "_get_mem_efficient_sdp_enabled _set_sdp_use_mem_efficient",
        "_get_math_sdp_enabled _set_sdp_use_math",
        "_get_cudnn_sdp_enabled _set_sdp_use_cudnn",
    )
)
PRECISIONS = _flags(  # these raise where a notebook mixes PyTorch's two ways to set them
    (
        "_get_float32_matmul_precision _set_float32_matmul_precision",
        "_get_cudnn_allow_tf32 _set_cudnn_allow_tf32",
        "_get_cublas_allow_tf32 _set_cublas_allow_tf32",
    )
)


def _backends() -> list[Any]:
    values = [get() for get, _ in BACKENDS]
    for get, _ in PRECISIONS:
        try:
            values.append(get())
        except RuntimeError:
            values.append(None)
    return values


def _put_backends(values: list[Any]) -> None:
    for (_, put), value in zip([*BACKENDS, *PRECISIONS], values, strict=True):
        if value is not None:
            put(value)


_inferring = torch.is_inference_mode_enabled
_guards: list[Any] = []  # entered to be in force: they stay for good


def _put_inference(value: bool) -> None:
    guard = _C._InferenceMode(value)
    guard.__enter__()
    _guards.append(guard)


_contexts, _set_default_device = torch._GLOBAL_DEVICE_CONTEXT, torch.set_default_device


def _device() -> torch.device | None:
    context = getattr(_contexts, "device_context", None)
    return context.device if context is not None else None


def _modes() -> tuple[int, int]:
    return _C._len_torch_function_stack(), _C._len_torch_dispatch_stack()


def _put_modes(value: tuple[int, int]) -> None:
    while _C._len_torch_dispatch_stack() > value[1]:
        _pop_dispatch_mode()
    while _C._len_torch_function_stack() > value[0]:
        _pop_mode()  # type: ignore[no-untyped-call]


def _deterministic() -> tuple[bool, bool, bool]:
    return (
        _C._get_deterministic_algorithms(),
        _C._get_deterministic_algorithms_warn_only(),
        _C._get_deterministic_fill_uninitialized_memory(),
    )


def _put_deterministic(value: tuple[bool, bool, bool]) -> None:
    _C._set_deterministic_algorithms(value[0], warn_only=value[1])
    _C._set_deterministic_fill_uninitialized_memory(value[2])


def _autocast() -> tuple[Any, ...]:
    nesting = _C.autocast_increment_nesting()
    _C.autocast_decrement_nesting()
    cpu, cuda = ((_C.is_autocast_enabled(kind), _C.get_autocast_dtype(kind)) for kind in ("cpu", "cuda"))
    return cpu, cuda, _C.is_autocast_cache_enabled(), nesting


def _put_autocast(value: tuple[Any, ...]) -> None:
    for kind, (enabled, dtype) in zip(("cpu", "cuda"), value[:2], strict=True):
        _C.set_autocast_enabled(kind, enabled)
        _C.set_autocast_dtype(kind, dtype)
    _C.set_autocast_cache_enabled(value[2])
    nesting = _C.autocast_increment_nesting()
    while nesting >= value[3]:
        nesting = _C.autocast_decrement_nesting()
    _C.clear_autocast_cache()


def _anomaly() -> tuple[bool, bool]:
    return torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()


def _denormals() -> bool:
    """Whether the processor keeps numbers that are nearly nothing; PyTorch's switch turns them to zero."""
    return _tiny * _one != 0.0


def _card() -> int | None:
    """The current card, once there is one in use."""
    return torch.cuda.current_device() if torch.cuda.is_initialized() else None  # type: ignore[no-untyped-call]


def _put_card(value: int | None) -> None:
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        torch.cuda.set_device(value or 0)


HOOKS: list[dict[Any, Any]] = [
    value for name, value in vars(modules).items() if name.startswith("_global_") and isinstance(value, dict)
]


def _hooks() -> list[tuple[Any, ...]]:
    return [tuple(hooks) for hooks in HOOKS]


def _put_hooks(value: list[tuple[Any, ...]]) -> None:
    for hooks, kept in zip(HOOKS, value, strict=True):
        for key in [key for key in hooks if key not in kept]:
            del hooks[key]


# In this order: inference mode decides about gradients, and a default device is one of the modes.
SWITCHES = (
    Thing("inference", _inferring, _put_inference),
    Thing("gradients", torch.is_grad_enabled, _C._set_grad_enabled),
    Thing("dtype", torch.get_default_dtype, torch.set_default_dtype),
    Thing("device", _device, _set_default_device),
    Thing("card", _card, _put_card),
    Thing("modes", _modes, _put_modes),
    Thing("deterministic", _deterministic, _put_deterministic),
    Thing("threads", torch.get_num_threads, torch.set_num_threads),
    Thing("backends", _backends, _put_backends),
    Thing("autocast", _autocast, _put_autocast),
    Thing("anomaly", _anomaly, lambda value: torch.autograd.set_detect_anomaly(*value)),
    Thing("denormals", _denormals, lambda value: torch.set_flush_denormal(not value)),
    Thing("hooks", _hooks, _put_hooks),
)
