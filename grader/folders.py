"""Folders: for what outlives a run, outside of the course and of its results; and for results."""

from __future__ import annotations

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
