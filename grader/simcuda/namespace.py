"""What `torch.cuda` and `torch.accelerator` answer while the simulation runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch

from grader.simcuda import internals
from grader.simcuda.generator import DeviceGenerator
from grader.simcuda.machine import Card, Machine
from grader.simcuda.streams import Event, Stream, StreamContext, current_stream

NAME = "Simulated CUDA device"
CAPABILITY = (8, 0)


@dataclass(frozen=True)
class DeviceProperties:
    """`torch.cuda.get_device_properties`: a made-up card with the memory that the simulation was given, in bytes."""

    name: str
    total_memory: int
    major: int = CAPABILITY[0]
    minor: int = CAPABILITY[1]
    multi_processor_count: int = 1
    warp_size: int = 32
    is_integrated: bool = False
    is_multi_gpu_board: bool = False


class DeviceGuard:
    """`with torch.cuda.device(1):` makes a card the current one; None and negative numbers change nothing."""

    def __init__(self, machine: Machine, device: Any) -> None:
        none = device is None or (isinstance(device, int) and device < 0)
        self._machine = machine
        self._index = machine.current if none else machine.card(device).index

    def __enter__(self) -> None:
        self._outer, self._machine.current = self._machine.current, self._index

    def __exit__(self, *exc_info: object) -> None:
        self._machine.current = self._outer


class LegacyType(type):
    """`torch.cuda.FloatTensor` and its kin: types that make tensors, and that `isinstance` knows them by."""

    def __instancecheck__(cls, tensor: object) -> bool:
        return isinstance(tensor, torch.Tensor) and tensor.type() == f"torch.cuda.{cls.__name__}"

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return getattr(torch, cls.__name__)(*args, **kwargs).cuda()


class CudaNamespace:
    """Each public method replaces the function of its name in `torch.cuda`, where PyTorch has one."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.Stream = type("Stream", (Stream,), {"machine": machine, "__module__": "torch.cuda"})
        self.Event = type("Event", (Event,), {"machine": machine, "__module__": "torch.cuda"})
        self.default_generators = tuple(card.generator for card in machine.cards)

    def _card(self, device: Any = None) -> Card:
        return self._machine.card(device)

    # The machine

    _initialized = True

    def init(self) -> None:
        """Nothing to initialise."""

    def is_initialized(self) -> bool:
        return True

    def is_available(self) -> bool:
        return True

    def _is_in_bad_fork(self) -> bool:
        return False

    def _lazy_init(self) -> None:
        raise NotImplementedError("the simulated CUDA device does not have this call of torch.cuda")

    def is_bf16_supported(self, including_emulation: bool = True) -> bool:
        return True

    def is_tf32_supported(self) -> bool:
        return True

    def is_current_stream_capturing(self) -> bool:
        return False

    def device_count(self) -> int:
        return len(self._machine.cards)

    def current_device(self) -> int:
        return self._machine.current

    def set_device(self, device: Any) -> None:
        if not (isinstance(device, int) and device < 0):
            self._machine.current = self._card(device).index

    def device(self, device: Any) -> DeviceGuard:
        return DeviceGuard(self._machine, device)

    def device_of(self, obj: Any) -> DeviceGuard:
        return DeviceGuard(self._machine, obj.get_device() if obj.is_cuda else -1)

    def get_device_name(self, device: Any = None) -> str:
        return self.get_device_properties(device).name

    def get_device_capability(self, device: Any = None) -> tuple[int, int]:
        self.get_device_properties(device)
        return CAPABILITY

    def get_device_properties(self, device: Any = None) -> DeviceProperties:
        try:
            return DeviceProperties(NAME, self._card(device).memory.capacity)
        except RuntimeError:
            raise AssertionError("Invalid device id") from None

    def can_device_access_peer(self, device: Any, peer_device: Any) -> bool:
        return self._card(device) is not self._card(peer_device)

    def get_arch_list(self) -> list[str]:
        return ["sm_{}{}".format(*CAPABILITY)]

    # Order

    def synchronize(self, device: Any = None) -> None:
        self._card(device)
        self._machine.ledger.record("synchronize", "synchronize", waits=True)

    def stream(self, stream: Stream | None) -> StreamContext:
        return StreamContext(stream)

    def current_stream(self, device: Any = None) -> Stream:
        return current_stream(self.Stream, self._card(device))

    def default_stream(self, device: Any = None) -> Stream:
        made: Stream = self.Stream(device, default=True)
        return made

    def set_stream(self, stream: Stream | None) -> None:
        if stream is not None:
            stream.__enter__()

    # Random numbers

    def manual_seed(self, seed: int) -> None:
        self._card().generator.manual_seed(seed)

    def manual_seed_all(self, seed: int) -> None:
        for card in self._machine.cards:
            card.generator.manual_seed(seed)

    def seed(self) -> None:
        self._card().generator.seed()

    def seed_all(self) -> None:
        self.manual_seed_all(self._card().generator.seed())

    def initial_seed(self) -> int:
        return self._card().generator.initial_seed()

    def get_rng_state(self, device: Any = "cuda") -> torch.Tensor:
        return self._card(device).generator.get_state()

    def get_rng_state_all(self) -> list[torch.Tensor]:
        return [card.generator.get_state() for card in self._machine.cards]

    def set_rng_state(self, new_state: torch.Tensor, device: Any = "cuda") -> None:
        self._card(device).generator.set_state(new_state)

    def set_rng_state_all(self, new_states: Iterable[torch.Tensor]) -> None:
        for card, state in zip(self._machine.cards, new_states, strict=False):
            card.generator.set_state(state)

    # Memory, in bytes

    def memory_allocated(self, device: Any = None) -> int:
        return self._card(device).memory.allocated

    def max_memory_allocated(self, device: Any = None) -> int:
        return self._card(device).memory.peak

    def memory_reserved(self, device: Any = None) -> int:
        return self._card(device).memory.reserved

    def max_memory_reserved(self, device: Any = None) -> int:
        return self._card(device).memory.peak_reserved

    def reset_peak_memory_stats(self, device: Any = None) -> None:
        self._card(device).memory.forget_peaks()

    def reset_accumulated_memory_stats(self, device: Any = None) -> None:
        self._card(device).memory.forget_history()

    reset_max_memory_allocated = reset_max_memory_cached = reset_peak_memory_stats
    memory_cached, max_memory_cached = memory_reserved, max_memory_reserved

    def mem_get_info(self, device: Any = None) -> tuple[int, int]:
        memory = self._card(device).memory
        return memory.capacity - memory.reserved, memory.capacity

    def empty_cache(self) -> None:
        for card in self._machine.cards:
            card.memory.release_idle()

    def ipc_collect(self) -> None:
        """Nothing is shared."""

    def memory_stats(self, device: Any = None) -> dict[str, int]:
        return self._card(device).memory.stats()

    def memory_summary(self, device: Any = None, abbreviated: bool = False) -> str:
        stats = self.memory_stats(device)
        rows = ((name, size) for name, size in stats.items() if ".all." in name)
        return "\n".join(f"{name:30} {size:>15,}" for name, size in rows)

    def memory_stats_as_nested_dict(self, device: Any = None) -> dict[str, Any]:
        nested: dict[str, Any] = {}
        for name, value in self.memory_stats(device).items():
            *folders, last = name.split(".")
            home = nested
            for folder in folders:
                home = home.setdefault(folder, {})
            home[last] = value
        return nested

    def set_per_process_memory_fraction(self, fraction: float, device: Any = None) -> None:
        """Not held: the simulated card has its own limit."""
        if not 0 <= fraction <= 1:
            raise ValueError(f"Invalid fraction value: {fraction}. Allowed range: 0~1")

    # Waiting, noticed

    def set_sync_debug_mode(self, debug_mode: int | str) -> None:
        modes = ("default", "warn", "error")
        if isinstance(debug_mode, str) and debug_mode not in modes:
            raise RuntimeError("invalid value of debug_mode, expected one of `default`, `warn`, `error`")
        self._machine.ledger.sync_debug_mode = modes.index(debug_mode) if isinstance(debug_mode, str) else debug_mode

    def get_sync_debug_mode(self) -> int:
        return self._machine.ledger.sync_debug_mode

    def _sleep(self, cycles: int) -> None:
        self._machine.ledger.record("operation", "_sleep")

    def replacements(self) -> dict[str, Any]:
        """Name in `torch.cuda` -> what takes its place."""
        own = {name for name in dir(self) if not name.startswith("__")} - {"_machine", "_card", "replacements"}
        kinds = [name for name in dir(torch.cuda) if name.endswith("Tensor")]
        return {name: getattr(self, name) for name in own} | {
            name: LegacyType(name, (), {"__module__": "torch.cuda"}) for name in kinds
        }


