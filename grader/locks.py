"""Locks between processes on one machine. The system gives them back when their holder ends, however that happens."""

from __future__ import annotations

import fcntl


def try_lock(file: int) -> bool:
    """Take the lock of an open file without waiting; False when another process holds it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
