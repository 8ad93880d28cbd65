"""Finds what was handed in: notebook files, a folder of them, a folder per student, zip archives of any of these.

Folders and archives are listed the same way, as entries with a relative path, and then sorted out by student once.
Every student who handed something in gets an item, readable or not.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import SubmissionError, UsageError
from grader.intake.archive import Entry, archive_entries
from grader.intake.submission import MAX_FILE, make_submission
from grader.records import Assignment, Student, Submission, Unreadable
from grader.text import clean, name_of

NOTEBOOKS = (".ipynb", ".ipynb.json", ".ipynb.txt")
ARCHIVES = (".zip",)
OTHERS = (".py", ".html", ".pdf", ".json", ".docx", ".odt", ".rar", ".7z", ".tar", ".gz", ".tgz")
NOT_ORDINARY = "It is no ordinary file but a link or a device."
MAX_DEPTH = 6  # folders below a student's
MAX_ARCHIVE = 2 << 30

Handed = Submission | Unreadable


@dataclass(frozen=True, slots=True)
class Item:
    """A file that was handed in by a student. `reason` says why `data` is None."""

    student: str
    path: str
    modified: float
    data: bytes | None = None
    reason: str = ""


def collect(paths: Iterable[Path], assignments: list[Assignment], forced: str = "") -> list[Handed]:
    """Everything under the paths, one entry per student and assignment, in a stable order.

    Of several notebooks of one student for one assignment the newest counts, and says so. What has one name under two
    of the paths are two students. Raises UsageError when a path does not exist or nothing was handed in at all.
    """
    found: dict[tuple[str, str], tuple[float, Submission]] = {}
    unread: dict[str, Unreadable] = {}
    for item in _told_apart({path: list(find(path)) for path in paths}):
        try:
            if item.data is None:
                raise SubmissionError(item.reason)
            student = Student.named(item.student)
            read = make_submission(student, item.path, item.data, assignments, forced)
        except SubmissionError as error:
            unread.setdefault(item.student, Unreadable(Student.named(item.student), item.path, str(error)))
            continue
        key = (item.student, read.assignment)
        found[key] = _newer(found[key], (item.modified, read)) if key in found else (item.modified, read)
    readable = {student for student, _ in found}
    entries: list[Handed] = [read for _, read in found.values()]
    entries += [entry for student, entry in unread.items() if student not in readable]
    if not entries:
        where = ", ".join(map(str, paths))
        raise UsageError(f"nothing to grade in {where}: no notebook, no archive, no student's folder")
    return sorted(entries, key=lambda entry: (entry.student.name, entry.student.key, entry.path))


def _told_apart(items: Mapping[Path, Sequence[Item]]) -> Iterator[Item]:
    """The items of several paths. `class/*/01_tensors.ipynb` are many students: the folder's name tells who."""
    students = {path: {item.student for item in found} for path, found in items.items()}
    places = Counter(student for names in students.values() for student in names)
    homes = {path: path.absolute() if path.is_dir() else path.absolute().parent for path in items}
    for path, found in items.items():
        home = homes[path]
        same = sum(other.name == home.name for other in homes.values()) > 1
        label = name_of(home.name) if not same else clean(str(home), 100)
        for item in found:
            if places[item.student] == 1:
                yield item
            else:
                yield replace(item, student=label if len(students[path]) == 1 else f"{label}/{item.student}")


def find(path: Path) -> Iterator[Item]:
    """The items under one path of the command line. Raises UsageError."""
    if path.is_dir():
        if not os.access(path, os.R_OK | os.X_OK):
            raise UsageError(f"{path}: this folder cannot be read")
        folders = [entry.name for entry in sorted(path.iterdir()) if entry.is_dir() and not _is_noise(entry.name)]
        yield from _sort_out(str(path), list(_folder_entries(path, ())), folders)
    elif not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    elif path.name.lower().endswith(ARCHIVES):
        try:
            entries = archive_entries(path.read_bytes(), _is_noise)
        except SubmissionError as error:
            raise UsageError(f"{path}: {error}") from error
        yield from _sort_out(path.name, entries, [])
    else:
        yield _item(_stem(path.name), str(path), _file_entry(path, (path.name,)))


