"""A file is replaced whole, or stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.folders import replacing


def test_it_takes_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    with replacing(path) as new:
        new.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new" and [one.name for one in tmp_path.iterdir()] == ["file"]


def test_what_was_there_stays_where_it_fails(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(KeyError), replacing(path) as new:
        new.write_text("half")
        raise KeyError
    assert path.read_text() == "old" and [one.name for one in tmp_path.iterdir()] == ["file"]


def test_nothing_is_made_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "file"):
        pass
    assert list(tmp_path.iterdir()) == []
