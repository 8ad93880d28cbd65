"""Frames on the socket between the judge and a kernel: two lengths, a JSON header, a body of bytes.

Known on both sides before PyTorch is loaded; `questions` says what the frames mean.
"""

from __future__ import annotations

import itertools
import json
import re
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

MAX_HEADER = 16 << 20
MAX_BODY = 272 << 20  # more than the codec lets through, with the table
MAX_PARTS = 1_000_000  # brackets in a header; each makes an object when it is read
MAX_DEPTH = 300  # of brackets in each other: our stack bears more, wherever it stands when a header is read
MAX_OUTPUT = 16 << 20  # bytes of one Jupyter message; an honest kernel drops what is larger
AT_ONCE = 1 << 20  # bytes of header and body that are read together: to wait for each costs more than to copy them
QUESTIONS = "grader_questions"  # the Jupyter message that hands a kernel's main thread to the responder
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1, ord('"'): 0, ord("\\"): 0}
_OTHERS = bytes(set(range(256)) - _STEPS.keys())
_LENGTHS = struct.Struct("<II")

Header = dict[str, Any]
Left = Callable[[], float]  # seconds that are left, none or less when time is up


class BrokenFrame(ValueError):
    """What arrived is no frame: lengths over their caps, or a header that is no plain JSON object."""


@dataclass(frozen=True, slots=True)
class KernelRequest:
    """What a kernel is told before it starts.

    `policy` is the walls' (`Policy.plain`), `connection` jupyter_client's; `stderr` is the file for what the kernel
    itself writes, `output_cap` how many characters of a cell's output are sent, `device` one of grader.devices;
    with `files`, a frame with what lies beside the notebook follows when it is ready.
    """

    policy: dict[str, Any]
    stderr: str
    output_cap: int
    seed: int
    device: str
    connection: dict[str, Any]
    files: bool = False

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> KernelRequest:
        return cls(**json.loads(text))


def send(sock: socket.socket, header: Header, body: bytes = b"") -> None:
    """Write one frame. Raises OSError when the other side is gone, TimeoutError when it does not read."""
    send_text(sock, to_text(header), body)


def send_text(sock: socket.socket, text: bytes, body: bytes) -> None:
    """The same, of a header that is text already."""
    if len(text) > MAX_HEADER or len(body) > MAX_BODY:
        raise BrokenFrame("the message is too large to be sent")
    sock.sendall(b"".join((_LENGTHS.pack(len(text), len(body)), text, body)))


def to_text(header: Header) -> bytes:
    """A header as it crosses."""
    return _ENCODER.encode(header).encode()


def within(seconds: float) -> Left:
    """So many seconds from now."""
    deadline = time.monotonic() + seconds
    return lambda: deadline - time.monotonic()


def receive(sock: socket.socket, left: Left | None = None) -> tuple[Header, bytes]:
    """Read one frame while there is time left. Raises EOFError, TimeoutError or BrokenFrame."""
    text, body = receive_text(sock, left)
    return parse(text), body


def receive_text(sock: socket.socket, left: Left | None = None) -> tuple[bytes, bytes]:
    """The same, with the header as it came: `parse` reads it."""
    header_length, body_length = _LENGTHS.unpack(_read(sock, _LENGTHS.size, left))
    if header_length > MAX_HEADER or body_length > MAX_BODY:
        raise BrokenFrame("a frame announces more than the cap")
    if header_length + body_length > AT_ONCE:
        return _read(sock, header_length, left), _read(sock, body_length, left)
    both = _read(sock, header_length + body_length, left)
    return both[:header_length], both[header_length:]


def parse(text: bytes) -> Header:
    """The header that somebody sent. Raises BrokenFrame."""
    parts = text.count(b"[") + text.count(b"{")
    if parts > MAX_PARTS or (parts > MAX_DEPTH and _depth(text) > MAX_DEPTH):
        raise BrokenFrame("a header has more parts than any value, or deeper ones")
    try:
        header = _DECODER.decode(text.decode())
    except (ValueError, RecursionError) as error:
        raise BrokenFrame(f"a header is no plain JSON: {error}") from error
    if type(header) is not dict:
        raise BrokenFrame("a header is no JSON object")
    return header


def _depth(text: bytes) -> int:
    """How many brackets at most are open at a time."""
    kept = text.translate(None, _OTHERS)
    if b"\\" not in kept:
        kept = kept.replace(b'""', b"")  # what stands in a string still does: mostly there is nothing left of them
    if b'"' in kept:
        kept = _STRING.sub(b"", kept)
    return max(itertools.accumulate(map(_STEPS.__getitem__, kept)), default=0)


def _read(sock: socket.socket, count: int, left: Left | None) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        if left is not None:
            seconds = left()
            if seconds <= 0:
                raise TimeoutError
            sock.settimeout(max(seconds, 0.001))
        try:
            part = sock.recv(min(count - len(parts), 1 << 20))
        except TimeoutError:
            if left is None:
                raise
            continue  # there may be more time by now
        if not part:
            raise EOFError("the other side closed the socket")
        parts += part
    return bytes(parts)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


# Made once: to make one takes longer than to read a header.
_ENCODER = json.JSONEncoder(allow_nan=False)
_DECODER = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_object)
