"""Nodes and tensors -> values: what the other side sent, read as what anybody could have sent. See codec.

Sizes are bounded before they are believed, types are exact, and what arrives is rebuilt as an ordinary tensor, so that
no class of the sender exists at the receiver.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import torch

from grader.asking.codec import (
    COMPLEX,
    DTYPES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_TEXT,
    Facts,
    MalformedValue,
    Node,
    Tensors,
)

MAX_ALIKE = 100  # keys with one hash: a set of 100,000 such numbers takes minutes to build
_ALL_DTYPES = {
    str(value).removeprefix("torch."): value for value in vars(torch).values() if isinstance(value, torch.dtype)
}
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {"tuple": tuple, "size": torch.Size}
_SETS: dict[str, Callable[[list[Any]], Any]] = {"set": set, "frozenset": frozenset}


def _no_resolve(node: dict[str, Any]) -> object:
    raise MalformedValue(f"unknown kind {node.get('t')!r}")


class Decoder:
    """Turns one message's nodes back into values. Raises MalformedValue for whatever breaks the rules.

    Args:
        tensors: of the message, by name. Those that stand in its tree are handed out as they are.
        resolve: takes a node of a kind that is no plain data (a handle, a reference) and returns its value.
        trusting: rebuild strides and requires_grad as sent; only the kernel trusts its sender.
    """

    def __init__(
        self,
        tensors: Tensors | None = None,
        resolve: Callable[[dict[str, Any]], object] = _no_resolve,
        *,
        trusting: bool = False,
    ) -> None:
        self.tensors = dict(tensors or {})
        self.resolve, self.trusting = resolve, trusting
        self._nodes = 0

    def decode(self, node: Node, depth: int = 0) -> Any:
        """The value of one node."""
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise MalformedValue("too deep or too many parts")
        if node is None or type(node) in (bool, int, str):
            return node
        if type(node) is list:
            return [self.decode(part, depth + 1) for part in node]
        if type(node) is not dict or type(node.get("t")) is not str:
            raise MalformedValue(f"{type(node).__name__} is no node")
        try:
            return self._decode_kind(node, depth)
        except (KeyError, TypeError, ValueError, RuntimeError, OverflowError) as error:
            if isinstance(error, MalformedValue):
                raise
            raise MalformedValue(f"{node['t']}: {error}") from error

    def _decode_kind(self, node: dict[str, Any], depth: int) -> object:
        kind, value = node["t"], node.get("v")
        if kind in _CONTAINERS:
            return _CONTAINERS[kind]([self.decode(part, depth + 1) for part in _list(value)])
        if kind in _SETS:
            return _SETS[kind](_keys([self.decode(part, depth + 1) for part in _list(value)]))
        if kind in _SCALARS:
            return _SCALARS[kind](_text(value))
        if kind == "dict":
            pairs = [_list(pair) for pair in _list(value)]
            keys = _keys([self.decode(k, depth + 1) for k, _ in pairs])
            return dict(zip(keys, [self.decode(v, depth + 1) for _, v in pairs], strict=True))
        if kind == "slice":
            return slice(*(self.decode(part, depth + 1) for part in _list(value)))
        if kind in ("tensor", "array"):
            return self._tensor(node)
        if kind == "npscalar" and type(value) is dict:
            return self._tensor(value)[()]
        return ... if kind == "ellipsis" else self.resolve(node)

    def _tensor(self, node: dict[str, Any]) -> Any:
        dtype = DTYPES[_text(node["dtype"])]
        data = self.tensors.pop(_text(node["n"]))  # once: a bool tensor is copied below
        size, stride = _sizes(node["size"]), _sizes(node["stride"])
        if len(size) > 16 or len(size) != len(stride):
            raise MalformedValue("sizes and strides disagree")
        if dtype in COMPLEX and data.dtype is COMPLEX[dtype]:
            data = torch.view_as_complex(data)
        if data.dtype is not dtype:
            raise MalformedValue(f"said {dtype}, sent {data.dtype}")
        if dtype is torch.bool:  # a byte of 7 is true for `equal` and 7 for `sum`
            data = data.view(torch.uint8) != 0 if data.numel() else data
        if self.trusting and "offset" in node:
            data = data.as_strided(size, stride, node["offset"])
        elif tuple(data.shape) != size or math.prod(size) != data.numel():
            raise MalformedValue(f"said {size}, sent {tuple(data.shape)}")
        if node["t"] == "array":
            return data.numpy()
        if self.trusting:
            data = data.data  # a view of what arrived would refuse `detach_()`, which a tensor of one's own allows
            data = data if node["device"] == "cpu" else data.to(node["device"])
            return data.requires_grad_() if node.get("grad") is True else data
        kind = str(node.get("kind"))[:80]
        data._facts = Facts(str(node.get("device"))[:40], stride, node.get("grad") is True, kind)  # type: ignore[attr-defined]
        return data


def _text(value: object) -> str:
    if type(value) is not str or len(value) > 2 * MAX_TEXT:
        raise MalformedValue("text expected")
    return value


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise MalformedValue("list expected")
    return value


def _keys(values: list[Any]) -> list[Any]:
    """The values, if they can be told apart quickly."""
    if len(values) > MAX_ALIKE and max(Counter(map(hash, values)).values()) > MAX_ALIKE:
        raise MalformedValue("too many keys have one hash")
    return values


def _sizes(value: object) -> tuple[int, ...]:
    sizes = tuple(_list(value))
    if not all(type(n) is int and -(2**48) < n < 2**48 for n in sizes):
        raise MalformedValue("sizes must be ordinary integers")
    return sizes


def _big_int(text: str) -> int:
    if len(text) > 400:
        raise MalformedValue("integer too long")
    return int(text, 16)


_SCALARS: dict[str, Callable[[str], Any]] = {
    "int": _big_int,
    "float": float.fromhex,
    "complex": lambda text: complex(*map(float.fromhex, text.split(" "))),
    "bytes": bytes.fromhex,
    "dtype": _ALL_DTYPES.__getitem__,
    "device": torch.device,
}
