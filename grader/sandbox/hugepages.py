"""Fewer pages to hand on: each fork copies the table of all pages of its parent, and its end undoes that."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from grader.sandbox import linux

HUGE = 2 << 20  # bytes of a huge page
LEAST = 16 << 20  # bytes; smaller stretches are not worth the copying
_STRETCH = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw-p \S+ \S+ 0 *\n(?:[A-Z].*\n)*?Rss: +(\d+) kB$", re.MULTILINE)


def gather() -> None:
    """Move what libraries keep in large tables of their own, and seldom write to, into huge pages.

    A PyTorch that knows CUDA has one of 84 MB. To gather it takes 0.2 s, once; then each fork of this process, and of
    its children, takes 5 ms less. Where the system has no huge pages nothing happens.
    """
    for start, end in _stretches():
        with contextlib.suppress(OSError):
            linux.collapse(start, end - start)


def _stretches() -> Iterator[tuple[int, int]]:
    """Memory that belongs to no file and is not the heap, as far as nearly all of it is there."""
    with contextlib.suppress(OSError):
        for found in _STRETCH.finditer(Path("/proc/self/smaps").read_text()):
            start, end = int(found[1], 16), int(found[2], 16)
            if end - start >= LEAST and int(found[3]) << 10 > (end - start) * 0.9:
                yield -(-start // HUGE) * HUGE, end // HUGE * HUGE
