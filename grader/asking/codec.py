"""Values <-> trees and tensors, for messages between sides that do not trust each other.

A message is a tree that JSON can hold, and tensors by name. The tree holds None, bool, int, str, lists as they are and
every other kind as an object `{"t": kind, ...}`; tensors and arrays stand in it by name. What becomes of both on the
way is the carrier's business: within one process nothing. Never pickle, in either direction. Here values become nodes;
`decoder` makes values of what arrives, and takes nothing for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

MAX_BYTES = 256 << 20  # of all tensors of a message
MAX_NODES = 200_000
MAX_DEPTH = 20
MAX_TEXT = 1 << 20  # characters of one string
MAX_TENSORS = 25_000

_REAL = (
    torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.bool,
    torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
)  # fmt: skip
COMPLEX = {torch.complex64: torch.float32, torch.complex128: torch.float64}
DTYPES = {str(dtype).removeprefix("torch."): dtype for dtype in (*_REAL, *COMPLEX)}

_WORDS = {dtype: word for word, dtype in DTYPES.items()}

Node = Any  # a tree that JSON can hold
Tensors = Mapping[str, torch.Tensor]


class MalformedValue(ValueError):
    """A message breaks the rules above; an honest sender never sends it."""


class NotPlainData(TypeError):
    """The sender's value is no plain data, and its `keep` did not take it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sender said of a tensor beside its values; claims, to be used as such.

    `stride` counts elements, `kind` is the class name at the sender ("Tensor", "Parameter", "ndarray").
    """

    device: str = "cpu"
    stride: tuple[int, ...] = ()
    requires_grad: bool = False
    kind: str = "Tensor"


def facts(tensor: torch.Tensor) -> Facts:
    """What the kernel said of a tensor that came from it; of any other tensor, the truth."""
    said = getattr(tensor, "_facts", None)
    if isinstance(said, Facts):
        return said
    return Facts(str(tensor.device), tuple(tensor.stride()), tensor.requires_grad, type(tensor).__name__)


def _no_keep(value: object) -> Node:
    raise NotPlainData(f"{type(value).__name__} is not plain data")


class Encoder:
    """Turns one message's values into nodes, and collects copies of their tensors.

    Args:
        keep: takes what is no plain data and returns a node for it, or raises NotPlainData.
        layout: also send strides, so that the receiver rebuilds a non-contiguous tensor as it was. Only the
            trusted side asks for it; the other side's strides are claims and travel as facts.
    """

    def __init__(self, keep: Callable[[object], Node] = _no_keep, *, layout: bool = False) -> None:
        self.keep, self.layout = keep, layout
        self.tensors: dict[str, torch.Tensor] = {}
        self._nodes = 0
        self._bytes = 0

    def encode(self, value: object, depth: int = 0) -> Node:
        """The node of one value. Raises NotPlainData, also when the message grows over its limits."""
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise NotPlainData("the value is nested too deep or has too many parts")
        if value is None or value is True or value is False:
            return value
        kind = type(value)  # not isinstance: an object may lie about its __class__
        encode = _EXACTLY.get(kind) or next((encode for base, encode in _ENCODERS if issubclass(kind, base)), None)
        if encode is None:
            return self.keep(value)
        try:
            return encode(self, value, depth)
        except NotPlainData:
            raise
        except Exception:  # a nested tensor has no size, a subclass may raise whatever it is asked
            return self.keep(value)

    def _many(self, values: Any, depth: int) -> list[Node]:
        return [self.encode(value, depth + 1) for value in values]

    def _int(self, value: int, depth: int) -> Node:
        number = int.__int__(value)  # the number itself, whatever a subclass says of it
        return number if -(2**63) <= number < 2**63 else {"t": "int", "v": f"{number:x}"}

    def _float(self, value: float, depth: int) -> Node:
        return {"t": "float", "v": float.__float__(value).hex()}

    def _str(self, value: str, depth: int) -> Node:
        text = str.__str__(value)
        return text if len(text) <= MAX_TEXT else self.keep(value)

    def _dict(self, value: dict[Any, Any], depth: int) -> Node:
        pairs = dict.items(value)
        return {"t": "dict", "v": [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]}

    def _scalar(self, value: np.generic, depth: int) -> Node:
        """A number of NumPy's as that; text as Python's, which it is; dates and wide numbers stay."""
        if issubclass(type(value), (np.str_, np.bytes_)):
            return self.encode(np.generic.item(value), depth)
        tensor = torch.from_numpy(np.asarray(value))
        return {"t": "npscalar", "v": self._store(tensor, "ndarray")} if _travels(tensor) else self.keep(value)

    def _tensor(self, value: torch.Tensor, depth: int) -> Node:
        with torch._C.DisableTorchFunctionSubclass():
            return self._store(value, type(value).__name__) if _travels(value) else self.keep(value)

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> Node:
        plain = np.asarray(value)
        if any(step < 0 for step in plain.strides) or not plain.flags.writeable:
            plain = plain.copy()
        plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
        tensor = torch.from_numpy(plain)  # raises for strings and objects: no tensor can hold them
        return self._store(tensor, "ndarray") if _travels(tensor) else self.keep(value)

    def _store(self, value: torch.Tensor, kind: str) -> Node:
        self._bytes += value.numel() * value.element_size()  # before an expanded view grows
        if self._bytes > MAX_BYTES or len(self.tensors) >= MAX_TENSORS:
            raise NotPlainData(f"the values are larger than {MAX_BYTES >> 20} MB or {MAX_TENSORS:,} tensors")
        node: dict[str, Any] = {
            "t": "array" if kind == "ndarray" else "tensor",
            "n": (name := str(len(self.tensors))),
            "dtype": _WORDS[value.dtype],
            "size": list(value.shape),
            "stride": list(value.stride()),
            "grad": value.requires_grad,
            "device": str(value.device),
            "kind": kind,
        }
        data = value.detach()
        if self.layout and data.numel() and not (data.is_contiguous() and data.storage_offset() == 0):
            node["offset"] = int(data.storage_offset())
            last = sum((n - 1) * step for n, step in zip(data.shape, data.stride(), strict=True))
            data = data.as_strided((int(data.storage_offset()) + last + 1,), (1,), 0)
        if data.dtype in COMPLEX:
            data = torch.view_as_real(data.resolve_conj())
        self.tensors[name] = data.resolve_neg().cpu().clone(memory_format=torch.contiguous_format)
        return node


def _travels(value: torch.Tensor) -> bool:
    """Whether a body can hold the tensor's numbers as they are."""
    plain = value.dtype in _WORDS and value.layout is torch.strided
    return plain and not (value.is_quantized or value.is_meta or value.is_nested)


