"""Text from students, made safe to store and to show: no control characters, no reordering marks, no floods."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# C0 and C1 controls but newline and tab, lone surrogates, and the marks that make text read in another order
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]")


def clean(text: str, most: int = 10_000) -> str:
    """The text without what could disturb a terminal, a page or a file, cut to `most` characters."""
    text = _ANSI.sub("", text[: 4 * most + 1000])
    text = _UNSAFE.sub("\ufffd", text)
    return text if len(text) <= most else text[: most - 1] + "…"


def name_of(text: str) -> str:
    """A student's name as it may be shown and stored: one line, at most 100 characters, never empty."""
    name = unicodedata.normalize("NFC", " ".join(clean(text, 100).split()))
    return name or "(no name)"


def slug(text: str) -> str:
    """A file name for a student: readable ASCII, and a hash so that no two names meet."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return f"{plain or 'student'}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"
