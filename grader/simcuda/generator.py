"""Random numbers of a simulated card."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from grader.simcuda import internals

# A card draws other numbers than the CPU under the same seed. The CPU's Mersenne twister reads the low 32 bits only.
_SALT = 0x5EED_C0DA_9E37_79B9
_MASK = (1 << 64) - 1
_one_at_a_time = threading.RLock()  # the process has one default generator, its threads may drive several cards

# C++ hands a generator back as a new Python object, so a card's generators are known by their address.
_known: weakref.WeakValueDictionary[int, DeviceGenerator] = weakref.WeakValueDictionary()


class DeviceGenerator(internals.Generator):
    """`torch.Generator(device="cuda")`: an own stream of numbers, drawn on the CPU."""

    _shown: torch.device

    def __new__(cls, device: torch.device, seed: int) -> DeviceGenerator:
        made: DeviceGenerator = super().__new__(cls)
        made._shown = device
        return made

    def __init__(self, device: torch.device, seed: int) -> None:
        _known[_address(self)] = self
        self.manual_seed(seed)

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return self._shown

    def manual_seed(self, seed: int) -> DeviceGenerator:
        super().manual_seed((int(seed) & _MASK) ^ _SALT)
        return self

    def initial_seed(self) -> int:
        return (super().initial_seed() & _MASK) ^ _SALT

    def seed(self) -> int:
        self.manual_seed(super().seed())
        return self.initial_seed()

    def clone_state(self) -> DeviceGenerator:
        twin = DeviceGenerator(self._shown, self.initial_seed())
        twin.set_state(self.get_state())
        return twin

    @contextmanager
    def as_default(self) -> Iterator[None]:
        """Let operations that take no generator draw from this one."""
        default = torch.default_generator
        with _one_at_a_time:
            kept = default.get_state()
            default.set_state(self.get_state())
            try:
                yield
            finally:
                self.set_state(default.get_state())
                default.set_state(kept)


def _address(generator: Any) -> int:
    address: int = generator._cdata
    return address


def is_devices(generator: internals.Generator) -> bool:
    """Whether a generator, as an operation receives it, belongs to a simulated card."""
    return _address(generator) in _known
