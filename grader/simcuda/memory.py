"""A card's memory as PyTorch's allocator counts it: requests rounded up to blocks, blocks taken in segments."""

from __future__ import annotations

import threading
from collections import Counter

_GRAIN = 512  # bytes: what a request is rounded up to
_SEGMENT = 2 << 20  # bytes: the least that is taken from the driver


def rounded(size: int, grain: int = _GRAIN) -> int:
    """The size of the block that PyTorch's allocator gives for `size` bytes."""
    return -(-size // grain) * grain


class Memory:
    """What live tensors occupy, the most they did, and what the allocator keeps for the next one; all in bytes."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.allocated = self.peak = self.reserved = self.peak_reserved = 0
        self.requested = self.peak_requested = self.blocks = self.peak_blocks = 0
        self._ever: Counter[str] = Counter()  # taken and given back since the start, or since `forget_history`
        self._lock = threading.RLock()  # a storage may die, and give back, while its thread claims for another

    @property
    def free(self) -> int:
        return self.capacity - self.allocated

    def claim(self, size: int, requested: int) -> None:
        """Take blocks of `size` bytes for a request of `requested`; give them back where the numbers are negative."""
        with self._lock:
            self.allocated += size
            self.requested += requested
            self.blocks += (size > 0) - (size < 0)
            self._ever["taken" if size > 0 else "given back"] += abs(size)
            self._ever["blocks taken" if size > 0 else "blocks given back"] += size != 0
            self.peak = max(self.peak, self.allocated)
            self.peak_requested = max(self.peak_requested, self.requested)
            self.peak_blocks = max(self.peak_blocks, self.blocks)
            self.reserved = max(self.reserved, min(rounded(self.allocated, _SEGMENT), self.capacity))
            self.peak_reserved = max(self.peak_reserved, self.reserved)

    def release_idle(self) -> None:
        """`torch.cuda.empty_cache`."""
        self.reserved = min(rounded(self.allocated, _SEGMENT), self.capacity)

    def forget_peaks(self) -> None:
        self.peak, self.peak_reserved = self.allocated, self.reserved
        self.peak_requested, self.peak_blocks = self.requested, self.blocks

    def forget_history(self) -> None:
        self._ever.clear()

    def stats(self) -> dict[str, int]:
        """`torch.cuda.memory_stats`: its keys. What a simulation has none of (retries, small and large pools) is 0."""
        ever = self._ever
        taken, given, held = ever["taken"], ever["given back"], self.reserved // _SEGMENT
        rows = {
            "allocation": (self.blocks, self.peak_blocks, ever["blocks taken"], ever["blocks given back"]),
            "segment": (held, self.peak_reserved // _SEGMENT, held, 0),
            "active": (self.blocks, self.peak_blocks, ever["blocks taken"], ever["blocks given back"]),
            "inactive_split": (0, 0, 0, 0),
            "allocated_bytes": (self.allocated, self.peak, taken, given),
            "reserved_bytes": (self.reserved, self.peak_reserved, self.peak_reserved, 0),
            "active_bytes": (self.allocated, self.peak, taken, given),
            "inactive_split_bytes": (0, 0, 0, 0),
            "requested_bytes": (self.requested, self.peak_requested, taken, given),
        }
        found: dict[str, int] = {}
        for name, row in rows.items():
            for pool in ("all", "large_pool", "small_pool"):
                values = row if pool == "all" else (0, 0, 0, 0)
                found |= {f"{name}.{pool}.{k}": v for k, v in zip(_KINDS, values, strict=True)}
        for name in ("oversize_allocations", "oversize_segments"):
            found |= {f"{name}.{kind}": 0 for kind in _KINDS}
        return found | dict.fromkeys(_SINGLE, 0) | {"max_split_size": -1}


_KINDS = ("current", "peak", "allocated", "freed")
_SINGLE = ("num_alloc_retries", "num_ooms", "num_sync_all_streams", "num_device_alloc", "num_device_free")
