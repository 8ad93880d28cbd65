"""Text from students, made safe to store and to show: no control characters, no reordering marks, no floods."""

from __future__ import annotations

import base64
import codecs
import hashlib
import re
import unicodedata
from io import TextIOWrapper
from typing import TextIO

# C0 and C1 controls but newline and tab, lone surrogates, and the marks that make text read in another order
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PLAIN = {
    "✓": "+", "✗": "x", "×": "x", "—": "-", "–": "-", "−": "-", "±": "+-",
    "…": "...", "“": '"', "”": '"', "’": "'", "·": "-",
}  # fmt: skip
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]")


def spelled(name: str) -> str:
    """A name that a system gave, in letters that can be stored: bytes of it that are no text are written out."""
    return name.encode("utf-8", "backslashreplace").decode()


def clean(text: str, most: int = 10_000) -> str:
    """The text without what could disturb a terminal, a page or a file, cut to `most` characters."""
    text = _ANSI.sub("", text[: 4 * most + 1000])
    text = _UNSAFE.sub("\ufffd", text)
    return text if len(text) <= most else text[: most - 1] + "…"


def identity(text: str) -> str:
    """The text as a key that can be stored: equal for equal texts, whatever form their accents have, and only then.

    A name on a disk need not be text. Its odd bytes are written out, and a mark says so: no name can hold a slash.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return spelled(text.replace("\\", "\\\\")) + "//bytes"


def name_of(text: str) -> str:
    """A student's name as it may be shown and stored: one line, at most 100 characters, never empty."""
    name = unicodedata.normalize("NFC", " ".join(clean(text, 100).split()))
    return name or "(no name)"


def points(value: float) -> str:
    """Points as people write them: 3, 2.5, 0.67. A grade's are whole hundredths; means and the like are rounded."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def survive_any_console(*streams: TextIO) -> None:
    """Let streams print what their encoding has not: ✓ as +, ✗ as x, a dash as a dash, and at worst a question mark."""
    codecs.register_error("grader", _in_other_words)
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="grader")


def _in_other_words(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return unicodedata.normalize("NFKD", text).encode("ascii", "replace").decode(), error.end


def slug(name: str, identity: str) -> str:
    """A file name: the words of a name, in any script, and 128 bits of an identity's hash, so that no two meet."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", clean(name, 100)).lower()).strip("-")
    short = words.encode()[:120].decode(errors="ignore").strip("-")
    digest = hashlib.sha256(identity.encode("utf-8", "backslashreplace")).digest()[:16]
    return f"{short or 'student'}-{base64.b32encode(digest).decode().rstrip('=').lower()}"


def last_line(text: str) -> str:
    """The last line that says something: of a traceback or a log, the one that tells what happened."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "").strip()
