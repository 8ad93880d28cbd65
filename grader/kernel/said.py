"""An answer as it crosses, under what stands for its question: how answers are kept, here and in the gradebook.

With the question itself it is a Step of a check.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

from grader.asking.messages import Exchange, Reply
from grader.asking.traces import anywhere, in_short
from grader.kernel import wire
from grader.kernel.questions import Heard, Written, read_reply, reply_header

_LENGTHS = struct.Struct("<16sII")
_ASKED = struct.Struct("<II")
ERROR = b'{"error"'  # how the header of an answer begins that is an exception


@dataclass(frozen=True, slots=True)
class Said:
    """Sixteen bytes that stand for a question, and the frame of its answer."""

    question: bytes
    header: bytes
    body: bytes

    @classmethod
    def of(cls, question: bytes, reply: Reply, body: bytes) -> Said:
        """An answer whose tensors are in the body. Raises ValueError for one that no frame can hold."""
        return cls(question, wire.to_text(reply_header(reply)), body)

    @property
    def size(self) -> int:
        return len(self.header) + len(self.body)

    def reply(self) -> Reply:
        """The answer, read as one that has just come. Raises MalformedValue, BrokenFrame."""
        return read_reply(wire.parse(self.header), self.body, len(self.header))

    def packed(self) -> bytes:
        return _LENGTHS.pack(self.question, len(self.header), len(self.body)) + self.header + self.body

    @classmethod
    def unpacked(cls, data: memoryview, at: int) -> tuple[Said, int]:
        """The one that begins at a place, and where the next one begins. Raises struct.error."""
        question, header, body = _LENGTHS.unpack_from(data, at)
        start = at + _LENGTHS.size
        middle, end = start + header, start + header + body
        return cls(question, bytes(data[start:middle]), bytes(data[middle:end])), end


@dataclass(frozen=True)
class Step:
    """A question, and what was answered."""

    asked: Written
    said: Said

    @cached_property
    def answer(self) -> object:
        """What tells this answer from others: of an exception all but its place in a notebook, otherwise every bit."""
        if self.said.header.startswith(ERROR):
            return _unplaced(self.said.reply())
        return self.said.header, self.said.body

    def is_like(self, heard: Heard, reply: Reply | None) -> bool:
        """Whether this is the same answer; what is an exception has been read by then."""
        return self.answer == (_unplaced(reply) if reply and reply.error else (heard.told, heard.body))

    def exchange(self) -> Exchange:
        """As an interview records it."""
        reply = self.said.reply()
        return Exchange(self.asked.query(), Reply(error=in_short(reply.error)) if reply.error else reply)

    @property
    def size(self) -> int:
        return len(self.asked.text) + len(self.asked.body) + self.said.size

    def packed(self) -> bytes:
        asked = self.asked
        return _ASKED.pack(len(asked.text), len(asked.body)) + asked.text + asked.body + self.said.packed()

    @classmethod
    def unpacked(cls, data: memoryview, at: int) -> tuple[Step, int]:
        """The one that begins at a place, and where the next one begins. Raises struct.error."""
        text, body = _ASKED.unpack_from(data, at)
        start = at + _ASKED.size
        middle, end = start + text, start + text + body
        said, after = Said.unpacked(data, end)
        return cls(Written(bytes(data[start:middle]), bytes(data[middle:end])), said), after


def _unplaced(reply: Reply) -> object:
    return reply.error and anywhere(reply.error), reply.left
