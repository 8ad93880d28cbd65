"""Locks between processes on one machine. The system gives them back when their holder ends, however that happens."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path


def locks_hold(folder: Path) -> bool:
    """Whether a lock in this folder keeps anybody out: on some network file systems it cannot be had, or means nothing.

    True where no file can be made: that is another fault, which is met by whoever needs one.
    """
    try:
        with (
            tempfile.NamedTemporaryFile(dir=folder, prefix=".grader-lock-") as first,
            Path(first.name).open() as second,
        ):
            return try_lock(first.fileno()) and not try_lock(second.fileno())
    except OSError:
        return True


def try_lock(file: int) -> bool:
    """Take the lock of an open file without waiting; False when another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
