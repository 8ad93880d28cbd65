"""From a table's bytes to its text: the encodings that spreadsheets and platforms write, told without guessing."""

from __future__ import annotations

import codecs
import re

from grader.errors import CourseError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "À-ÖØ-öø-ÿŠšŽžŸŒœ’‘´ªº€ß"

# What is tried where a text has no mark and is no UTF-8, with the letters that names may be made of in it. The first
# ones stand among plain letters; of the others, exactly one must fit.
_PAGES = (
    ("cp1252", f"[{_WESTERN}]"),
    ("mac_roman", f"[{_WESTERN}]"),
    ("cp1250", "[À-ž’ß]"),
    ("cp1251", "[Ѐ-ӿ№]"),
    ("koi8_r", "[Ѐ-ӿ]"),
    ("cp1253", "[Ͱ-Ͽ]"),
    ("cp1255", "[\u0590-\u05ff]"),
    ("cp1256", "[\u0600-\u06ff]"),
    ("gb18030", "[\u4e00-\u9fff·]"),
    ("big5", "[\u4e00-\u9fff]"),
    ("cp932", "[\u3040-\u30ff\u4e00-\u9fff々]"),
    ("euc_kr", "[\uac00-\ud7a3]"),
)
_MIXED = 3  # of the pages above
_ODD_CASE = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-ÞŠŽŸŒ](?![a-zß-öø-ÿ])")  # "JosŽ": no name is written so
_RUN = re.compile(r"[^\x00-\x7f]{3,}")  # a name has hardly ever three letters with accents in a row


def decoded(where: object, data: bytes, named: str = "") -> tuple[str, str]:
    """The text, and the encoding that `encoded` takes to write it again.

    Args:
        where: the file, for errors.
        named: the encoding, where the instructor says it.

    Raises CourseError.
    """
    encoding = named or _marked(data) or _told(where, data)
    try:
        return data.decode(encoding), encoding
    except LookupError as error:
        raise CourseError(where, f"there is no encoding {encoding!r}", "write one such as windows-1252") from error
    except UnicodeError as error:
        raise CourseError(
            where, f"it is not written in {encoding}", "save it as UTF-8, or name its encoding"
        ) from error


def encoded(text: str, encoding: str, like: bytes) -> bytes:
    """A text as it was written before: with the byte order and the mark of `like`."""
    if encoding in ("utf-16", "utf-32") and like[:2] in (b"\xfe\xff", b"\0\0"):
        return ("\ufeff" + text).encode(f"{encoding}-be", "replace")
    return text.encode(encoding, "replace")


def _marked(data: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def _told(where: object, data: bytes) -> str:
    """The encoding of a text without a mark."""
    head = data[:4000]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if len(head) > 3 and head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    if _text(data, "utf-8") is not None:
        return "utf-8"
    fitting = [page for page, letters in _PAGES if _fits(data, page, letters)]
    mixed = [page for page, _ in _PAGES[:_MIXED] if page in fitting]
    if mixed:
        return mixed[0]
    if len(fitting) == 1:
        return fitting[0]
    which = f"it may be {' or '.join(fitting)}" if fitting else "it is none that we know"
    raise CourseError(where, f"its encoding cannot be told ({which})", "save it as UTF-8, or name it with --encoding")


def _fits(data: bytes, page: str, letters: str) -> bool:
    text = _text(data, page)
    if text is None or not re.fullmatch(rf"(?:[\t\r\n\x20-\x7e]|{letters})+", text):
        return False
    mixed = page in [name for name, _ in _PAGES[:_MIXED]]
    return not (mixed and (_ODD_CASE.search(text) or _RUN.search(text)))


def _text(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
