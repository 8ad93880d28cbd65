"""Storages of a simulated card: saving and loading, deep copies, pinned host memory."""

from __future__ import annotations

from typing import Any, cast

import torch

from grader.simcuda import wording
from grader.simcuda.machine import Machine, card_of_storage

_PINNED = "_simcuda_pinned"


def _copy(storage: torch.UntypedStorage) -> torch.UntypedStorage:
    made: torch.UntypedStorage = cast(Any, torch.UntypedStorage)(storage.nbytes())
    return made.copy_(storage, False)


class DeviceStorage(torch.UntypedStorage):
    """The storage of a simulated tensor: host memory that says it is on the card."""

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        card = card_of_storage(self)
        return torch.device("cpu") if card is None else card.shown

    @property
    def is_cuda(self) -> bool:
        return True

    def cpu(self) -> torch.UntypedStorage:
        return _copy(self)

    def clone(self) -> torch.UntypedStorage:
        return self.cpu()


def shown_storage(raw: torch.Tensor) -> torch.UntypedStorage:
    """The storage of `raw`, with the face of a device's storage."""
    storage = raw.untyped_storage()
    storage.__class__ = DeviceStorage
    return storage


def copied(raw: torch.Tensor, memo: dict[int, Any]) -> torch.Tensor:
    """A copy of `raw` with its layout; tensors that share a storage share its copy, if they share `memo`."""
    storage = raw.untyped_storage()
    copies: dict[Any, torch.UntypedStorage] = memo.setdefault("simcuda", {})  # type: ignore[call-overload]
    address = storage._cdata
    if address not in copies:
        copies[address] = _copy(storage)
    return torch.empty(0, dtype=raw.dtype).set_(copies[address], raw.storage_offset(), raw.size(), raw.stride())


class Loader:
    """How `torch.load` puts a storage onto a card: `torch.serialization.register_package` takes these two methods."""

    priority = 15
    """Before PyTorch's own reader of CUDA storages, after that of CPU storages."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def tag(self, storage: Any) -> str | None:
        return str(storage.device) if isinstance(storage, DeviceStorage) else None

    def restore(self, storage: Any, location: str) -> torch.UntypedStorage | None:
        if not location.startswith("cuda"):
            return None
        index = torch.device(location).index or 0
        if index >= len(self._machine.cards):
            raise wording.missing_card(index, len(self._machine.cards))
        return self._moved(storage, location, "load")

    def to_card(self, storage: Any, device: Any = None) -> Any:
        """The storage itself if it is on that card, else a copy there."""
        card = self._machine.card(device)
        same = isinstance(storage, DeviceStorage) and card_of_storage(storage) is card
        return storage if same else self._moved(storage, card.shown, "to")

    def methods(self) -> dict[str, Any]:
        """Name in `torch.UntypedStorage` -> what takes its place."""
        to = torch.UntypedStorage.to

        def to_device(storage: Any, *, device: Any, non_blocking: bool = False) -> Any:
            if torch.device(device).type == "cuda":
                return self.to_card(storage, torch.device(device))
            return to(storage, device=device, non_blocking=non_blocking)

        return {"cuda": lambda storage, device=None, non_blocking=False: self.to_card(storage, device), "to": to_device}

    def _moved(self, storage: Any, device: Any, operation: str) -> torch.UntypedStorage:
        card = self._machine.card(device)
        moved = _copy(storage)
        card.adopt_storage(moved)
        moved.__class__ = DeviceStorage
        self._machine.ledger.record("host_to_device", operation, moved.nbytes())
        return moved


def pin(tensor: torch.Tensor) -> torch.Tensor:
    """A copy of a CPU tensor in what counts as page-locked memory; the tensor itself where it already is."""
    if is_pinned(tensor):
        return tensor
    copy = tensor.detach().clone().requires_grad_(tensor.requires_grad)
    setattr(copy.untyped_storage(), _PINNED, True)
    return copy


def is_pinned(tensor: torch.Tensor) -> bool:
    return tensor.device.type == "cpu" and hasattr(tensor.untyped_storage(), _PINNED)
