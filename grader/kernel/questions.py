"""Queries and replies as frames on the wire: trees in the header, tensors as safetensors bytes in the body.

Each carries an id, which a reply repeats. What a kernel sends is read as what anybody could have sent.
"""

from __future__ import annotations

import json
import socket

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from grader.asking.codec import MalformedValue, Tensors
from grader.asking.messages import Op, Query, Reply
from grader.asking.surroundings import WORDS
from grader.asking.traces import plain, read_raised
from grader.kernel import wire
from grader.text import clean

_DTYPES = {  # the format's names of what the codec sends
    torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64", torch.bool: "BOOL",
    torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32", torch.int64: "I64",
}  # fmt: skip
MAX_TABLE = 4 << 20  # bytes of the body's table of tensors, which is JSON and slow to read


def send_query(sock: socket.socket, id: str, query: Query) -> None:
    """Write a question. Raises BrokenFrame when it is too large, OSError when the other side is gone."""
    header = {
        "id": id,
        "op": query.op.value,
        "value": query.value,
        "name": query.name,
        "source": query.source,
        "number": query.number,
        "begin": query.begin,
    }
    wire.send(sock, header, to_bytes(query.tensors))


def receive_query(sock: socket.socket) -> tuple[str, Query]:
    """Wait for a question, on the side that trusts who asks; its id and itself."""
    header, body = wire.receive(sock)
    rest = (header[part] for part in ("name", "source", "number", "begin"))
    return header["id"], Query(Op(header["op"]), header["value"], from_bytes(body), *rest)


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


def read_reply(header: wire.Header, body: bytes) -> Reply:
    """The answer in a frame that a kernel sent. Raises MalformedValue."""
    said = header.get("left")
    left = tuple(name for name in WORDS if name in said) if type(said) is list else ()
    if "error" in header:
        return Reply(error=read_raised(header["error"]), left=left)
    if "unsent" in header:
        return Reply(unsent=clean(str(header["unsent"]), 200) or "it said nothing", left=left)
    if "value" not in header:
        raise MalformedValue("neither a value nor an error")
    return Reply(header["value"], from_bytes(body), left=left)


def to_bytes(tensors: Tensors) -> bytes:
    """Safetensors bytes of contiguous tensors; none at all when there are no tensors.

    The library's own `save` makes a class of ctypes for each size, and takes ten times as long.
    """
    if not tensors:
        return b""
    table: dict[str, object] = {}
    parts, end = [], 0
    for name, tensor in tensors.items():
        part = tensor.flatten().view(torch.uint8).numpy().tobytes()
        table[name] = {"dtype": _DTYPES[tensor.dtype], "shape": tensor.shape, "data_offsets": (end, end + len(part))}
        parts.append(part)
        end += len(part)
    head = json.dumps(table).encode()
    head += b" " * (-len(head) % 8)
    return b"".join((len(head).to_bytes(8, "little"), head, *parts))


def from_bytes(body: bytes) -> dict[str, torch.Tensor]:
    """The tensors in safetensors bytes. Raises MalformedValue."""
    if int.from_bytes(body[:8], "little") > MAX_TABLE:
        raise MalformedValue("the table of tensors is too large")
    try:
        return load(body) if body else {}
    except (SafetensorError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise MalformedValue(f"body: {error}") from error