def accelerator(cuda: CudaNamespace) -> dict[str, Any]:
    """Name in `torch.accelerator` -> what takes its place. `DataLoader(pin_memory=True)` asks there."""
    return {
        "is_available": cuda.is_available,
        "device_count": cuda.device_count,
        "current_accelerator": lambda check_available=False: torch.device("cuda"),
        "current_device_index": cuda.current_device,
        "current_device_idx": cuda.current_device,
        "set_device_index": cuda.set_device,
        "set_device_idx": cuda.set_device,
        "device_index": cuda.device,
        "current_stream": cuda.current_stream,
        "set_stream": cuda.set_stream,
        "synchronize": cuda.synchronize,
        "empty_cache": cuda.empty_cache,
        "memory_allocated": cuda.memory_allocated,
        "max_memory_allocated": cuda.max_memory_allocated,
        "memory_reserved": cuda.memory_reserved,
        "max_memory_reserved": cuda.max_memory_reserved,
        "memory_stats": cuda.memory_stats,
        "reset_peak_memory_stats": cuda.reset_peak_memory_stats,
        "get_memory_info": cuda.mem_get_info,
    }


def generator_type(machine: Machine) -> type:
    """What `torch.Generator` becomes: a type that makes generators of cards too, and knows all others as its own."""
    real = internals.Generator

    class GeneratorType(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, real)

        def __call__(cls, device: Any = "cpu") -> Any:
            named = torch.device(device) if isinstance(device, str) else device
            if isinstance(named, torch.device) and named.type != "cuda":
                return real(named)
            card = machine.card(named)
            return DeviceGenerator(card.shown, card.generator.initial_seed())

    return GeneratorType("Generator", (), {"__module__": "torch"})