def _sort_out(root: str, entries: list[Entry], folders: list[str]) -> Iterator[Item]:
    """Entries of a class -> items: files at the top are students' own, the rest belongs to the first folder's name.

    A folder without a notebook is a student who handed in something else, unless notebooks lie at the top: then it
    may as well hold data.
    """
    flat = [entry for entry in entries if len(entry.parts) == 1]
    groups: dict[str, list[Entry]] = {name: [] for name in folders}
    for entry in entries:
        if len(entry.parts) > 1:
            groups.setdefault(entry.parts[0], []).append(entry)
    for entry in flat:
        name = entry.parts[0].lower()
        if name.endswith((*NOTEBOOKS, *ARCHIVES, *OTHERS)):
            yield from _of_student(_stem(entry.parts[0]), root, [entry])
    lenient = any(entry.parts[0].lower().endswith(NOTEBOOKS) for entry in flat)
    for name, group in groups.items():
        if not lenient or any(entry.parts[-1].lower().endswith((*NOTEBOOKS, *ARCHIVES)) for entry in group):
            yield from _of_student(name_of(name), root, group)


def _of_student(student: str, root: str, entries: list[Entry], depth: int = 0) -> Iterator[Item]:
    """The notebooks among one student's files, or one item that says what there is instead."""
    found, others = False, []
    for entry in entries:
        where, name = f"{root}/{'/'.join(entry.parts)}", entry.parts[-1].lower()
        if name.endswith(NOTEBOOKS):
            yield _item(student, where, entry)
        elif name.endswith(ARCHIVES) and depth > 1:
            yield Item(student, where, 0.0, reason="The archive holds an archive that holds an archive.")
        elif name.endswith(ARCHIVES):
            try:
                inner = archive_entries(entry.read(MAX_ARCHIVE), _is_noise)
            except SubmissionError as error:
                yield Item(student, where, 0.0, reason=str(error))
            else:
                yield from _of_student(student, where, inner, depth + 1)
        elif name.endswith(".json") and len(entries) == 1:
            yield _item(student, where, entry)
        else:
            others.append(clean(entry.parts[-1], 60))
            continue
        found = True
    if not found:
        seen = f" What was found: {', '.join(others[:5])}." if others else " It is empty."
        where = root if depth or len(entries) != 1 else f"{root}/{entries[0].parts[-1]}"
        yield Item(student, where, 0.0, reason=f"There is no notebook in what was handed in.{seen}")


def _item(student: str, where: str, entry: Entry) -> Item:
    """One file, read once: what is hashed is what runs."""
    where = where.encode("utf-8", "backslashreplace").decode()  # a name on disk need not be text
    try:
        return Item(student, where, entry.modified, entry.read(MAX_FILE + 1))
    except SubmissionError as error:
        return Item(student, where, entry.modified, reason=str(error))


def _folder_entries(folder: Path, parts: tuple[str, ...]) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield Entry((*parts, "a folder that cannot be read"), 0.0, _reader(folder))
        return
    for entry in entries:
        if _is_noise(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if len(parts) < MAX_DEPTH:
                yield from _folder_entries(Path(entry.path), (*parts, entry.name))
        else:
            yield _file_entry(Path(entry.path), (*parts, entry.name))


def _file_entry(path: Path, parts: tuple[str, ...]) -> Entry:
    try:
        modified = path.lstat().st_mtime
    except OSError:  # gone since, or in a folder that can be listed only
        modified = 0.0
    return Entry(parts, modified, _reader(path))


def _reader(path: Path) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        try:
            with open(path, "rb", opener=_open_itself) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise SubmissionError(NOT_ORDINARY)
                return file.read(most)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
                raise SubmissionError(NOT_ORDINARY) from error
            raise SubmissionError(f"The file cannot be read: {error.strerror}.") from error

    return read


def _open_itself(path: str, flags: int) -> int:
    """No link, and no waiting for somebody to write to a pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _newer(one: tuple[float, Submission], two: tuple[float, Submission]) -> tuple[float, Submission]:
    (_, older), (time, newer) = sorted([one, two], key=lambda pair: (pair[0], pair[1].path))
    names = Path(newer.path).name, Path(older.path).name
    note = f"Several notebooks were handed in; the newest, {names[0]}, counts, not {names[1]}."
    return time, replace(newer, notes=(*newer.notes, note))


def _stem(name: str) -> str:
    ending = next((e for e in (*NOTEBOOKS[::-1], *ARCHIVES, *OTHERS) if name.lower().endswith(e)), "")
    return name_of(name[: len(name) - len(ending)])


def _is_noise(name: str) -> bool:
    """What operating systems and editors leave behind."""
    return name.startswith((".", "__MACOSX", "~$")) or name in ("Thumbs.db", "desktop.ini")
