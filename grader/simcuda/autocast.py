"""Autocast as CUDA does it. PyTorch's kernels for it look at the C++ device of a tensor, which is not CUDA here, so
kernels with the same rules stand in for them while the simulation runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import torch

from grader.simcuda import internals
from grader.simcuda.tensor import DeviceTensor
from grader.simcuda.wording import words

_KEY = "AutocastCUDA"

# Run in the lower precision. `lstm` and its kin are here because cuDNN's kernel is.
_LOWER = words(
    "_convolution _convolution.deprecated conv1d conv2d conv3d conv_tbc conv_transpose1d conv_transpose2d.input"
    " conv_transpose3d.input convolution cudnn_convolution cudnn_convolution_transpose prelu addmm addmv addr matmul"
    " einsum mm mv linalg_vecdot linear addbmm baddbmm bmm chain_matmul linalg_multi_dot _thnn_fused_lstm_cell"
    " _thnn_fused_gru_cell lstm_cell gru_cell rnn_tanh_cell rnn_relu_cell _scaled_dot_product_flash_attention"
    " scaled_dot_product_attention"
)
_RECURRENT = ("lstm.input", "gru.input", "rnn_tanh.input", "rnn_relu.input")
# Run in the widest type among the arguments.
_WIDEST = words("addcdiv addcmul atan2 bilinear cross dot vdot grid_sampler index_put tensordot scatter_add")
# Take and return any type, but compute the result as float32 unless told otherwise.
_WITH_DTYPE = words(
    "prod prod.dim_int softmax.int log_softmax.int cumprod cumsum linalg_vector_norm linalg_matrix_norm"
    " linalg_matrix_norm.str_ord sum sum.dim_IntList"
)
_WITH_DTYPE_ELSEWHERE = {"norm.Scalar": "norm.ScalarOpt_dtype", "norm.ScalarOpt_dim": "norm.ScalarOpt_dim_dtype"}
_BANNED = "binary_cross_entropy"
_BANNED_MESSAGE = (
    "torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to autocast.\n"
    "Many models use a sigmoid layer right before the binary cross entropy layer.\n"
    "In this case, combine the two layers using torch.nn.functional.binary_cross_entropy_with_logits\n"
    "or torch.nn.BCEWithLogitsLoss.  binary_cross_entropy_with_logits and BCEWithLogits are\n"
    "safe to autocast."
)


def install() -> Any:
    """Put the kernels in place. They go when `_destroy()` is called on the returned library."""
    library: Any = cast(Any, torch.library).Library("aten", "IMPL")
    registered = internals.registrations(_KEY)
    names = [name.removeprefix("aten::") for name in registered if name.startswith("aten::")]
    for name in (*names, *_RECURRENT):
        library.impl(name, _kernel(name), _KEY, allow_override=True)
    return library


def _overload(name: str) -> Any:
    packet, _, overload = name.partition(".")
    return getattr(getattr(torch.ops.aten, packet), overload or "default")


def _kernel(name: str) -> Callable[..., Any]:
    op = _overload(name)
    if name in _LOWER or name in _RECURRENT:
        return _cast_all(op, lambda args, kwargs: torch.get_autocast_dtype("cuda"))
    if name in _WIDEST:
        return _cast_all(op, _widest)
    if name in _WITH_DTYPE:
        return _as_float32(op, op)
    if name in _WITH_DTYPE_ELSEWHERE:
        return _as_float32(op, _overload(_WITH_DTYPE_ELSEWHERE[name]))
    return _refuse if name == _BANNED else _cast_all(op, lambda args, kwargs: torch.float32)


def _eligible(value: object) -> bool:
    return isinstance(value, DeviceTensor) and value.is_floating_point() and value.dtype != torch.float64


def _cast(value: Any, dtype: torch.dtype) -> Any:
    if _eligible(value):
        return value if value.dtype == dtype else value.to(dtype)
    if isinstance(value, list | tuple):
        return type(value)(_cast(one, dtype) for one in value)
    return value


def _widest(args: Any, kwargs: Any) -> torch.dtype:
    dtype = torch.get_autocast_dtype("cuda")
    for value in (*args, *kwargs.values()):
        for one in value if isinstance(value, list | tuple) else (value,):
            if _eligible(one):
                dtype = torch.promote_types(dtype, one.dtype)
    return dtype


def _cast_all(op: Any, choose: Callable[[Any, Any], torch.dtype]) -> Callable[..., Any]:
    def kernel(*args: Any, **kwargs: Any) -> Any:
        with internals.ExcludeDispatchKeyGuard(internals.AUTOCAST_KEYS), internals.DisableTorchFunction():
            dtype = choose(args, kwargs)
            return op(*_cast(args, dtype), **{name: _cast(value, dtype) for name, value in kwargs.items()})

    return kernel


def _as_float32(op: Any, with_dtype: Any) -> Callable[..., Any]:
    names = [argument.name for argument in op._schema.arguments]
    position = names.index("dtype") if "dtype" in names else len(names)

    def kernel(*args: Any, **kwargs: Any) -> Any:
        chosen = op
        given = args[position] if len(args) > position else kwargs.get("dtype")
        if _eligible(args[0]) and given is None:
            chosen, args, kwargs = with_dtype, args[:position], {**kwargs, "dtype": torch.float32}
        with internals.ExcludeDispatchKeyGuard(internals.AUTOCAST_KEYS), internals.DisableTorchFunction():
            return chosen(*args, **kwargs)

    return kernel


def _refuse(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(_BANNED_MESSAGE)
