"""Which device code for CUDA runs on: a real one where there is one, otherwise a simulated one.

An assignment says in `assignment.toml` whether it is about CUDA. The code of all others sees no CUDA device, wherever
it is graded. Nothing here initialises CUDA in this process: its forks could not use it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from grader.errors import UsageError
from grader.locks import try_lock

CPU, CUDA, SIMULATED = "cpu", "cuda", "simulated"


class Device(StrEnum):
    """What `--device` may say."""

    AUTO = "auto"
    CUDA = CUDA
    SIMULATED = SIMULATED


CARDS = 2  # of the simulated machine, so that moving from one to the other can be asked for
_POLL = 0.05  # seconds between two looks at a device that is taken

_NAMES = "import torch; print(*map(torch.cuda.get_device_name, range(torch.cuda.device_count())), sep='\\n')"


def real_devices() -> list[str]:
    """The names of this machine's CUDA devices that PyTorch can use; asked in another process, which takes seconds."""
    if sys.platform == "linux" and not Path("/dev/nvidiactl").exists():
        return []
    asked = subprocess.run([sys.executable, "-c", _NAMES], capture_output=True, text=True)
    return asked.stdout.split("\n")[:-1] if asked.returncode == 0 and asked.stdout.strip() else []


def choose(wanted: Device) -> str:
    """What `--device` means here: "cuda (its name)" or "simulated". Raises UsageError when it cannot be had."""
    names = [] if wanted is Device.SIMULATED else real_devices()
    if wanted is Device.CUDA and not names:
        raise UsageError("--device cuda: PyTorch finds no CUDA device here; --device simulated needs none")
    return f"{CUDA} ({names[0]})" if names else SIMULATED


def is_real(device: str) -> bool:
    return device.startswith(CUDA)


def shown(device: str) -> str:
    """The device in words, for reports."""
    return "simulated CUDA" if device == SIMULATED else device


def nodes() -> tuple[Path, ...]:
    """The device files that CUDA needs."""
    return tuple(sorted(path for path in Path("/dev").glob("nvidia*") if not path.is_dir()))


@contextmanager
def on(device: str) -> Iterator[None]:
    """Within the block, code of our own that names CUDA finds this device."""
    if device == SIMULATED:
        from grader.simcuda import simulated_cuda

        with simulated_cuda(devices=CARDS, join=True):
            yield
    else:
        yield


@contextmanager
def lease(device: str) -> Iterator[int]:
    """Wait for a CUDA device that no other grader on this machine uses, and hold it; yields its number.

    The lock is the system's, so that a grader that dies gives it back. 0 at once where no real device is meant.
    """
    if not is_real(device):
        yield 0
        return
    locks = [Path(tempfile.gettempdir(), f"grader-cuda-{n}.lock").open("a") for n in range(max(_count(), 1))]  # noqa: SIM115
    try:
        yield _first_free([lock.fileno() for lock in locks])
    finally:
        for lock in locks:
            lock.close()


def _first_free(locks: list[int]) -> int:
    while True:
        for number, lock in enumerate(locks):
            if try_lock(lock):
                return number
        time.sleep(_POLL)


def _count() -> int:
    return sum(path.name.removeprefix("nvidia").isdigit() for path in nodes())
