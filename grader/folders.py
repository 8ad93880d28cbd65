"""Folders: for what outlives a run, outside of the course and of its results; and for results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path

from grader.errors import UsageError


def cache_folder() -> Path:
    """What may be lost at any time: the list of fonts, remembered proofs."""
    return user_cache_path("grader")


def make_folder(path: Path) -> Path:
    """A folder for results, made if it is not there. Raises UsageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: no folder can be made there ({error.strerror}); name another") from error
    return path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Where to write what takes the place of a file when the block ends: all of it, or what was there stays.

    Two processes write in two places. Raises OSError.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
