"""Lists what lies under a path: folders and archives alike become a tree, and nothing is read yet but names."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from grader.errors import SubmissionError
from grader.intake.archive import Archive, Member
from grader.text import clean, spelled

NOTEBOOKS = (".ipynb", ".ipynb.json", ".ipynb.txt")
ARCHIVES = (".zip",)
NOT_ORDINARY = "It is not an ordinary file but a link or a device."
MAX_ARCHIVE = 2 << 30
MAX_NESTED = 2  # archives in an archive

# What operating systems, editors and version control leave behind
_LEFT_FOLDERS = re.compile(
    r"__MACOSX|__pycache__|\.(?:ipynb_checkpoints|git|github|vscode|idea|venv|cache|config|local|Trash.*"
    r"|pytest_cache|mypy_cache|ruff_cache|Spotlight.*|fseventsd|virtual_documents)"
)
_LEFT_FILES = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini|Icon\r", re.I | re.S)


def is_left_over(name: str, *, folder: bool = False) -> bool:
    """Whether a name is of what a system or a program left there, and nobody handed in."""
    return bool((_LEFT_FOLDERS if folder else _LEFT_FILES).fullmatch(name))


@dataclass(frozen=True, eq=False, slots=True)
class File:
    """A file somewhere.

    Attributes:
        name: as it was written.
        where: its whole path, in words that can be shown and stored.
        modified: seconds since the epoch, 0 where nobody knows.
        read: at most so many bytes; raises SubmissionError.
        fault: why nothing can be read from it, where that is known already.
        left_over: a system or a program left it there.
        context: it lies beside what was asked for, and only helps to understand that.
    """

    name: str
    where: str
    modified: float
    read: Callable[[int], bytes]
    fault: str = ""
    left_over: bool = False
    context: bool = False

    @property
    def is_notebook(self) -> bool:
        return self.name.lower().endswith(NOTEBOOKS)

    @property
    def stem(self) -> str:
        lower = self.name.lower()
        ending = next((e for e in sorted(NOTEBOOKS, key=len, reverse=True) if lower.endswith(e)), "")
        return self.name[: len(self.name) - len(ending)] if ending else Path(self.name).stem


@dataclass(eq=False, slots=True)
class Folder:
    """A folder or an archive. `fault` says why an archive could not be opened; then it is a file of its own."""

    name: str
    where: str
    files: list[File] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    archive: bool = False
    context: bool = False
    path: Path | None = None  # on disk

    @property
    def stem(self) -> str:
        """The name, for an archive without its ending."""
        return Path(self.name).stem if self.archive and self.name.lower().endswith(ARCHIVES) else self.name

    @property
    def inner(self) -> list[Folder]:
        """The folders in it that somebody handed in."""
        return [one for one in self.folders if not one.context and not is_left_over(one.name, folder=True)]

    @property
    def is_empty(self) -> bool:
        return not self.files and not self.folders

    def walk(self, parts: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], File]]:
        """Every file below, with the names that lead to it, its own last."""
        waiting: list[tuple[tuple[str, ...], Folder]] = [(parts, self)]
        while waiting:
            before, folder = waiting.pop()
            for file in folder.files:
                yield (*before, file.name), file
            waiting += [((*before, inner.name), inner) for inner in reversed(folder.folders)]

    def all_folders(self, parts: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Folder]]:
        """Every folder below, with the names that lead to it."""
        waiting = [((*parts, inner.name), inner) for inner in self.folders]
        while waiting:
            names, folder = waiting.pop()
            yield names, folder
            waiting += [((*names, inner.name), inner) for inner in folder.folders]


def list_path(path: Path) -> Folder:
    """What lies under a path: a folder, an archive, or a folder with one file in it."""
    if path.is_dir():
        return _list_folder(path)
    if path.name.lower().endswith(ARCHIVES):
        return _as_archive(_file_at(path, _shown(str(path))), partial(_open_file, path), 0)
    return Folder(path.parent.name, _shown(str(path.parent)), [_file_at(path, _shown(str(path)))], path=path.parent)


def _list_folder(top: Path) -> Folder:
    root = Folder(_shown_name(top), _shown(str(top)), path=top)
    waiting = [(root, top, False)]
    while waiting:
        folder, path, left_over = waiting.pop()
        for entry in _scan(folder, path):
            where = f"{folder.where}/{_shown(entry.name)}"
            if entry.is_dir(follow_symlinks=False):
                inner = Folder(entry.name, where, path=Path(entry.path))
                folder.folders.append(inner)
                waiting.append((inner, Path(entry.path), left_over or is_left_over(entry.name, folder=True)))
                continue
            file = _file_at(Path(entry.path), where, left_over=left_over)
            if file.name.lower().endswith(ARCHIVES) and not file.left_over:
                inside = _as_archive(file, partial(_open_file, Path(entry.path)), 0)
                folder.folders.append(inside)
            else:
                folder.files.append(file)
    return root


def _scan(folder: Folder, path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        said = f"The folder cannot be read: {error.strerror}."
        folder.files.append(_faulty("(a folder that cannot be read)", folder.where, 0.0, said))
        return []


def _as_archive(file: File, opened: Callable[[], IO[bytes]], depth: int) -> Folder:
    """An archive as a folder; one that cannot be opened is a folder with one file, the archive, that cannot be read."""
    folder = Folder(file.name, file.where, archive=True)
    try:
        if depth > MAX_NESTED:
            raise SubmissionError("The archive holds an archive that holds an archive.")
        archive = Archive(opened)
        members = archive.members()
        if not members:
            raise SubmissionError("The archive is empty.")
    except SubmissionError as error:
        folder.files.append(_faulty(file.name, file.where, file.modified, str(error)))
        return folder
    known: dict[tuple[str, ...], Folder] = {(): folder}
    for member in members:
        home = _folder_of(known, member.parts if member.folder else member.parts[:-1])
        if not member.folder:
            _add_member(home, archive, member, depth)
    return folder


def _add_member(home: Folder, archive: Archive, member: Member, depth: int) -> None:
    name = member.parts[-1]
    left_over = is_left_over(name) or any(is_left_over(part, folder=True) for part in member.parts[:-1])
    read = partial(_refuse, member.fault) if member.fault else partial(archive.read, member.index)
    file = File(name, f"{home.where}/{_shown(name)}", member.modified, read, member.fault, left_over)
    if name.lower().endswith(ARCHIVES) and not left_over and not member.fault:
        home.folders.append(_as_archive(file, partial(archive.spool, member.index, MAX_ARCHIVE), depth + 1))
    else:
        home.files.append(file)


def _folder_of(known: dict[tuple[str, ...], Folder], parts: tuple[str, ...]) -> Folder:
    if parts not in known:
        outer = _folder_of(known, parts[:-1])
        known[parts] = Folder(parts[-1], f"{outer.where}/{_shown(parts[-1])}")
        outer.folders.append(known[parts])
    return known[parts]


def _file_at(path: Path, where: str, *, left_over: bool = False) -> File:
    try:
        status = path.lstat()
        modified, mode = status.st_mtime, status.st_mode
    except OSError:  # gone since, or in a folder that can be listed only
        modified, mode = 0.0, 0
    left_over = left_over or is_left_over(path.name)
    fault = "" if mode == 0 or stat.S_ISREG(mode) else NOT_ORDINARY
    return File(path.name, where, modified, partial(_read_file, path), fault, left_over)


def file_beside(path: Path) -> File:
    """A file that was not asked for, but may tell something about one that was."""
    return File(
        path.name, _shown(str(path)), 0.0, partial(_read_file, path), left_over=is_left_over(path.name), context=True
    )


def _read_file(path: Path, most: int) -> bytes:
    with _open_file(path) as file:
        try:
            return file.read(most)
        except OSError as error:
            raise SubmissionError(f"The file cannot be read: {error.strerror}.") from error


def _open_file(path: Path) -> IO[bytes]:
    try:
        file = open(path, "rb", opener=_open_itself)  # noqa: SIM115  (the caller closes it)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
            raise SubmissionError(NOT_ORDINARY) from error
        raise SubmissionError(f"The file cannot be read: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise SubmissionError(NOT_ORDINARY)
    return file


def _open_itself(path: str, flags: int) -> int:
    """No link, and no waiting for somebody to write to a pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _faulty(name: str, where: str, modified: float, fault: str) -> File:
    return File(name, where, modified, partial(_refuse, fault), fault)


def _refuse(why: str, most: int) -> bytes:
    raise SubmissionError(why)


def _shown(text: str) -> str:
    """A name on disk need not be text."""
    return clean(spelled(text), 4000)


def _shown_name(path: Path) -> str:
    return path.name or path.resolve().name
