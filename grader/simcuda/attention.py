"""Scaled dot product attention with the kernel that the CPU would choose."""

from __future__ import annotations

from typing import Any

import torch

from grader.simcuda import internals
from grader.simcuda.tensor import DeviceTensor

_FLASH = 1  # torch.nn.attention.SDPBackend.FLASH_ATTENTION


def attend(
    func: Any, query: Any, key: Any, value: Any, attn_mask: Any = None, dropout_p: float = 0.0, is_causal: bool = False,
    **options: Any,
) -> Any:  # fmt: skip
    """`func` is PyTorch's own `scaled_dot_product_attention`, which takes its fused CPU kernel for CPU tensors only.

    Where it would take that kernel, this takes it too, so that values are the CPU's to the last bit. Not under
    autocast, whose casts happen within `func`.
    """
    given = [t for t in (query, key, value, attn_mask) if t is not None]
    ours = [t for t in given if isinstance(t, DeviceTensor)]
    special = torch.is_autocast_enabled("cuda") or (attn_mask is not None and attn_mask.requires_grad)
    if len(ours) == len(given) and not special:
        choose = internals.choose_attention
        if choose(*(t._raw for t in ours), dropout_p=dropout_p, is_causal=is_causal, **options) == _FLASH:
            return _flash(query, key, value, attn_mask, dropout_p, is_causal, **options)
    return func(query, key, value, attn_mask, dropout_p, is_causal, **options)


def _flash(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, attn_mask: torch.Tensor | None, dropout_p: float,
    is_causal: bool, scale: float | None = None, enable_gqa: bool = False,
) -> torch.Tensor:  # fmt: skip
    if query.dim() == 3:
        query, key, value = query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0)
        unsqueezed = _flash(query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa)
        return unsqueezed.squeeze(0)
    if enable_gqa:
        key = key.repeat_interleave(query.size(-3) // key.size(-3), -3)
        value = value.repeat_interleave(query.size(-3) // value.size(-3), -3)
    mask = None if attn_mask is None else _additive(attn_mask, query.dtype)
    flash = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
    attended: torch.Tensor = flash(query, key, value, dropout_p, is_causal, attn_mask=mask, scale=scale)[0]
    return attended


def _additive(mask: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    if mask.dtype != torch.bool:
        return mask
    return torch.zeros_like(mask, dtype=dtype).masked_fill_(mask.logical_not(), float("-inf"))
