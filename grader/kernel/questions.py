"""Queries and replies as frames on the wire: trees in the header, tensors as safetensors bytes in the body.

Each carries an id, which a reply repeats. What a kernel sends is read as what anybody could have sent.
"""

from __future__ import annotations

import hashlib
import socket
from dataclasses import dataclass, replace
from functools import cached_property

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from grader.asking.codec import MalformedValue, Tensors
from grader.asking.messages import Op, Query, Reply
from grader.asking.surroundings import WORDS
from grader.asking.traces import plain, read_raised
from grader.kernel import wire
from grader.text import clean

MAX_TABLE = 4 << 20  # bytes of the body's table of tensors, which is JSON and slow to read


# What safetensors calls the types that cross, see https://github.com/huggingface/safetensors#format
_CODES = {
    torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64", torch.bool: "BOOL",
    torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32", torch.int64: "I64",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A question as it crosses, but for its id."""

    text: bytes
    body: bytes

    @classmethod
    def of(cls, query: Query) -> Written:
        header = {
            "op": query.op.value,
            "value": query.value,
            "name": query.name,
            "source": query.source,
            "number": query.number,
            "begin": query.begin,
        }
        return cls(wire.to_text(header), to_bytes(query.tensors))

    @cached_property
    def digest(self) -> bytes:
        """Sixteen bytes that stand for the question."""
        told = hashlib.blake2b(self.text, digest_size=16)
        told.update(self.body)
        return told.digest()

    def query(self) -> Query:
        """The question, written in the same way as before."""
        query = _read_query(wire.parse(self.text), self.body)
        return replace(query, tensors={name: query.tensors[name] for name in sorted(query.tensors, key=int)})


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back, unread, and the id that it must repeat."""

    id: str
    text: bytes
    body: bytes

    def header(self) -> wire.Header:
        """Its header. Raises BrokenFrame for one that is none, or that belongs to another question."""
        header = wire.parse(self.text)
        if header.get("id") != self.id:
            raise wire.BrokenFrame("it belongs to another question")
        return header

    @property
    def told(self) -> bytes | None:
        """The header without its id; None where that does not stand first, as we write it."""
        before = _before(self.id)
        return b"{" + self.text[len(before) :] if self.text.startswith(before) else None


def digest(query: Query) -> bytes:
    """What stands for a question: equal for equal ones, to the last bit of their tensors."""
    return Written.of(query).digest


def send_query(sock: socket.socket, id: str, query: Written) -> None:
    """Write a question. Raises BrokenFrame when it is too large, OSError when the other side is gone."""
    wire.send_text(sock, _before(id) + query.text[1:], query.body)


def _before(id: str) -> bytes:
    """How a header begins."""
    return b'{"id": "%s", ' % id.encode()


def receive_query(sock: socket.socket) -> tuple[str, Query]:
    """Wait for a question, on the side that trusts who asks; its id and itself."""
    header, body = wire.receive(sock)
    return header["id"], _read_query(header, body)


def _read_query(header: wire.Header, body: bytes) -> Query:
    rest = (header[part] for part in ("name", "source", "number", "begin"))
    return Query(Op(header["op"]), header["value"], from_bytes(body), *rest)


def send_reply(sock: socket.socket, id: str, reply: Reply) -> None:
    """Write an answer. Raises BrokenFrame when it is too large, OSError when the other side is gone."""
    wire.send(sock, {"id": id, **reply_header(reply)}, to_bytes(reply.tensors))


def reply_header(reply: Reply) -> wire.Header:
    """An answer, but for its tensors and for the id of the question."""
    said: wire.Header = {"value": reply.value}
    if reply.error is not None:
        said = {"error": plain(reply.error)}
    elif reply.unsent:
        said = {"unsent": reply.unsent}
    if reply.left:
        said["left"] = list(reply.left)
    return said


def read_reply(header: wire.Header, body: bytes, length: int = 0) -> Reply:
    """The answer in a frame that a kernel sent, whose header has this length. Raises MalformedValue."""
    said = header.get("left")
    left = tuple(name for name in WORDS if name in said) if type(said) is list else ()
    if "error" in header:
        return Reply(error=read_raised(header["error"]), left=left)
    if "unsent" in header:
        return Reply(unsent=clean(str(header["unsent"]), 200) or "it said nothing", left=left)
    if "value" not in header:
        raise MalformedValue("neither a value nor an error")
    return Reply(header["value"], from_bytes(body), left=left, length=length)


def to_bytes(tensors: Tensors) -> bytes:
    """Safetensors bytes; none at all when there are no tensors.

    The library's own writer looks first whether some share memory, for longer than most questions take.
    """
    if not tensors:
        return b""
    table, parts, end = {}, [b"", b""], 0
    for name, tensor in tensors.items():
        data = (tensor.view(torch.int16) if tensor.dtype is torch.bfloat16 else tensor).numpy().tobytes()
        start, end = end, end + len(data)
        table[name] = {"dtype": _CODES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [start, end]}
        parts.append(data)
    text = wire.to_text(table)
    parts[1] = text + b" " * (-len(text) % 8)
    parts[0] = len(parts[1]).to_bytes(8, "little")
    return b"".join(parts)


def from_bytes(body: bytes) -> dict[str, torch.Tensor]:
    """The tensors in safetensors bytes. Raises MalformedValue."""
    if int.from_bytes(body[:8], "little") > MAX_TABLE:
        raise MalformedValue("the table of tensors is too large")
    try:
        return load(body) if body else {}
    except (SafetensorError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise MalformedValue(f"body: {error}") from error
