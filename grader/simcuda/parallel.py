"""What `nn.DataParallel` and `torch.nn.parallel` send between cards: PyTorch's own code for it is written in CUDA."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from grader.simcuda.machine import Machine

Tensors = Sequence[torch.Tensor]


class Communication:
    """Each method takes the place of the function of its name in `torch.nn.parallel.comm`."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def _device(self, named: Any) -> torch.device:
        """Where -1 and "cpu" are the host, and None is the current card."""
        if named in (-1, "cpu", torch.device("cpu")):
            return torch.device("cpu")
        return self._machine.card(named).shown

    def _devices(self, named: Any) -> list[torch.device]:
        everywhere = range(len(self._machine.cards))
        return [self._machine.card(device).shown for device in (everywhere if named is None else named)]

    def broadcast(self, tensor: torch.Tensor, devices: Any = None, *, out: Any = None) -> tuple[torch.Tensor, ...]:
        if out is not None:
            return tuple(target.copy_(tensor, non_blocking=True) for target in out)
        return tuple(tensor.to(device, non_blocking=True) for device in self._devices(devices))

    def broadcast_coalesced(self, tensors: Tensors, devices: Any, buffer_size: int = 0) -> list[list[torch.Tensor]]:
        return [[tensor.to(device, non_blocking=True) for tensor in tensors] for device in self._devices(devices)]

    def reduce_add(self, inputs: Tensors, destination: Any = None) -> torch.Tensor:
        shapes = {tensor.shape for tensor in inputs}
        if len(shapes) != 1:
            raise ValueError(f"input tensors have different sizes: {', '.join(str(tuple(shape)) for shape in shapes)}")
        device = self._device(destination)
        total = inputs[0].to(device, non_blocking=True)
        for tensor in inputs[1:]:
            total = total + tensor.to(device, non_blocking=True)
        return total

    def reduce_add_coalesced(
        self, inputs: Sequence[Tensors], destination: Any = None, buffer_size: int = 0
    ) -> tuple[torch.Tensor, ...]:
        return tuple(self.reduce_add(parts, destination) for parts in zip(*inputs, strict=True))

    def scatter(
        self, tensor: torch.Tensor, devices: Any = None, chunk_sizes: Any = None, dim: int = 0, streams: Any = None,
        *, out: Any = None,
    ) -> tuple[torch.Tensor, ...]:  # fmt: skip
        if out is not None:
            parts = torch.split(tensor, [target.size(dim) for target in out], dim)
            return tuple(target.copy_(part, non_blocking=True) for target, part in zip(out, parts, strict=True))
        targets = self._devices(devices)
        chunks = tensor.chunk(len(targets), dim) if chunk_sizes is None else torch.split(tensor, list(chunk_sizes), dim)
        return tuple(chunk.to(target, non_blocking=True) for chunk, target in zip(chunks, targets, strict=False))

    def gather(self, tensors: Tensors, dim: int = 0, destination: Any = None, *, out: Any = None) -> torch.Tensor:
        device = out.device if out is not None else self._device(destination)
        joined = torch.cat([tensor.to(device, non_blocking=True) for tensor in tensors], dim)
        return joined if out is None else out.copy_(joined)

    def replacements(self) -> dict[str, Any]:
        """Name in `torch.nn.parallel.comm` -> what takes its place."""
        names = ("broadcast", "broadcast_coalesced", "reduce_add", "reduce_add_coalesced", "scatter", "gather")
        return {name: getattr(self, name) for name in names}
