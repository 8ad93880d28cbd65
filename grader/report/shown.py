"""What several parts of a page show: lines of a traceback, images, file names."""

from __future__ import annotations

import base64
import binascii
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from grader.records import Grade, Student, Trace
from grader.text import clean, slug

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
MAX_PIXELS = 16 << 20  # of one image; a file of 100 KB may unpack to gigabytes in a browser


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the student's that a traceback goes through."""

    cell: int
    line: int
    code: str


def page_name(grade: Grade) -> str:
    """The file name of a student's page."""
    return f"{slug(f'{grade.student.name} {grade.assignment}', f'{grade.assignment} {grade.student.key}')}.html"


def called(student: Student, names: Mapping[str, str]) -> str:
    """How a student is called among others who may look the same."""
    return names.get(student.key, student.name)


def said(trace: Trace) -> str:
    """An exception in Python's words."""
    return clean(trace.said, 400)


def lines(trace: Trace | None) -> tuple[LineView, ...]:
    """The last lines of a traceback."""
    frames = trace.frames if trace else ()
    return tuple(LineView(frame.cell, frame.line, clean(frame.code, 160)) for frame in frames[-4:])


def is_png(image: str) -> bool:
    """Whether a kernel's image is base64 of a PNG that a page can show; anything else stays out of it."""
    try:
        data = base64.b64decode(image.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    return data.startswith(PNG) and width * height <= MAX_PIXELS


def shell(word: str) -> str:
    """A word as a shell reads it."""
    return shlex.quote(clean(word, 200))
