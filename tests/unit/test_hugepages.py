"""Memory is moved into huge pages, and is what it was; small stretches and holes are left alone."""

from __future__ import annotations

import ctypes
import mmap
import sys

import pytest

from grader.sandbox import hugepages

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells where memory lies")


def private(size: int) -> mmap.mmap:
    return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


def found(memory: mmap.mmap) -> bool:
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return any(first <= start + hugepages.HUGE < last for first, last in hugepages._stretches())


def test_what_is_there_stays_as_it_is() -> None:
    """A large table is found, and reads the same afterwards."""
    table = private(3 * hugepages.LEAST)
    table[:] = bytes(range(256)) * (len(table) // 256)
    assert found(table)
    hugepages.gather()
    assert table[:] == bytes(range(256)) * (len(table) // 256)


def test_what_is_not_there_stays_away() -> None:
    """Memory that was asked for and never used would only now be taken."""
    assert not found(private(3 * hugepages.LEAST))
