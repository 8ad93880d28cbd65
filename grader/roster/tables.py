"""A table as a platform or a spreadsheet wrote it: its cells, and where each stands, so that one can be filled alone.

What is written back is the file as it was, byte by byte, but for the cells that were filled: the module `csv` does not
say where a cell stood and how it was quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import CourseError, FileFaults, UsageError
from grader.roster.encodings import decoded, encoded

SEPARATORS = (",", ";", "\t", "|")
MAX_FILE = 64 << 20  # bytes
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `start` and `end` are its place in the table's text, quotes included."""

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not empty, and the number of its first line in the file."""

    number: int
    cells: tuple[Cell, ...]

    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


@dataclass(frozen=True)
class Table:
    """A table with a header. Every line has as many cells as the header."""

    path: Path
    text: str = field(repr=False)
    encoding: str
    separator: str
    header: Line
    lines: tuple[Line, ...]
    data: bytes = field(repr=False)

    @property
    def titles(self) -> list[str]:
        return [cell.text.strip() for cell in self.header.cells]

    def at(self, line: Line) -> str:
        """Where a line is, for people."""
        return f"{self.path}:{line.number}"

    def filled(self, cells: Mapping[Cell, str]) -> bytes:
        """The file with other texts in some cells, all else as it was."""
        parts, done = [], 0
        for cell in sorted(cells, key=lambda cell: cell.start):
            parts += [self.text[done : cell.start], self._written(cells[cell], cell.quoted)]
            done = cell.end
        return encoded("".join([*parts, self.text[done:]]), self.encoding, self.data)

    def _written(self, text: str, quoted: bool) -> str:
        if quoted or any(sign in text for sign in (self.separator, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text


def read_table(path: Path, known: Callable[[list[str]], int], encoding: str = "") -> Table:
    """The table in a file, of whatever common encoding and separator.

    Args:
        known: how many of some titles are known; the separator that makes the most of them is the file's.
        encoding: where the instructor says it.

    Raises UsageError for a file that cannot be read, CourseError or FileFaults for one that is no table.
    """
    data = _bytes(path)
    text, name = decoded(path, data, encoding)
    separator = _separator(text, known)
    rows = list(_rows(path, text, separator))
    said = bool(rows) and rows[0].cells[0].text.lower().startswith("sep=")
    rows = [row for row in rows[said:] if any(cell.text.strip() for cell in row.cells)]
    if not rows:
        raise CourseError(path, "there is nothing in it", "export it again")
    header, *lines = rows
    faults = [fault for line in lines if (fault := _ragged(path, header, line))]
    if faults:
        raise FileFaults(faults)
    return Table(path, text, name, separator, header, tuple(_even(header, line) for line in lines), data)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise UsageError(f"{path}: larger than {MAX_FILE >> 20} MB: this is no class list")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if data.startswith(b"PK\x03\x04"):
        raise CourseError(path, "it is a workbook or an archive", "save it as CSV")
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise CourseError(path, "it is no text", "save it as CSV")
    return data


def _separator(text: str, known: Callable[[list[str]], int]) -> str:
    first, _, rest = text.removeprefix("\ufeff").lstrip().partition("\n")
    if match := re.fullmatch(r"sep=(.)\s*", first, re.I):
        return match[1]
    head = first + "\n" + rest[:4000]

    def fits(separator: str) -> tuple[int, int]:
        titles = next(iter(_rows(Path(), head, separator, strict=False))).texts() if head.strip() else []
        return known(titles), len(titles)

    return max(SEPARATORS, key=fits)


def _rows(path: Path, text: str, separator: str, *, strict: bool = True) -> Iterable[Line]:
    """The rows of a text. Raises CourseError for a quote that is never closed."""
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*(?=[{re.escape(separator)}\r\n]|\Z)|([^{re.escape(separator)}\r\n]*)')
    at, number, cells = 1 if text.startswith("\ufeff") else 0, 1, []
    first = number
    while at <= len(text):
        match = cell.match(text, at)
        assert match is not None  # the second form matches everything
        if strict and match[1] is None and match[2].lstrip().startswith('"'):
            what = f"a quote is opened and not closed before the cell ends: {match[2].strip()[:SHOWN]}"
            raise CourseError(f"{path}:{number}", what, 'close it; a quote within quotes is written twice: ""')
        quoted = match[1] is not None
        cells.append(Cell(match[1].replace('""', '"') if quoted else match[2], at, match.end(), quoted))
        number += match[0].count("\n")
        at = match.end() + 1
        if match.end() == len(text) or text[match.end()] != separator:
            yield Line(first, tuple(cells))
            at += text[match.end() : match.end() + 2] == "\r\n"
            number, cells = number + 1, []
            first = number


def _ragged(path: Path, header: Line, line: Line) -> CourseError | None:
    most, found = len(header.cells), len(line.cells)
    if found < most or any(cell.text.strip() for cell in line.cells[most:]):
        what = f"{found} cells under {most} titles, from {line.cells[0].text.strip()[:SHOWN]!r}"
        return CourseError(
            f"{path}:{line.number}", what, "put quotes around what holds a separator, or write what lacks"
        )
    return None


def _even(header: Line, line: Line) -> Line:
    return Line(line.number, line.cells[: len(header.cells)])