_ENCODERS: tuple[tuple[type[Any], Callable[[Encoder, Any, int], Node]], ...] = (
    (np.generic, Encoder._scalar),  # before float: np.float64 is one
    (int, Encoder._int),
    (float, Encoder._float),
    (str, Encoder._str),
    (torch.Tensor, Encoder._tensor),
    (np.ndarray, Encoder._array),
    (list, lambda self, v, d: self._many(list.__iter__(v), d)),
    (torch.Size, lambda self, v, d: {"t": "size", "v": self._many(v, d)}),
    (
        tuple,
        lambda self, v, d: {"t": "tuple", "v": self._many(tuple.__iter__(v), d), "kind": type(v).__name__},
    ),
    (dict, Encoder._dict),
    (set, lambda self, v, d: {"t": "set", "v": self._many(set.__iter__(v), d)}),
    (frozenset, lambda self, v, d: {"t": "frozenset", "v": self._many(frozenset.__iter__(v), d)}),
    (torch.dtype, lambda self, v, d: {"t": "dtype", "v": str(v).removeprefix("torch.")}),
    (torch.device, lambda self, v, d: {"t": "device", "v": str(v)}),
    (complex, lambda self, v, d: {"t": "complex", "v": f"{v.real.hex()} {v.imag.hex()}"}),
    (bytes, lambda self, v, d: {"t": "bytes", "v": bytes.hex(v)} if len(v) <= MAX_TEXT else self.keep(v)),
    (slice, lambda self, v, d: {"t": "slice", "v": self._many((v.start, v.stop, v.step), d)}),
    (type(...), lambda self, v, d: {"t": "ellipsis"}),
)
_EXACTLY = dict(_ENCODERS)  # most values are of the very classes that stand there
