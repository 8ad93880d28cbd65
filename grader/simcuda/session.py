"""Starting and stopping the simulation: everything that is changed in PyTorch is changed here, and undone here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
import torch.serialization
from torch.nn.parallel import comm

from grader.simcuda import (
    autocast,
    internals,
    modules,
    namespace,
    parallel,
    refusals,
    storage,
    streams,
    threads,
    wording,
)
from grader.simcuda.dispatch import DispatchMode
from grader.simcuda.functions import FunctionMode
from grader.simcuda.ledger import Counts, TraceEvent
from grader.simcuda.machine import Machine

_GIB = 1 << 30
_active: SimulatedCuda | None = None


class SimulatedCuda:
    """A running simulation, and what its cards have seen."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._thread = threading.get_ident()
        self._undo = ExitStack()

    @property
    def counts(self) -> Counts:
        """Totals since the start or the last `reset_counts`. A snapshot: take two and subtract."""
        return self._machine.ledger.counts()

    def trace(self) -> list[TraceEvent]:
        """The last events (at most `ledger.TRACE_LENGTH`) since the start or the last `reset_counts`, oldest first."""
        return self._machine.ledger.trace()

    def reset_counts(self) -> None:
        """Begin counts and trace anew."""
        self._machine.ledger.reset()

    @property
    def active(self) -> bool:
        return _active is self

    def stop(self) -> None:
        """Leave the simulation. Its tensors can still be read and brought back with `.cpu()`.

        Raises RuntimeError from another thread than the one that started it; does nothing the second time.
        """
        if not self.active:
            return
        if threading.get_ident() != self._thread:
            raise RuntimeError("the simulated CUDA device must be stopped by the thread that started it")
        self._undo.close()

    def __repr__(self) -> str:
        return f"SimulatedCuda(devices={len(self._machine.cards)}, {self.counts})"


def start_simulation(*, devices: int = 1, memory: int = 8 * _GIB) -> SimulatedCuda:
    """Begin what `simulated_cuda` does, for as long as until `stop()` is called: for notebooks and set-up functions.

    Args:
        devices: how many cards there are, at least 1.
        memory: bytes of each card.

    Raises RuntimeError where a simulation is already running.
    """
    global _active
    if _active is not None:
        raise RuntimeError("a simulated CUDA device is already active; stop it before starting another")
    if devices < 1 or memory < 1:
        raise ValueError("a simulation needs at least one device, and some memory")
    device = SimulatedCuda(Machine(devices, memory, torch.initial_seed()))
    with ExitStack() as undo:
        undo.callback(_forget)
        _active = device
        _enter(device._machine, undo)
        device._undo = undo.pop_all()
    return device


@contextmanager
def simulated_cuda(*, devices: int = 1, memory: int = 8 * _GIB, join: bool = False) -> Iterator[SimulatedCuda]:
    """Within the block there is a CUDA device that computes on the CPU, and counts.

    `torch.cuda.is_available()` is true, `"cuda"` works wherever PyTorch takes a device, and what a real device refuses
    is refused with PyTorch's own exceptions and sentences: mixing devices, `.numpy()` of a device tensor, an ordinal
    that does not exist, more than its memory. Values are the CPU's. Random draws come from a generator per card, so
    they differ from the CPU's under the same seed. `torch.cuda.Event` measures work, not time: every operation or
    copy counts 0.01 ms. `torch.compile` returns what it is given. A real device is out of reach inside the block.

    Threads that are started inside the block see the device too; those that ran before see its tensors, but cannot
    name it.

        with simulated_cuda() as device:
            before = device.counts
            train_one_epoch(net.to("cuda"), loader)
            assert (device.counts - before).synchronising_reads <= 1

    Args:
        devices: how many cards there are, at least 1.
        memory: bytes of each card; an allocation beyond them raises torch.OutOfMemoryError.
        join: where a simulation is already running, use that one, as it is, and let it run on after the block.

    Raises RuntimeError where a simulation is already running that is not to be joined, or has fewer devices.
    """
    if join and _active is not None:
        if len(_active._machine.cards) < devices:
            raise RuntimeError(f"the simulation that is running has fewer than {devices} devices")
        yield _active
        return
    device = start_simulation(devices=devices, memory=memory)
    try:
        yield device
    finally:
        device.stop()


def _forget() -> None:
    global _active
    _active = None


def _enter(machine: Machine, undo: ExitStack) -> None:
    _replace_names_of_devices(machine, undo)
    _replace_what_moves(machine, undo)
    undo.callback(autocast.install()._destroy)
    _register_loader(machine, undo)
    _keep_default_device(undo)
    undo.enter_context(_modes(machine))
    _replace(undo, threading.Thread, {"start": threads.starting(lambda: _modes(machine))})


