"""The simulated machine: its cards, their memory, which one is current, and what a device's name means."""

from __future__ import annotations

import os
import threading
from typing import Any

import torch

from grader.simcuda import wording
from grader.simcuda.generator import DeviceGenerator
from grader.simcuda.ledger import Ledger
from grader.simcuda.memory import Memory, rounded

CPU = torch.device("cpu")
_BLOCK = "_simcuda_block"


class Block:
    """The claim of one storage on a card's memory. It hangs on the storage and is given back when the storage dies."""

    __slots__ = ("card", "size")

    def __init__(self, card: Card, size: int) -> None:
        self.card, self.size = card, 0
        self.resize(size)

    def resize(self, size: int) -> None:
        self.card.claim(rounded(size) - rounded(self.size), size - self.size)
        self.size = size

    def __del__(self) -> None:
        self.card.claim(-rounded(self.size), -self.size)


class Card:
    """One simulated card.

    C++ sees the card's tensors on the device `meta:<index>`: the only kind of device that every build of PyTorch lets
    take part in autograd without a driver, and one with a thread-free backward. Users see `cuda:<index>`; a user's own
    meta tensors have no index, so the two are never confused.
    """

    def __init__(self, machine: Machine, index: int, capacity: int, seed: int) -> None:
        self.machine, self.index = machine, index
        self.shown = torch.device("cuda", index)
        self.native = torch.device("meta", index)
        self.generator = DeviceGenerator(self.shown, seed)
        self.memory = Memory(capacity)
        self._streams = threading.local()

    @property
    def stream(self) -> Any:
        """The stream in use in this thread; None is the default one."""
        return getattr(self._streams, "current", None)

    @stream.setter
    def stream(self, stream: Any) -> None:
        self._streams.current = stream

    def claim(self, size: int, requested: int) -> None:
        """Take `size` bytes, or give them back where `size` is negative. Raises torch.OutOfMemoryError."""
        self.require(size)
        self.memory.claim(size, requested)

    def require(self, size: int) -> None:
        """Raise torch.OutOfMemoryError unless `size` more bytes fit."""
        if size > max(self.memory.free, 0):
            raise wording.out_of_memory(self.index, self.memory, size)

    def adopt(self, raw: torch.Tensor) -> None:
        """Count the storage of `raw` as this card's, once however many tensors share it."""
        try:
            self.adopt_storage(raw.untyped_storage())
        except NotImplementedError:
            raise NotImplementedError("the simulated CUDA device holds dense tensors only") from None

    def adopt_storage(self, storage: torch.UntypedStorage) -> None:
        if not hasattr(storage, _BLOCK):
            setattr(storage, _BLOCK, Block(self, storage.nbytes()))

    def refresh(self, raw: torch.Tensor) -> None:
        """Count again a storage that may have grown in place (`resize_`, `out=`)."""
        storage = raw.untyped_storage()
        block = getattr(storage, _BLOCK, None)
        if block is None:
            self.adopt(raw)
        else:
            block.resize(storage.nbytes())


def card_of_storage(storage: torch.UntypedStorage) -> Card | None:
    """The card that a storage belongs to, or None for host memory."""
    block = getattr(storage, _BLOCK, None)
    return None if block is None else block.card


class Machine:
    """The cards of one simulation, and the ledger that they share."""

    def __init__(self, devices: int, memory: int, seed: int) -> None:
        self._pid = os.getpid()
        self.ledger = Ledger()
        self._threads = threading.local()
        self.cards = [Card(self, index, memory, seed) for index in range(devices)]

    @property
    def current(self) -> int:
        """The index of this thread's current card."""
        return getattr(self._threads, "current", 0)

    @current.setter
    def current(self, index: int) -> None:
        self._threads.current = index

    def card(self, device: object = None) -> Card:
        """The card that `device` names: the current one for None and "cuda", else the one of its index.

        Raises torch.AcceleratorError for an ordinal that this machine lacks, RuntimeError in a forked child, where a
        real device cannot be used either, and ValueError for another kind of device.
        """
        index = self._index(device)
        self.check_process()
        if not 0 <= index < len(self.cards):
            raise wording.invalid_ordinal()
        return self.cards[index]

    def check_process(self) -> None:
        """Raise RuntimeError in a child of the process that started the simulation."""
        if os.getpid() != self._pid:
            raise wording.used_after_fork()

    def _index(self, device: object) -> int:
        if isinstance(device, int):
            return self.current if device == -1 else device
        if device is None:
            return self.current
        named = torch.device(device) if isinstance(device, str) else device
        if not isinstance(named, torch.device) or named.type != "cuda":
            raise ValueError(f"Expected a cuda device, but got: {device}")
        return self.current if named.index is None else named.index

    def card_of(self, device: torch.device | None) -> Card | None:
        """The card behind a device as C++ passes it on, or None for the host and for a user's own meta device."""
        if device is None or device.type == "cpu":
            return None
        if device.type == "cuda":
            return self.card(device)
        return self.card(device.index) if device.type == "meta" and device.index is not None else None

    def native(self, device: Any) -> Any:
        """A user's device argument as C++ should see it: anything that means a simulated card becomes its device."""
        if isinstance(device, torch.device):
            return self.card(device).native if device.type == "cuda" else device
        if isinstance(device, str):
            return self.card(device).native if device.startswith("cuda") else device
        if isinstance(device, int) and not isinstance(device, bool):
            return self.card(device).native
        return device
