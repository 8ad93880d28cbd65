"""An answer as it crosses, under what stands for its question: how answers are kept, here and in the gradebook."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from grader.asking.messages import Reply
from grader.kernel import wire
from grader.kernel.questions import read_reply, reply_header

_LENGTHS = struct.Struct("<16sII")


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
