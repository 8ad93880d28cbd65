"""Where what outlives a run lies, outside of the course and of its results."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """What may be lost at any time: the list of fonts, remembered proofs."""
    return user_cache_path("grader")