def _replace_names_of_devices(machine: Machine, undo: ExitStack) -> None:
    """What a user asks about cards, streams, events and generators."""
    cuda = namespace.CudaNamespace(machine)
    replaced = cuda.replacements()
    for home in (torch.cuda, torch.cuda.memory, torch.cuda.random, torch.cuda.streams):
        _replace(undo, home, replaced)
    homes: tuple[Any, ...] = (torch.accelerator, getattr(torch.accelerator, "memory", None))
    for home in homes:
        _replace(undo, home, namespace.accelerator(cuda))
    _replace(undo, torch, {"Generator": namespace.generator_type(machine)})
    _replace(undo, torch, {"Stream": streams.neutral(torch.Stream, cuda.Stream)})
    _replace(undo, torch, {"Event": streams.neutral(torch.Event, cuda.Event)})
    _replace(undo, torch.cuda, refusals.CUDA)


def _replace_what_moves(machine: Machine, undo: ExitStack) -> None:
    """What PyTorch's Python code does with modules and tensors where it looks past the modes."""
    _replace(undo, torch, {"compile": modules.compile_eagerly})
    _replace(undo, torch.export, {"export": refusals.on_host_only(torch.export.export, refusals.EXPORT)})
    _replace(undo, torch.nn.Module, {"_apply": modules.apply, "compile": modules.compile_module})
    lazy = internals.UninitializedTensorMixin
    _replace(undo, lazy, {"materialize": modules.materializing(lazy.materialize)})
    places: tuple[Any, ...] = (comm, sys.modules.get("torch.cuda.comm"))
    for home in places:
        _replace(undo, home, parallel.Communication(machine).replacements())
    # Without this, recurrent layers would pack their weights for cuDNN when they move.
    _replace(undo, torch.backends.cudnn, {"is_acceptable": lambda tensor: False})
    _replace(undo, torch.Tensor, {"pin_memory": _pin_memory, "is_pinned": _is_pinned})
    _replace(undo, internals.C, {internals.group_tensors: _grouped(machine)})


def _replace(undo: ExitStack, home: Any, replaced: dict[str, Any]) -> None:
    """Set attributes of `home` that it has, and undo it by the book: an inherited attribute is deleted again."""
    for name, value in replaced.items():
        if home is None or not hasattr(home, name):
            continue
        if name in vars(home):
            undo.callback(setattr, home, name, vars(home)[name])
        else:
            undo.callback(delattr, home, name)
        setattr(home, name, value)


def _grouped(machine: Machine) -> Callable[..., Any]:
    """How optimizers with `foreach=True` sort their tensors, with the devices that users see."""
    group = getattr(internals.C, internals.group_tensors)

    def grouped(*args: Any) -> Any:
        shown = {}
        for (device, dtype), tensors in group(*args).items():
            card = machine.card_of(device)
            shown[device if card is None else card.shown, dtype] = tensors
        return shown

    return grouped


def _pin_memory(tensor: torch.Tensor, device: Any = None) -> torch.Tensor:
    """`Tensor.pin_memory`, also for the thread of a DataLoader, where no mode is active."""
    if tensor.device.type != "cpu":
        raise wording.cannot_pin(tensor)
    return storage.pin(tensor)


def _is_pinned(tensor: torch.Tensor, device: Any = None) -> bool:
    return storage.is_pinned(tensor)


def _register_loader(machine: Machine, undo: ExitStack) -> None:
    loader = storage.Loader(machine)
    _replace(undo, torch.UntypedStorage, loader.methods())
    registry = internals.load_registry
    undo.callback(registry.__setitem__, slice(None), list(registry))
    torch.serialization.register_package(loader.priority, loader.tag, loader.restore)


def _keep_default_device(undo: ExitStack) -> None:
    before = _default_device()
    undo.callback(lambda: None if _default_device() == before else torch.set_default_device(before))


def _default_device() -> Any:
    return internals.default_of_this_thread()


@contextmanager
def _modes(machine: Machine) -> Iterator[None]:
    """See every operation of this thread within the block."""
    with ExitStack() as undo:
        _push(undo, DispatchMode(machine), internals.dispatch_modes)
        _push(undo, FunctionMode(machine), internals.function_modes)
        yield


def _push(undo: ExitStack, mode: Any, stack: Any) -> None:
    mode.__enter__()
    undo.callback(_leave, mode, stack)


def _leave(mode: Any, stack: Any) -> None:
    """Take `mode` off its stack, also from under the modes that a user left on it."""
    above = []
    while (top := stack._pop_mode()) is not mode:
        above.append(top)
    stack._push_mode(mode)
    mode.__exit__(None, None, None)
    for other in reversed(above):
        stack._push_mode(other)
