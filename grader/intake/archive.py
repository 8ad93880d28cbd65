"""Reads zip archives of strangers: never unpacked to a named file, everything counted while it inflates.

No name in an archive becomes a path of ours, links are refused, and what the archive says of its sizes is not believed.
An archive is opened when it is read and closed again soon after: a class may hold thousands, and archives in archives.
"""

from __future__ import annotations

import calendar
import io
import re
import stat
import tempfile
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from grader.errors import SubmissionError
from grader.intake.codepages import names_of

MAX_MEMBERS = 100_000
MAX_INFLATED = 4 << 30  # bytes of all members together, each as often as it is read, and for each stored byte:
MAX_SHARE = 100
MAX_RATIO = 200  # inflated to stored, for a member of more than a megabyte
MAX_FOLDERS = 64  # around one member
MAX_OPEN = 4
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file or an empty folder of an archive. `parts` is its path as it was written, without what climbs."""

    index: int
    parts: tuple[str, ...]
    modified: float
    folder: bool
    fault: str = ""


class Archive:
    """A zip archive that is opened when something is read from it."""

    def __init__(self, opened: Callable[[], IO[bytes]]) -> None:
        """Every call may raise SubmissionError.

        Args:
            opened: the archive's bytes as a file that can be searched; opened anew whenever it was closed.
        """
        self._opened, self._left, self._size = opened, 0, 0

    def members(self) -> list[Member]:
        """What is in it, in the order of names."""
        infos = _open_archives.get(self).infolist()
        self._left = MAX_INFLATED + MAX_SHARE * self._size
        if len(infos) > MAX_MEMBERS:
            raise SubmissionError(f"The archive has more than {MAX_MEMBERS:,} files.")
        found = [_member(i, info, name) for i, (info, name) in enumerate(zip(infos, names_of(infos), strict=True))]
        return sorted(found, key=lambda member: (member.parts, member.index))

    def read(self, index: int, most: int) -> bytes:
        """The bytes of a member, `most` of them at the most."""
        parts: list[bytes] = []
        self._inflate(index, most, parts.append)
        return b"".join(parts)

    def spool(self, index: int, most: int) -> IO[bytes]:
        """A member as a file without a name, on disk if it is large."""
        spooled = tempfile.SpooledTemporaryFile(max_size=4 * _PIECE)  # noqa: SIM115  (the archive in it is read later)
        try:
            self._inflate(index, most, spooled.write)
        except BaseException:
            spooled.close()
            raise
        spooled.seek(0)
        return spooled

    def _inflate(self, index: int, most: int, write: Callable[[bytes], object]) -> None:
        archive, done = _open_archives.get(self), 0
        try:
            info = archive.infolist()[index]
        except IndexError:
            raise SubmissionError("The archive has changed while it was read.") from None
        if stat.S_ISLNK(info.external_attr >> 16):
            raise SubmissionError("The archive holds a link instead of a file.")
        dense = max(_PIECE, MAX_RATIO * info.compress_size)
        try:
            with archive.open(info) as stream:
                while piece := stream.read(min(_PIECE, most - done)):
                    done += len(piece)
                    self._left -= len(piece)
                    if done > dense or self._left < 0:
                        raise SubmissionError("A file in the archive is larger than a notebook can be.")
                    write(piece)
        except SubmissionError:
            raise
        except RuntimeError as error:
            what = "is protected by a password" if "password" in str(error) else "is damaged"
            raise SubmissionError(f"A file in the archive {what}.") from error
        except Exception as error:  # zlib.error, lzma.LZMAError, EOFError: each method of compression has its own
            raise SubmissionError("A file in the archive is damaged.") from error

    def open_now(self) -> zipfile.ZipFile:
        """The opened archive; the caller closes it."""
        file = self._opened()
        try:
            self._size = file.seek(0, io.SEEK_END)
            return _Closing(file)
        except Exception as error:  # BadZipFile, ValueError, struct.error, OSError: whatever the bytes provoke
            file.close()
            raise SubmissionError("The archive is damaged, or is not a zip archive.") from error


class _Closing(zipfile.ZipFile):
    """Closes its file with itself."""

    def __init__(self, file: IO[bytes]) -> None:
        self._own = file
        super().__init__(file)

    def close(self) -> None:
        super().close()
        self._own.close()


class _Open:
    """The few archives that are open; the one that was used longest ago makes way."""

    def __init__(self) -> None:
        self._open: OrderedDict[Archive, zipfile.ZipFile] = OrderedDict()

    def get(self, archive: Archive) -> zipfile.ZipFile:
        if archive not in self._open:
            opened = archive.open_now()  # may itself open the archive around it
            self._open[archive] = opened
            while len(self._open) > MAX_OPEN:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(archive)
        return self._open[archive]


_open_archives = _Open()


def _member(index: int, info: zipfile.ZipInfo, name: str) -> Member:
    name = re.sub(r"\A[A-Za-z]:(?=[/\\])", "", name).replace("\\", "/")
    parts = tuple(part for part in name.split("/") if part not in ("", ".", ".."))
    if len(parts) <= MAX_FOLDERS:
        return Member(index, parts or ("(no name)",), _time_of(info), name.endswith("/"))
    fault = f"It lies in more than {MAX_FOLDERS} folders."
    return Member(index, parts[:MAX_FOLDERS], _time_of(info), False, fault)


def _time_of(info: zipfile.ZipInfo) -> float:
    """A member's time, taken as UTC; an archive does not say its zone."""
    try:
        return float(calendar.timegm((*info.date_time, 0, 0, 0)))
    except (ValueError, OverflowError):
        return 0.0
