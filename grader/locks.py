"""Locks between processes on one machine. The system gives them back when their holder ends, however that happens."""

from __future__ import annotations

import sys


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
