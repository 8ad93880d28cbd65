"""What students ask to be looked at again: files that a page's form saved, or that were written by hand after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.text import clean

MAX_FILE = 256 << 10  # bytes
MAX_TEXT = 4_000  # characters of one reason
MAX_FILES = 10_000
_KEY = re.compile(r"^[>\s]*(assignment|student|code|question) *: *(.*)$", re.I)  # a mail programme may have quoted it


@dataclass(frozen=True, slots=True)
class Request:
    """One question that a student asks about. All of it is a stranger's text, cleaned.

    Attributes:
        code: of the page that it comes from; it alone says whose it is.
        student: as the file says.
    """

    where: str
    code: str
    assignment: str
    student: str
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A file that is no request, with the reason."""

    where: str
    why: str


def requests_in(folder: Path) -> list[Request | Odd]:
    """Every request in a folder, and what is none. Raises UsageError for a folder that is not there."""
    if not folder.exists():
        raise UsageError(f"{folder}: there is no such folder of requests")
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    if len(files) > MAX_FILES:
        raise UsageError(f"{folder}: {len(files)} files: this is no folder of requests")
    return [entry for path in files if not path.name.startswith(".") for entry in _read(path)]


def _read(path: Path) -> Iterator[Request | Odd]:
    where = clean(str(path), 300)
    try:
        if path.stat().st_size > MAX_FILE:
            yield Odd(where, "it is too large for a request")
            return
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        yield Odd(where, f"cannot be read: {error.strerror}")
        return
    head, blocks = _parts(text)
    if not head.get("code"):
        yield Odd(where, "it is no request: there is no line `code:`")
        return
    common = (where, head["code"], head.get("assignment", ""), head.get("student", ""))
    asked = [(question, why) for question, why in blocks if question or why]
    if not asked:
        yield Odd(where, "it names no question and gives no reason")
    for question, why in asked:
        yield Request(*common, question, why)


def _parts(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The lines above the first question, and each question with the text below it."""
    head: dict[str, str] = {}
    blocks: list[tuple[str, list[str]]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        match = _KEY.match(line)
        key = match[1].lower() if match else ""
        if match and key == "question":
            blocks.append((clean(match[2].strip(), 100), []))
        elif match and not blocks:
            head.setdefault(key, clean(match[2].strip(), 200))
        elif blocks:
            blocks[-1][1].append(line)
    return head, [(question, clean("\n".join(lines), MAX_TEXT).strip()) for question, lines in blocks]
