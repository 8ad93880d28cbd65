"""Where kernels and workers of tests come from: one process for each kind of walls, which has loaded PyTorch once.

Tests of a host's start, of its end and of what it has loaded have others of their own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from functools import cache
from unittest import mock

from grader.kernel.modules import EVERYTHING
from grader.kernel.outside.start import Ancestor
from grader.running import team


class SharedAncestor(Ancestor):
    """Outlives the command that asked for it, and ends with this process."""

    def close(self) -> None:
        """Not yet."""


@cache
def _ancestor(walls: str) -> SharedAncestor:
    ancestor = SharedAncestor()
    ancestor.host(walls, EVERYTHING)
    return ancestor


def shared_ancestor(walls: str, parts: Iterable[str] = EVERYTHING, many: bool = False) -> SharedAncestor:
    """The one for these walls, which has loaded everything; a new one when it has died."""
    if _ancestor(walls).process.poll() is not None:
        _ancestor.cache_clear()
    return _ancestor(walls)


@contextlib.contextmanager
def shared() -> Iterator[None]:
    """Meanwhile all that grades in this process has its workers and kernels from there."""
    with mock.patch.object(team, "open_ancestor", shared_ancestor):
        yield
