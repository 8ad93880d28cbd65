"""Checks that passed before, by what was asked and answered in them.

What a check asks hangs on its seed and on the answers so far, and so does its verdict. So where a notebook answers as
one before it has answered, bit by bit, the next question is the one that was put then, and in the end the check is
passed: nothing needs to be written, read or compared again. With the first other answer the check itself begins, and
what it asks up to there has been answered already.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, overload, runtime_checkable

from grader.asking.messages import Exchange
from grader.asking.student import Interview
from grader.kernel.questions import Written
from grader.kernel.said import Step
from grader.records import Figure
from grader.storage import from_json, to_json

MOST_KEPT = 64 << 20  # bytes
MOST_OF_ONE = 4  # for each check: right answers differ in their last digits, and in how they lie in memory
_LENGTH = struct.Struct("<I")

Key = tuple[str, int]  # a check and its seed


class Answered(Protocol):
    """What came of a question that was asked ahead."""

    def is_like(self, step: Step) -> bool: ...


@runtime_checkable
class AsksAhead(Protocol):
    """A channel that asks what a check will ask, and gives the check the same answers; see KernelChannel."""

    steps: list[Step] | None
    strayed: bool

    def now(self) -> float: ...
    def ahead(self, asked: Written, seconds: float) -> Answered: ...
    def stands(self, begin: int, steps: Sequence[Step]) -> None: ...
    def forget(self) -> None: ...


class Exchanges(Sequence[Exchange]):
    """Those of some steps, read when somebody looks at them."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    @cached_property
    def _read(self) -> tuple[Exchange, ...]:
        return tuple(step.exchange() for step in self._steps)

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, place: int) -> Exchange: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Exchange]: ...
    def __getitem__(self, place: int | slice) -> Exchange | Sequence[Exchange]:
        return self._read[place]


@dataclass(frozen=True, slots=True)
class Precedent:
    """A check that was passed, and whose calls did nothing beside giving their results.

    Attributes:
        weight: what its exchanges count for, see Interview.
        beyonds: of its steps those that no author wrote: from which to which.
    """

    steps: tuple[Step, ...]
    figures: tuple[Figure, ...] = ()
    weight: int = 0
    beyonds: tuple[tuple[int, int], ...] = ()

    @property
    def size(self) -> int:
        return sum(step.size for step in self.steps)

    @property
    def stretches(self) -> Iterator[tuple[range, bool]]:
        """The places of its steps, in order, as far as no author wrote them, or one did."""
        place = 0
        for first, last in self.beyonds:
            yield range(place, first), False
            yield range(first, last), True
            place = last
        yield range(place, len(self.steps)), False


@dataclass
class Precedents:
    """Those of a suite.

    Attributes:
        new: what was kept since this process was forked.
        astray: checks that do not ask the same each time.
    """

    known: dict[Key, list[Precedent]] = field(default_factory=dict)
    new: list[tuple[Key, Precedent]] = field(default_factory=list)
    room: int = MOST_KEPT
    astray: set[Key] = field(default_factory=set)

    def followed(self, check: Key, interview: Interview) -> Precedent | None:
        """The one that this notebook answers like. Where there is none, the check itself is to be run."""
        channel = interview.channel
        if not isinstance(channel, AsksAhead):
            return None
        channel.forget()
        left = interview.left
        if known := self.known.get(check):
            with suppress(Exception):  # the check itself meets it
                interview.begin(check[1])
                if found := _answered_like(known, interview, channel):
                    interview.weigh(found.weight)
                    channel.stands(check[1], found.steps)
                    return found
            interview.left = left
        return None

    def strayed(self, check: Key, interview: Interview) -> bool:
        """Whether a check did not ask what was asked ahead of it. It has no precedents any more, and must run again."""
        if not isinstance(interview.channel, AsksAhead) or not interview.channel.strayed:
            return False
        interview.channel.forget()
        self.known.pop(check, None)
        self.astray.add(check)
        return True

    def see(self, check: Key, interview: Interview, *, passed: bool, figures: Sequence[Figure] = ()) -> None:
        """Keep a check that has just been asked, if it may stand for others: its calls did nothing beside answering."""
        steps = interview.channel.steps if isinstance(interview.channel, AsksAhead) else None
        whole = interview.complete and steps is not None and len(steps) == interview.asked
        if passed and steps and whole and not (interview.effects or interview.left_by):
            self.keep(check, Precedent(tuple(steps), tuple(figures), interview.weight, tuple(interview.beyonds)))

    def keep(self, check: Key, precedent: Precedent) -> None:
        """Keep one, if there is room for it."""
        if check in self.astray:
            return
        known, size = self.known.setdefault(check, []), precedent.size
        if len(known) < MOST_OF_ONE and size <= self.room and not any(_astray(one, precedent) for one in known):
            self.room -= size
            known.append(precedent)
            self.new.append((check, precedent))

    def told(self) -> str:
        """What was kept since this process was forked, as text."""
        return base64.b64encode(b"".join(_packed(check, one) for check, one in self.new)).decode()

    def learn(self, told: str) -> None:
        """Keep what another process has told."""
        for check, precedent in _unpacked(memoryview(base64.b64decode(told))):
            self.keep(check, precedent)
        self.new.clear()


def _answered_like(known: Sequence[Precedent], interview: Interview, channel: AsksAhead) -> Precedent | None:
    """Ask one question after another, as long as the answers are those of one of them; that one in the end."""
    started, left = channel.now(), interview.left
    for places, is_beyond in known[0].stretches:
        with interview.beyond() if is_beyond else nullcontext():
            for place in places:
                spent = channel.now() - started
                if spent + interview.call > min(interview.check, left):
                    return None  # what a check may take is for the check itself to say
                with interview.charged():
                    answer = channel.ahead(known[0].steps[place].asked, interview.call)
                known = [one for one in known if answer.is_like(one.steps[place])]
                if not known:
                    return None
    return known[0]


def _astray(one: Precedent, other: Precedent) -> bool:
    """Whether a suite did not ask the same though it was answered the same."""
    for mine, its in zip(one.steps, other.steps, strict=False):
        if mine.asked != its.asked:
            return True
        if mine.answer != its.answer:
            return False
    return True  # the one is the beginning of the other, or the other itself


def _packed(check: Key, precedent: Precedent) -> bytes:
    figures = [to_json(figure) for figure in precedent.figures]
    head = json.dumps([check, figures, precedent.weight, precedent.beyonds, len(precedent.steps)]).encode()
    return b"".join((_LENGTH.pack(len(head)), head, *(step.packed() for step in precedent.steps)))


def _unpacked(data: memoryview) -> Iterator[tuple[Key, Precedent]]:
    at = 0
    while at < len(data):
        (length,) = _LENGTH.unpack_from(data, at)
        start, at = at + _LENGTH.size, at + _LENGTH.size + length
        (name, seed), figures, weight, beyonds, count = json.loads(bytes(data[start:at]))
        steps = []
        for _ in range(count):
            step, at = Step.unpacked(data, at)
            steps.append(step)
        drawn = tuple(from_json(Figure, figure) for figure in figures)
        yield (name, seed), Precedent(tuple(steps), drawn, weight, tuple((first, last) for first, last in beyonds))
