"""Proofs that were made already: each is remembered as the hash of all that it rests on.

A folder with an empty file for each. It can be copied, merged with another, or lost; what is forgotten is proved again.
Only proofs without a fault are remembered: a fault is looked for anew until it is gone.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

KEPT = 90 * 24 * 3600  # seconds since a proof was last of use


class Memory:
    """Remembered proofs.

    Args:
        folder: made on first use. Where it cannot be written, nothing is remembered.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def knows(self, key: str) -> bool:
        """Whether this proof was made, and is worth keeping for another while."""
        path = self.folder / key
        if not path.is_file():
            return False
        with contextlib.suppress(OSError):
            path.touch()
        return True

    def keep(self, key: str) -> None:
        """Remember a proof."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / key).touch()

    def forget_old(self) -> None:
        """Forget what nobody has asked for in a long time."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.stat().st_mtime < time.time() - KEPT:
                    path.unlink(missing_ok=True)
