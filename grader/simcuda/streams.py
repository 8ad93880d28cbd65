"""Streams and events. The simulated device finishes each operation before the next line of Python runs."""

from __future__ import annotations

import itertools
from typing import Any

import torch

from grader.simcuda.machine import Card, Machine

MILLISECONDS_PER_CALL = 0.01
"""What `Event.elapsed_time` charges for each operation and each copy."""

_ids = itertools.count(1)


class Stream:
    """`torch.cuda.Stream`: keeps the order that Python already gives. Waiting for one is counted, and takes no time."""

    machine: Machine

    def __init__(self, device: Any = None, priority: int = 0, **kwargs: Any) -> None:
        self._card = self.machine.card(device)
        self.priority = priority
        self.cuda_stream = self.stream_id = 0 if kwargs.get("default") else next(_ids)

    @property
    def device(self) -> torch.device:
        return self._card.shown

    @property
    def device_index(self) -> int:
        return self._card.index

    def query(self) -> bool:
        return True

    def is_capturing(self) -> bool:
        return False

    def synchronize(self) -> None:
        self.machine.ledger.record("synchronize", "Stream.synchronize", waits=True)

    def wait_event(self, event: Event) -> None:
        """Nothing to wait for: the event has happened."""

    def wait_stream(self, stream: Stream) -> None:
        """Nothing to wait for: the other stream has finished."""

    def record_event(self, event: Event | None = None) -> Event:
        made = event or self.machine_event()
        made.record(self)
        return made

    def machine_event(self) -> Event:
        kind: type[Event] = torch.cuda.Event  # type: ignore[assignment]
        return kind()

    def __enter__(self) -> Stream:
        self._outer = (self.machine.current, self._card.stream)
        self.machine.current, self._card.stream = self._card.index, self
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.machine.current, self._card.stream = self._outer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stream) and (self._card, self.stream_id) == (other._card, other.stream_id)

    def __hash__(self) -> int:
        return hash((self._card.index, self.stream_id))

    def __repr__(self) -> str:
        return f"<torch.cuda.Stream device={self.device} cuda_stream={self.cuda_stream:#x}>"


class Event:
    """`torch.cuda.Event`. Its clock counts work instead of time, so that it gives the same answer every time:
    each operation and each copy between two events adds `MILLISECONDS_PER_CALL` to `elapsed_time`."""

    machine: Machine

    def __init__(self, enable_timing: bool = False, blocking: bool = False, interprocess: bool = False) -> None:
        self._timed = enable_timing
        self._at: int | None = None

    def record(self, stream: Stream | None = None) -> None:
        self._at = self.machine.ledger.work

    def wait(self, stream: Stream | None = None) -> None:
        """Nothing to wait for: the event has happened."""

    def query(self) -> bool:
        return True

    def synchronize(self) -> None:
        self.machine.ledger.record("synchronize", "Event.synchronize", waits=True)

    def elapsed_time(self, end_event: Event) -> float:
        """Milliseconds from this event to `end_event`. Raises ValueError unless both are timed and recorded."""
        if not (self._timed and end_event._timed):
            raise ValueError("Both events must be created with argument 'enable_timing=True'.")
        if self._at is None or end_event._at is None:
            raise ValueError("Both events must be recorded before calculating elapsed time.")
        return (end_event._at - self._at) * MILLISECONDS_PER_CALL

    def __repr__(self) -> str:
        return "<torch.cuda.Event>" if self._at is not None else "<torch.cuda.Event uninitialized>"


class StreamContext:
    """`with torch.cuda.stream(s):`; None changes nothing."""

    def __init__(self, stream: Stream | None) -> None:
        self._stream = stream

    def __enter__(self) -> None:
        if self._stream is not None:
            self._stream.__enter__()

    def __exit__(self, *exc_info: object) -> None:
        if self._stream is not None:
            self._stream.__exit__()


def current_stream(kind: type[Stream], card: Card) -> Stream:
    """The stream in use on `card`: its default one unless a context changed it."""
    if card.stream is None:
        card.stream = kind(card.shown, default=True)
    stream: Stream = card.stream
    return stream


def neutral(real: type, kind: type[Stream] | type[Event]) -> type:
    """What `torch.Stream` or `torch.Event` becomes: a type that makes the simulated machine's, and knows them."""

    class Neutral(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, real | kind)

        def __call__(cls, device: Any = None, *args: Any, **kwargs: Any) -> Any:
            named = torch.device(device) if isinstance(device, str) else device
            if isinstance(named, torch.device) and named.type != "cuda":
                return real(device, *args, **kwargs)
            return kind(*args, **kwargs) if issubclass(kind, Event) else kind(device, *args, **kwargs)

    return Neutral(real.__name__, (), {"__module__": "torch"})
