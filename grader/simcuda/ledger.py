"""What a simulated device has seen: totals, and a trace that names the user's own lines."""

from __future__ import annotations

import sys
import sysconfig
import threading
import warnings
from collections import deque
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import torch

Kind = Literal["operation", "host_to_device", "device_to_host", "device_to_device", "read", "synchronize"]

TRACE_LENGTH = 100_000
_SYNCHRONIZING = "called a synchronizing CUDA operation"
_NOT_DEBUGGED = ("synchronize", "Event.synchronize")  # PyTorch does not warn of what says that it waits


@dataclass(frozen=True)
class Counts:
    """Totals since the simulation started, or since `reset_counts`. `later - earlier` gives what happened between.

    Attributes:
        host_to_device, host_to_device_bytes: copies from CPU tensors to the device, and their size.
        device_to_host, device_to_host_bytes: copies back. `.tolist()` and `.cpu()` are such copies.
        device_to_device, device_to_device_bytes: copies between two cards; a clone on one card is an operation.
        synchronising_reads: how often the host had to wait for a value: `.item()`, `bool(t)`, `float(t)`, printing,
            blocking copies to the host, and operations whose result's size or value decides what comes next
            (`nonzero`, `unique`, a boolean mask as index, `equal`).
        synchronisations: explicit waits: `torch.cuda.synchronize()`, `Event.synchronize()`, `Stream.synchronize()`.
        operations: calls that start work on the device. Views and empty allocations start none.
    """

    host_to_device: int = 0
    host_to_device_bytes: int = 0
    device_to_host: int = 0
    device_to_host_bytes: int = 0
    device_to_device: int = 0
    device_to_device_bytes: int = 0
    synchronising_reads: int = 0
    synchronisations: int = 0
    operations: int = 0

    def __sub__(self, earlier: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) - getattr(earlier, f.name) for f in fields(self)))


@dataclass(frozen=True)
class TraceEvent:
    """One thing that happened on the device.

    Attributes:
        kind: which of the totals it belongs to; a "read" moves one value (`.item()`, printing).
        operation: PyTorch's name for it, such as "add_", "item" or "print".
        bytes: the size of what was copied; 0 for operations.
        waits: whether the host had to wait for the device.
        filename, line: the innermost frame of the user's own code, outside PyTorch, installed packages and this one.
    """

    kind: Kind
    operation: str
    bytes: int
    waits: bool
    filename: str
    line: int


class Ledger:
    """Counts and trace of all cards of one simulation. The trace keeps the last `TRACE_LENGTH` events."""

    def __init__(self) -> None:
        self.work = 0
        """Operations and copies so far, never reset: the clock of `torch.cuda.Event`."""
        self.sync_debug_mode = 0
        """`torch.cuda.set_sync_debug_mode`: 0 silent, 1 warn when the host has to wait, 2 raise."""
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        self._events: deque[tuple[Kind, str, int, bool, str, int]] = deque(maxlen=TRACE_LENGTH)
        self._calls: dict[Kind, int] = {}
        self._bytes: dict[Kind, int] = {}
        self._reads = 0

    def record(self, kind: Kind, operation: str, size: int = 0, waits: bool = False) -> None:
        """Note one event of `size` bytes, made by whichever user's line is running.

        Raises RuntimeError when the host has to wait and `sync_debug_mode` forbids that.
        """
        if waits and self.sync_debug_mode and operation not in _NOT_DEBUGGED:
            if self.sync_debug_mode > 1:
                raise RuntimeError(_SYNCHRONIZING)
            warnings.warn(_SYNCHRONIZING, stacklevel=2)
        with self._lock:
            self._calls[kind] = self._calls.get(kind, 0) + 1
            if size:
                self._bytes[kind] = self._bytes.get(kind, 0) + size
            if waits and kind != "synchronize":
                self._reads += 1
            if kind not in ("read", "synchronize"):
                self.work += 1
            self._events.append((kind, operation, size, waits, *_users_line()))

    def counts(self) -> Counts:
        calls, size = self._calls.get, self._bytes.get
        return Counts(
            host_to_device=calls("host_to_device", 0),
            host_to_device_bytes=size("host_to_device", 0),
            device_to_host=calls("device_to_host", 0),
            device_to_host_bytes=size("device_to_host", 0),
            device_to_device=calls("device_to_device", 0),
            device_to_device_bytes=size("device_to_device", 0),
            synchronising_reads=self._reads,
            synchronisations=calls("synchronize", 0),
            operations=calls("operation", 0),
        )

    def trace(self) -> list[TraceEvent]:
        return [TraceEvent(*event) for event in self._events]


_HERE = str(Path(__file__).parent)
_TORCH = str(Path(torch.__file__).parent)
_INSTALLED = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_is_users: dict[str, bool] = {}


def _look_up(filename: str) -> bool:
    """Whether a file is the user's own, remembered: this is asked for every frame of every event."""
    users = _is_users[filename] = not filename.startswith(("<frozen", _HERE, _TORCH, *_INSTALLED))
    return users


def _users_line() -> tuple[str, int]:
    """File and line of the innermost frame that the user wrote; ("<unknown>", 0) where there is none."""
    frame = sys._getframe(2)
    while True:
        filename = frame.f_code.co_filename
        users = _is_users.get(filename)
        if _look_up(filename) if users is None else users:
            return filename, frame.f_lineno
        if frame.f_back is None:
            return "<unknown>", 0
        frame = frame.f_back
