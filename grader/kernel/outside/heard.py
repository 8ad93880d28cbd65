"""What a kernel was asked and answered, as it crossed: kept with a result, and heard again when a check has changed.

Where a corrected check asks what was asked before, in the same order, the answers are those of before, and no kernel
is needed for a new verdict. What is kept is what a kernel sent, and nothing is believed of it that was not believed
then: it is read by the same code, and judged like an answer that has just come.
"""

from __future__ import annotations

import base64
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from grader.asking.messages import Query, Reply
from grader.errors import InternalError
from grader.kernel.questions import digest
from grader.kernel.said import Said

MAX_RAW = 8 << 20  # bytes of one question's exchanges that are kept
MAX_KEPT = 64 << 10  # the same, compressed
base64.b85encode(b"")  # makes its table now, and not in each process that is forked for a submission
_TURN = struct.Struct("<I?I")


class Unheard(InternalError):
    """Something is asked that was not asked before: only a kernel can answer it."""


@dataclass(slots=True)
class Turn:
    """What one check asked, by the seed that it began with. `whole`: all of it was answered, and is here."""

    begin: int
    whole: bool = True
    said: list[Said] = field(default_factory=list)


class Recorder:
    """Keeps what crosses, by the question of the assignment that it is about."""

    def __init__(self) -> None:
        self._turns: dict[str, list[Turn]] = {}
        self._room: dict[str, int] = {}
        self._question = ""

    def turn(self, question: str) -> None:
        """What is asked from now on is about this question."""
        self._question = question

    def begin(self, seed: int) -> None:
        """A check begins to ask."""
        self._turns.setdefault(self._question, []).append(Turn(seed))

    def answered(self, said: Said) -> None:
        """Keep an answer."""
        turns = self._turns.get(self._question)
        if not turns or not turns[-1].whole:
            return
        room = self._room.get(self._question, MAX_RAW) - said.size
        self._room[self._question] = room
        if room >= 0:
            turns[-1].said.append(said)
        else:
            turns[-1].whole = False

    def lost(self) -> None:
        """No answer came, or none that can be kept: what comes after it in this check rests on what is not here."""
        if turns := self._turns.get(self._question):
            turns[-1].whole = False

    def kept(self) -> dict[str, str]:
        """What there is, by question, as text; without the questions of which there is too much."""
        packed = {id: zlib.compress(b"".join(_packed(turns)), 1) for id, turns in self._turns.items()}
        return {id: base64.b85encode(data).decode() for id, data in packed.items() if len(data) <= MAX_KEPT}


class Replay:
    """Answers, in the place of a kernel, what one has answered before.

    What a kernel answers may rest on all that its question asked of it before. So a check is answered only when those
    of its question that stood before it then have asked again all that they asked; and each question that it asks must
    be, byte by byte, the one that stood in this place.

    Args:
        kept: by question, what a Recorder kept.
        why: says which cell should have defined a name, and why it did not.

    Attributes:
        missed: something else was asked; nothing that was judged by this counts.
    """

    def __init__(self, kept: Mapping[str, str], why: Callable[[str], str]) -> None:
        self.missed = False
        try:
            self._turns = [list(_unpacked(text)) for text in kept.values()]
        except (ValueError, zlib.error, struct.error):  # the file that it was kept in is damaged
            self._turns, self.missed = [], True
        self._over: dict[int, int] = {}  # how much of a turn, by its seed, has been asked
        self._now: Turn | None = None
        self.why_missing, self.now = why, time.monotonic

    def ready(self) -> None:
        """Nobody must be there."""

    def settle(self) -> None:
        """Nothing is written."""

    def ask(self, query: Query, seconds: float) -> Reply:
        """The answer of before. Raises Unheard when there is none, MalformedValue as a kernel's channel does."""
        try:
            return self.more(query)
        except Unheard:
            self.missed = True
            raise

    def more(self, query: Query) -> Reply:
        """The same, of what no verdict hangs on: where there is none, nothing is missing."""
        if query.begin is not None:
            self._now = self._turn(query.begin)
        turn = self._now
        place = self._over.get(turn.begin, 0) if turn else 0
        if self.missed or turn is None or place >= len(turn.said) or turn.said[place].question != digest(query):
            raise Unheard("what is asked was not asked before")
        self._over[turn.begin] = place + 1
        return turn.said[place].reply()

    def _turn(self, begin: int) -> Turn | None:
        """The check that began with this seed, if those before it have been asked again, and it itself has not."""
        for turns in self._turns:
            for turn in turns:
                if turn.begin == begin:
                    return turn if begin not in self._over else None
                if not turn.whole or self._over.get(turn.begin, 0) < len(turn.said):
                    break
        return None


def _packed(turns: list[Turn]) -> Iterator[bytes]:
    for turn in turns:
        yield _TURN.pack(turn.begin, turn.whole, len(turn.said))
        yield from (said.packed() for said in turn.said)


def _unpacked(text: str) -> Iterator[Turn]:
    unpacker = zlib.decompressobj()
    data, at = memoryview(unpacker.decompress(base64.b85decode(text), 2 * MAX_RAW)), 0
    while at < len(data):
        begin, whole, count = _TURN.unpack_from(data, at)
        turn, at = Turn(begin, whole), at + _TURN.size
        for _ in range(count):
            said, at = Said.unpacked(data, at)
            turn.said.append(said)
        yield turn
