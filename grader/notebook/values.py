"""Values as a student reads them: what they are, and themselves when they are small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch

from grader.asking.codec import MalformedValue, facts
from grader.asking.decoder import Decoder
from grader.asking.messages import Exchange, Op
from grader.asking.words import a, stayed
from grader.text import clean

SMALL = 32  # elements of a tensor whose values are shown
MOST = 400  # characters of one value


def shown(value: Any) -> str:
    """A value in a few lines at most: "tensor([1., 2.])  shape (2,), float32"."""
    if isinstance(value, torch.Tensor | np.ndarray) and not stayed(value):
        return f"{numbers(value)}  {kind(value)}" if _size(value) <= SMALL else kind(value)
    return clean(_brief(value), MOST)


def kind(value: torch.Tensor | np.ndarray[Any, Any]) -> str:
    """Shape, dtype, and what is unusual of a tensor or an array."""
    if isinstance(value, np.ndarray):
        return f"NumPy array, shape {value.shape}, {value.dtype}"
    said = facts(value)
    device = "" if said.device == "cpu" else f", on {said.device}"
    grad = ", requires_grad" if said.requires_grad else ""
    return f"shape {tuple(value.shape)}, {str(value.dtype).removeprefix('torch.')}{device}{grad}"


def numbers(value: torch.Tensor | np.ndarray[Any, Any]) -> str:
    """The numbers of a small tensor or array, as PyTorch or NumPy would print them."""
    if isinstance(value, np.ndarray):
        return f"array({np.array2string(value, separator=', ')})"
    return repr(value.detach().cpu()).partition(", dtype=")[0].rstrip(")") + ")"


def _typed(value: torch.Tensor | np.ndarray[Any, Any]) -> str:
    """A small tensor or array as one would type it: dtype, device and graph are said unless they are the usual ones."""
    if isinstance(value, np.ndarray):
        return repr(value)
    said = facts(value)
    device = [] if said.device == "cpu" else [f"device='{said.device}'"]
    grad = ["requires_grad=True"] if said.requires_grad else []
    return ", ".join([repr(value.detach().cpu()).removesuffix(")"), *device, *grad]) + ")"


def _size(value: torch.Tensor | np.ndarray[Any, Any]) -> int:
    return value.numel() if isinstance(value, torch.Tensor) else value.size


def _brief(value: Any, depth: int = 0) -> str:
    """A value within others: in one line, tensors by their numbers or their kind."""
    if stayed(value):
        return a(value)
    if isinstance(value, torch.Tensor | np.ndarray):
        small = _size(value) <= SMALL // 2
        return " ".join(_typed(value).split()) if small else f"<{kind(value)}>"
    if isinstance(value, torch.Size):
        return f"torch.Size({list(value)})"
    if isinstance(value, dict):
        return "{" + _joined(f"{_brief(k, depth + 1)}: {_brief(v, depth + 1)}" for k, v in value.items()) + "}"
    if type(value) in (list, tuple, set, frozenset) and depth < 6:
        inner = _joined(_brief(part, depth + 1) for part in value)
        if isinstance(value, list):
            return f"[{inner}]"
        if isinstance(value, tuple):
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        return f"{{{inner}}}" if value else f"{type(value).__name__}()"
    return repr(value)


def _joined(parts: Iterable[str]) -> str:
    text = ""
    for part in parts:
        if len(text) > MOST:
            return f"{text}, …"
        text = f"{text}, {part}" if text else part
    return text


def last_call(exchanges: Iterable[Exchange]) -> str:
    """The last call of a function of the notebook, as one would write it.

    "" when there was none, or something else was looked at after it: a probe, or a name that is no function.
    """
    names: dict[int, str] = {}
    call = ""
    for exchange in exchanges:
        query, reply = exchange.query, exchange.reply
        try:
            if query.op is Op.NAME and reply and reply.value and type(reply.value[0]) is dict:
                names[reply.value[0].get("n", -1)] = query.name
            elif query.op in (Op.NAME, Op.PROBE):
                call = ""
            elif query.op in (Op.CALL, Op.WATCHED):
                resolve = lambda node: _Named(names.get(node.get("n", -1), "…"))  # noqa: E731
                call = _call(*Decoder(query.fresh().tensors, resolve, trusting=True).decode(query.value))
        except (MalformedValue, TypeError, LookupError):
            continue
    return call


class _Named:
    """What stands for a value that stayed beside the code: written by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


def _call(target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    given = [_brief(value) for value in args] + [f"{name}={_brief(value)}" for name, value in kwargs.items()]
    return clean(f"{target!r}({', '.join(given)})", MOST) if isinstance(target, _Named) and target.name != "…" else ""
