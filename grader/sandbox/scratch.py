"""Folders that student code has written to, as the trusted side may touch them."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

_ENTRY = 4096  # bytes that a name takes, about
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


MARK = ".grader-scratch"  # in every scratch folder: what has it may be removed when its maker is gone


def make_scratch() -> Path:
    """A new scratch folder of this process, with a short path."""
    path = Path(tempfile.mkdtemp(prefix=f"grader-{os.getpid()}-")).resolve()
    try:
        (path / MARK).touch(0o600)
    except OSError:  # the disk is full
        path.rmdir()
        raise
    return path


def left_over(alive: Callable[[int], bool]) -> Iterator[Path]:
    """The scratch folders of this user whose makers have ended; whatever else is named like one is nobody's business.

    Args:
        alive: whether a process is still there.
    """
    for path in Path(tempfile.gettempdir()).glob("grader-*-*"):
        number = path.name.split("-")[1]
        if not number.isdecimal() or alive(int(number)):
            continue
        with contextlib.suppress(OSError):  # gone, or another user's
            mark = (path / MARK).lstat()
            if stat.S_ISDIR(path.lstat().st_mode) and stat.S_ISREG(mark.st_mode) and mark.st_uid == os.geteuid():
                yield path


def remove_tree(root: Path) -> None:
    """Remove a folder and all below it, however deep, whatever its permissions; follow no link.

    shutil.rmtree recurses, and 5,000 nested folders end it; so would a path of that length. Here one folder is open
    at a time: subfolders are first moved up into `root`, so nothing is ever deep.
    """
    if root.is_symlink() or root.is_file():  # without walls, student code may put anything there
        root.unlink()
        return
    try:
        fd = _open_folder(root)
    except FileNotFoundError:
        return
    except NotADirectoryError:  # a pipe, a socket
        root.unlink()
        return
    try:
        fresh = (f"{secrets.token_hex(8)}-{number}" for number in count())
        while names := [entry.name for entry in os.scandir(fd)]:
            for name in names:
                with contextlib.suppress(FileNotFoundError):  # what is just ending may remove its own
                    _flatten(fd, name, fresh)
    finally:
        os.close(fd)
    root.rmdir()


def renew_scratch(root: Path) -> None:
    """Have a new scratch folder there, whatever student code has put in its place. Raises OSError."""
    remove_tree(root)
    root.mkdir(mode=0o700)
    (root / MARK).touch(0o600)


def tail(path: Path, size: int = 4096) -> bytes:
    """The end of a file that student code may have touched; nothing of what is no ordinary file. Waits for nobody."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            return b""
        return os.pread(fd, size, max(status.st_size - size, 0))
    finally:
        os.close(fd)


def _open_folder(path: str | Path, dir_fd: int | None = None) -> int:
    """Open a folder, giving ourselves the rights that its owner may have taken away."""
    try:
        fd = os.open(path, _FOLDER, dir_fd=dir_fd)
        if os.fstat(fd).st_mode & 0o700 == 0o700:
            return fd
        os.fchmod(fd, 0o700)
        return fd
    except PermissionError:
        os.chmod(path, 0o700, dir_fd=dir_fd)
        return os.open(path, _FOLDER, dir_fd=dir_fd)


def _flatten(root: int, name: str, fresh: Iterator[str]) -> None:
    """Remove one entry of `root`; of a folder, move the subfolders up under fresh names and remove the rest."""
    try:
        os.unlink(name, dir_fd=root)
        return
    except (IsADirectoryError, PermissionError):  # macOS says the latter of a folder
        fd = _open_folder(name, root)
    try:
        with os.scandir(fd) as entries:
            inside = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        for child, is_folder in inside:
            if is_folder:
                os.close(_open_folder(child, fd))  # moving a folder writes to it
                os.rename(child, next(fresh), src_dir_fd=fd, dst_dir_fd=root)
            else:
                os.unlink(child, dir_fd=fd)
    finally:
        os.close(fd)
    os.rmdir(name, dir_fd=root)


def tree_size(root: Path, limit: int) -> int:
    """Bytes that a folder occupies, an empty file included; counting stops beyond `limit`.

    What hides from counting, in a folder that cannot be read or under a path that is too long, is beyond it.
    """
    total, waiting = 0, [str(root)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    total += _size(entry)
                    if total > limit:
                        return total
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except FileNotFoundError:  # it was removed a moment ago
            continue
        except OSError:
            return limit + 1
    return total


def _size(entry: os.DirEntry[str]) -> int:
    """Bytes that an entry occupies; none if it was removed a moment ago."""
    try:
        return max(entry.stat(follow_symlinks=False).st_blocks * 512, _ENTRY)
    except FileNotFoundError:
        return 0
