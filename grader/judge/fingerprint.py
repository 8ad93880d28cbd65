"""What a check was told, as one short word: students with the same wrong answer have the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import torch

from grader.asking.codec import MalformedValue
from grader.asking.decoder import Decoder
from grader.asking.messages import Exchange, Reply
from grader.judge.diagnosis import error_of, type_of

DIGITS = 3  # of a number that count: two ways to write the same mistake may round differently
MOST = 200_000  # numbers of one check that are looked at


def fingerprint(exchanges: Iterable[Exchange]) -> str:
    """A word for all replies of a check; numbers count to three digits, addresses and sizes in messages not at all."""
    digest = hashlib.blake2b(digest_size=8)
    for exchange in exchanges:
        digest.update(repr(_told(exchange.reply)).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _told(reply: Reply | None) -> object:
    if reply is None or reply.unsent:
        return "nothing"
    if reply.error:
        return reply.error.trace.kind, error_of(reply)
    try:
        return _plain(Decoder(reply.tensors, type_of).decode(reply.value))
    except MalformedValue:
        return "malformed"


def _plain(value: Any) -> object:
    if isinstance(value, torch.Tensor):
        return "tensor", str(value.dtype), tuple(value.shape), _numbers(value.detach().cpu())
    if isinstance(value, np.ndarray):
        return "array", str(value.dtype), value.shape, _numbers(torch.from_numpy(np.ascontiguousarray(value)))
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}"
    if isinstance(value, Mapping):
        return [(str(key), _plain(inner)) for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return type(value).__name__, [_plain(inner) for inner in value]
    return repr(value)


def _numbers(value: torch.Tensor) -> str:
    # a copy without gaps: a single number may have any stride, and is then seen as bytes by none
    flat = value.flatten()[:MOST].clone(memory_format=torch.contiguous_format)
    if flat.is_complex():
        flat = torch.view_as_real(flat).flatten()
    if not flat.is_floating_point():
        return hashlib.blake2b(flat.view(torch.uint8).numpy().tobytes(), digest_size=8).hexdigest()
    wide = flat.double()
    size = torch.floor(torch.log10(wide.abs().clamp(min=1e-300)))
    step = 10.0 ** (size - DIGITS + 1)
    rounded = torch.where(wide == 0, wide, torch.round(wide / step) * step).float()
    return hashlib.blake2b((rounded + 0.0).numpy().tobytes(), digest_size=8).hexdigest()
