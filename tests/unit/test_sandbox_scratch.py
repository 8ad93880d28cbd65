"""The trusted side touches folders that student code has written to, and is not fooled or stopped by them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.policy import SandboxError
from grader.sandbox.scratch import read_inside, remove_tree, tree_size


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A student's folder, beside a secret."""
    (tmp_path / "secret").write_text("42")
    (tmp_path / "work" / "sub").mkdir(parents=True)
    yield tmp_path / "work"
    remove_tree(tmp_path / "work")


def read(folder: Path, name: str, limit: int = 100) -> bytes:
    fd = os.open(folder, os.O_RDONLY)
    try:
        return read_inside(fd, name, limit)
    finally:
        os.close(fd)


def test_an_ordinary_file_is_read(folder: Path) -> None:
    (folder / "plot.png").write_bytes(b"x" * 100)
    assert read(folder, "plot.png") == b"x" * 100


def test_a_file_beyond_the_limit_is_refused(folder: Path) -> None:
    with (folder / "huge").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SandboxError, match="more than 100 bytes"):
        read(folder, "huge")


@pytest.mark.parametrize(
    "name", ["link", "linked/secret", "hard", "pipe", "../secret", "absolute", "sub", "missing", "", "a\0b", "socket"]
)
def test_everything_else_is_refused(folder: Path, name: str) -> None:
    """Links of both kinds, pipes, folders, and paths that lead out."""
    secret = folder.parent / "secret"
    (folder / "link").symlink_to(secret)
    (folder / "linked").symlink_to(folder.parent)
    (folder / "hard").hardlink_to(secret)
    os.mkfifo(folder / "pipe")
    os.mknod(folder / "socket", 0o140600)
    with pytest.raises(SandboxError):
        read(folder, str(secret) if name == "absolute" else name)


def test_a_deep_folder_is_removed(tmp_path: Path) -> None:
    """5,000 levels: more than recursion and path names can take."""
    here = Path.cwd()
    root = tmp_path / "deep"
    root.mkdir()
    os.chdir(root)
    try:
        for _ in range(5000):
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


def test_the_size_of_a_folder_is_counted_up_to_a_limit(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / str(number)).write_bytes(bytes(10_000))
    assert 100_000 <= tree_size(tmp_path, 1 << 30) < 200_000
    assert 20_000 < tree_size(tmp_path, 20_000) < 100_000
