"""Reads zip archives of strangers: in memory, never unpacked, everything counted while it inflates.

No name in an archive becomes a path of ours, links are refused, and what the archive says of its sizes is not believed.
"""

from __future__ import annotations

import calendar
import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.text import name_of

MAX_MEMBERS = 20_000
MAX_INFLATED = 2 << 30  # bytes of all members together
MAX_RATIO = 200  # inflated to stored, for a member of more than a megabyte
MAX_PARTS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A file somewhere: its relative path in parts, its time of change, and a way to read at most so many bytes.

    `read` raises SubmissionError.
    """

    parts: tuple[str, ...]
    modified: float
    read: Callable[[int], bytes]


def archive_entries(data: bytes, is_noise: Callable[[str], bool]) -> list[Entry]:
    """The files of a zip archive. Raises SubmissionError when it is none, or too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise SubmissionError("The archive is damaged, or is no zip archive.") from None
    if len(members) > MAX_MEMBERS:
        raise SubmissionError(f"The archive has more than {MAX_MEMBERS:,} files.")
    budget = _Budget(MAX_INFLATED)
    listed = [(_safe_parts(member.filename), member) for member in members]
    return [
        Entry(parts, _time_of(member), _reader(archive, member, budget))
        for parts, member in listed
        if not any(is_noise(part) for part in parts)
    ]


class _Budget:
    """Bytes that an archive may still inflate to."""

    def __init__(self, left: int) -> None:
        self.left = left


def _reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        most = min(most, budget.left)
        data = _inflate(archive, member, most)
        budget.left -= len(data)
        too_dense = len(data) > 1 << 20 and len(data) > MAX_RATIO * max(member.compress_size, 1)
        if len(data) >= most or too_dense:
            raise SubmissionError("A file in the archive is larger than a notebook can be.")
        return data

    return read


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise SubmissionError("The archive holds a link instead of a file.")
    try:
        with archive.open(member) as stream:
            return stream.read(most)
    except RuntimeError as error:
        what = "is protected by a password" if "password" in str(error) else "is damaged"
        raise SubmissionError(f"A file in the archive {what}.") from error
    except Exception as error:  # zlib.error, lzma.LZMAError, EOFError: each method of compression has its own
        raise SubmissionError("A file in the archive is damaged.") from error


def _safe_parts(name: str) -> tuple[str, ...]:
    """A member's name as parts that are safe to show; they are never used as a path."""
    parts = [name_of(part) for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return tuple(parts[-MAX_PARTS:]) or ("(no name)",)


def _time_of(member: zipfile.ZipInfo) -> float:
    """A member's time, taken as UTC; an archive does not say its zone."""
    try:
        return float(calendar.timegm((*member.date_time, 0, 0, 0)))
    except (ValueError, OverflowError):
        return 0.0
