"""The trusted side touches folders that student code has written to, and is not fooled or stopped by them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox.scratch import remove_tree, tree_size


def test_a_deep_folder_is_removed(tmp_path: Path) -> None:
    """2,500 levels: more than recursion and path names can take."""
    here = Path.cwd()
    root = tmp_path / "deep"
    root.mkdir()
    os.chdir(root)
    try:
        for _ in range(2500):
            os.mkdir("d")  # noqa: PTH102  (relative to where we are by now)
            os.chdir("d")
    finally:
        os.chdir(here)
    remove_tree(root)
    assert not root.exists()


def test_a_folder_without_permissions_is_removed(tmp_path: Path) -> None:
    inner = tmp_path / "locked" / "inner"
    (inner / "deeper").mkdir(parents=True)
    (inner / "file").write_text("x")
    for path in (inner / "deeper", inner, inner.parent):
        path.chmod(0)
    remove_tree(inner.parent)
    assert not inner.parent.exists()


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    (kept / "sub").mkdir(parents=True)
    doomed = tmp_path / "doomed"
    (doomed / "sub").mkdir(parents=True)
    (doomed / "link").symlink_to(kept)
    (doomed / "sub" / "link").symlink_to(kept / "sub")
    remove_tree(doomed)
    assert not doomed.exists() and (kept / "sub").is_dir()


def test_a_folder_that_is_gone_is_no_error(tmp_path: Path) -> None:
    remove_tree(tmp_path / "gone")


def test_what_vanishes_meanwhile_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made a file may remove it between our look and our hand."""
    (root := tmp_path / "work").mkdir()
    (root / "sub").mkdir()
    for name in ("first", "second", "sub/third"):
        (root / name).touch()
    unlink = os.unlink

    def twice(name: str, *, dir_fd: int) -> None:
        unlink(name, dir_fd=dir_fd)
        raise FileNotFoundError(name)

    monkeypatch.setattr(os, "unlink", twice)
    remove_tree(root)
    assert not root.exists()


def test_the_size_of_a_folder_is_counted_up_to_a_limit(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / str(number)).write_bytes(bytes(10_000))
    assert 100_000 <= tree_size(tmp_path, 1 << 30) < 200_000
    assert 20_000 < tree_size(tmp_path, 20_000) < 100_000
