"""Queries and replies as frames on the wire: trees in the header, tensors as safetensors bytes in the body.

Each carries an id, which a reply repeats. What a kernel sends is read as what anybody could have sent.
"""

from __future__ import annotations

import socket

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from grader.asking.codec import MalformedValue, Tensors
from grader.asking.messages import Op, Query, Reply
from grader.asking.surroundings import WORDS
from grader.asking.traces import plain, read_raised
from grader.kernel import wire
from grader.text import clean

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
    """Safetensors bytes; none at all when there are no tensors."""
    return save(dict(tensors)) if tensors else b""


def from_bytes(body: bytes) -> dict[str, torch.Tensor]:
    """The tensors in safetensors bytes. Raises MalformedValue."""
    if int.from_bytes(body[:8], "little") > MAX_TABLE:
        raise MalformedValue("the table of tensors is too large")
    try:
        return load(body) if body else {}
    except (SafetensorError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise MalformedValue(f"body: {error}") from error
