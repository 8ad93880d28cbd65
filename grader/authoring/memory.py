"""Proofs that were made already: each is remembered as the hash of all that it rests on.

A folder with an empty file for each. It can be copied, merged with another, or lost; what is forgotten is proved again.
Only proofs without a fault are remembered: a fault is looked for anew until it is gone. Until a proof is complete, what
its notebooks answered lies there, too: one that was cut off goes on from there.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from pathlib import Path

from grader.folders import replacing

DAY = 24 * 3600  # seconds
KEPT = 90 * DAY  # since a proof was last of use
HELD = 3 * DAY  # what a proof that was cut off may go on with


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

    def hold(self, key: str, answer: str) -> None:
        """Put down what a notebook answered, until its proof is complete; all of it or nothing."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._held(key)) as new:
                new.write_text(answer, encoding="utf-8")

    def held(self, key: str) -> str:
        """What was put down under this key; "" where nothing was."""
        try:
            return self._held(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def release(self, keys: Iterable[str]) -> None:
        """Take away what was put down: the proof is complete."""
        for key in keys:
            with contextlib.suppress(OSError):
                self._held(key).unlink(missing_ok=True)

    def _held(self, key: str) -> Path:
        return self.folder / f"{key}.answer"

    def forget_old(self) -> None:
        """Forget what nobody has asked for in a long time."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.stat().st_mtime < time.time() - (HELD if path.suffix else KEPT):
                    path.unlink(missing_ok=True)
