"""How long a process was ready to run and did not: others had the processor. On Linux, where the kernel counts it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class RunQueue:
    """What `schedstat` says of one thread: the seconds that it waited for a processor.

    Args:
        fd: the open file; closed with this.
    """

    def __init__(self, fd: int) -> None:
        self.fd, self._last = fd, 0.0

    @classmethod
    def of_this_thread(cls) -> RunQueue | None:
        """Our own; None where there is none."""
        with contextlib.suppress(OSError):
            return cls(os.open("/proc/thread-self/schedstat", os.O_RDONLY | os.O_CLOEXEC))
        return None

    def waited(self) -> float:
        """Seconds since it was started; of one that has ended, the last that was heard."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            self._last = int(os.pread(self.fd, 100, 0).split()[1]) / 1e9
        return self._last

    def close(self) -> None:
        """Once or more often; what was heard last stays."""
        if self.fd >= 0:
            self.waited()
            os.close(self.fd)
        self.fd = -1


def open_schedstat(pid: int) -> int | None:
    """The open file of a child's main thread, whichever namespace its number is of; None where there is none."""
    try:
        child = os.pidfd_open(pid)
    except (OSError, AttributeError):  # no Linux, or an old one
        return None
    try:
        said = Path(f"/proc/self/fdinfo/{child}").read_text()
        seen = next(line.split()[1] for line in said.splitlines() if line.startswith("Pid:"))
        return os.open(f"/proc/{seen}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except (OSError, StopIteration):
        return None
    finally:
        os.close(child)
