"""The private names of PyTorch that the simulation stands on: all of them, so that an upgrade is checked in one place.

Found in PyTorch 2.11 to 2.15. A name that has moved fails when this module is imported, not in the middle of a
notebook.
"""

from __future__ import annotations

from typing import Any, cast

import torch
import torch.serialization
import torch.utils._device as default_device
import torch.utils._python_dispatch as dispatch_modes
from torch import overrides as function_modes

_C: Any = torch._C
_tensor_str: Any = torch._tensor_str

# Modes and dispatch
TorchDispatchMode = dispatch_modes.TorchDispatchMode
TorchFunctionMode = function_modes.TorchFunctionMode
DisableTorchFunction = _C.DisableTorchFunction
ExcludeDispatchKeyGuard = _C._ExcludeDispatchKeyGuard
AUTOCAST_KEYS = _C.DispatchKeySet(_C.DispatchKey.AutocastCUDA)
COMPOSITE = _C.DispatchKey.CompositeImplicitAutograd
has_kernel = _C._dispatch_has_kernel_for_dispatch_key
registrations = _C._dispatch_get_registrations_for_dispatch_key
disabled_torch_function = _C._disabled_torch_function_impl
OVERRIDE_CHECKS = (
    function_modes.has_torch_function,
    function_modes.has_torch_function_unary,
    function_modes.has_torch_function_variadic,
)

# Tensors
Generator = torch._C.Generator
make_wrapper = cast(Any, torch.Tensor._make_wrapper_subclass)
set_data = _C.TensorBase.data.__set__
set_conj, set_neg = _C._set_conj, _C._set_neg
swap_impl = _C._swap_tensor_impl
attributes = torch.Tensor.__dict__["__dict__"]
format_values, format_tensor = _tensor_str._tensor_str, _tensor_str._str_intern
rebuild_parameter, rebuild_tensor = torch._utils._rebuild_parameter, torch._utils._rebuild_tensor_v2
UninitializedTensorMixin: Any = torch.nn.parameter.UninitializedTensorMixin  # type: ignore[attr-defined]

# Functions
attention, parse_to = _C._nn.scaled_dot_product_attention, _C._nn._parse_to
choose_attention: Any = torch._fused_sdp_choice
group_tensors = "_group_tensors_by_device_and_dtype"  # in `torch._C`
C = torch._C
load_registry: list[Any] = cast(Any, torch.serialization)._package_registry


def default_of_this_thread() -> Any:
    """The device that `torch.set_default_device` has chosen, or None."""
    context = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    return None if context is None else context.device


def call_composite(op: Any, *args: Any, **kwargs: Any) -> Any:
    """Run the decomposition of an operation that is made of others."""
    return op._op_dk(COMPOSITE, *args, **kwargs)


__all__ = ["default_device", "dispatch_modes", "function_modes"]
