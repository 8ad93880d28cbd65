"""What CUDA's kernels refuse and the CPU's do not: dtypes they are not written for, values out of range, and, where
PyTorch is told to be deterministic, kernels that are not.

The names of kernels are those in PyTorch's CUDA library (2.11 to 2.15).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

import torch

from grader.simcuda import wording
from grader.simcuda.plans import Plan

# By operation: the kernel that is written for floating-point numbers only.
_FLOATING_ONLY = {
    "mm": "addmm_cuda", "addmm": "addmm_cuda", "addmm_": "addmm_cuda",
    "bmm": "baddbmm_cuda", "baddbmm": "baddbmm_cuda", "baddbmm_": "baddbmm_cuda",
    "mv": "addmv_impl_cuda", "addmv": "addmv_impl_cuda", "addmv_": "addmv_impl_cuda",
    "dot": "dot", "vdot": "vdot",
}  # fmt: skip
_LEGACY = {
    torch.bool: "Bool", torch.uint8: "Byte", torch.int8: "Char", torch.int16: "Short", torch.int32: "Int",
    torch.int64: "Long",
}  # fmt: skip

# By operation: the kernel that gives another result each time.
_NOT_DETERMINISTIC = {
    "_adaptive_avg_pool2d_backward": "adaptive_avg_pool2d_backward_cuda",
    "_adaptive_avg_pool3d_backward": "adaptive_avg_pool3d_backward_cuda",
    "adaptive_max_pool2d_backward": "adaptive_max_pool2d_backward_cuda",
    "avg_pool3d_backward": "avg_pool3d_backward_cuda",
    "max_pool3d_with_indices_backward": "max_pool3d_with_indices_backward_cuda",
    "fractional_max_pool2d_backward": "fractional_max_pool2d_backward_cuda",
    "fractional_max_pool3d_backward": "fractional_max_pool3d_backward_cuda",
    "max_unpool2d": "max_unpooling2d_forward_out_cuda",
    "max_unpool3d": "max_unpooling3d_forward_out_cuda",
    "upsample_linear1d_backward": "upsample_linear1d_backward_out_cuda",
    "upsample_bilinear2d_backward": "upsample_bilinear2d_backward_out_cuda",
    "upsample_bicubic2d_backward": "upsample_bicubic2d_backward_out_cuda",
    "upsample_trilinear3d_backward": "upsample_trilinear3d_backward_out_cuda",
    "reflection_pad1d_backward": "reflection_pad1d_backward_out_cuda",
    "reflection_pad2d_backward": "reflection_pad2d_backward_cuda",
    "reflection_pad3d_backward": "reflection_pad3d_backward_out_cuda",
    "replication_pad1d_backward": "replication_pad1d_backward_cuda",
    "replication_pad2d_backward": "replication_pad2d_backward_cuda",
    "replication_pad3d_backward": "replication_pad3d_backward_cuda",
    "nll_loss2d_forward": "nll_loss2d_forward_out_cuda_template",
    "nll_loss2d_backward": "nll_loss2d_backward_out_cuda_template",
    "_ctc_loss_backward": "ctc_loss_backward_gpu",
    "grid_sampler_2d_backward": "grid_sampler_2d_backward_cuda",
    "grid_sampler_3d_backward": "grid_sampler_3d_backward_cuda",
    "put_": "put_",
    "histc": "_histc_cuda with floating point input",
}
# The same, for some arguments only.
_SOMETIMES: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "bincount": ("_bincount_cuda", lambda args, kwargs: len(args) > 1 or kwargs.get("weights") is not None),
    "median": ("median CUDA with indices output", lambda args, kwargs: len(args) > 1),
    "nanmedian": ("median CUDA with indices output", lambda args, kwargs: len(args) > 1),
    "scatter_reduce": ("scatter_reduce_cuda_prod_", lambda args, kwargs: "prod" in args),
    "scatter_reduce_": ("scatter_reduce_cuda_prod_", lambda args, kwargs: "prod" in args),
}

# What the CPU's kernels say of a value that a card's kernel would assert on, after the call has returned.
_ASSERTED = re.compile(
    r"index -?\d+ is out of bounds for dimension|index out of range in self|Target -?\d+ is out of bounds"
    r"|all elements of (input|target) should be between 0 and 1|class values must be"
    r"|probability tensor contains either|invalid multinomial distribution"
    r"|INDICES element is out of DATA bounds|out of bounds with size",
    re.IGNORECASE,
)


def check_kernel(plan: Plan, args: Any, kwargs: Any) -> None:
    """Raise what a card says of an operation on these CPU tensors that it has no kernel for, or not one that may run.

    Raises RuntimeError or NotImplementedError; warns where PyTorch is told to warn only.
    """
    name = _FLOATING_ONLY.get(plan.label)
    if name is not None:
        dtype = next(value.dtype for value in args if isinstance(value, torch.Tensor))
        if dtype in _LEGACY:
            raise NotImplementedError(f"\"{name}\" not implemented for '{_LEGACY[dtype]}'")
    elif plan.label == "convolution" and args[0].dtype in _LEGACY:
        raise RuntimeError(f"getCudnnDataTypeFromScalarType() not supported for {_LEGACY[args[0].dtype]}")
    if torch.are_deterministic_algorithms_enabled():
        _check_deterministic(plan, args, kwargs)


def _check_deterministic(plan: Plan, args: Any, kwargs: Any) -> None:
    kernel = _NOT_DETERMINISTIC.get(plan.label)
    if plan.label in _SOMETIMES:
        name, applies = _SOMETIMES[plan.label]
        kernel = name if applies(args, kwargs) else None
    if kernel is None:
        return
    if not torch.is_deterministic_algorithms_warn_only_enabled():
        raise RuntimeError(wording.not_deterministic(kernel))
    warnings.warn(wording.not_deterministic_warning(kernel), stacklevel=2)


def asserted(error: Exception) -> Exception:
    """The CPU's complaint about a value out of range as a card's assertion; any other error as it is."""
    return wording.device_assert() if _ASSERTED.search(str(error)) else error
