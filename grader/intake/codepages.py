"""The names in a zip archive: the archive says that they are UTF-8, or they are UTF-8, or some system's code page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence

_UTF8_FLAG = 0x800

# What systems write that do not write UTF-8, each with what its names may be made of beside ASCII. Western letters
# stand among plain ones; the scripts of the others do without. Explorer writes a country's DOS code page.
_PAGES = (
    ("cp437", "[À-ɏ]"),
    ("cp850", "[À-ɏ]"),
    ("cp1252", "[À-ɏŠšŽžŸŒœ’]"),
    ("euc_kr", "[\uac00-\ud7a3]"),
    ("gb2312", "[\u4e00-\u9fff·]"),
    ("cp932", "[\u3040-\u30ff\u4e00-\u9fff々]"),
    ("big5", "[\u4e00-\u9fff]"),
    ("cp866", "[Ѐ-ӿ]"),
    ("gbk", "[\u4e00-\u9fff·]"),
)
_WESTERN = 3  # of the pages above
_FOREIGN_WORD = re.compile(r"(?<![A-Za-z])[^\x00-\x7f]{2,}(?![A-Za-z])")  # no Western name has one


def names_of(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names. All that are not marked as UTF-8 are read alike: one program wrote them."""
    unmarked = [_bytes_of(info) for info in infos if not info.flag_bits & _UTF8_FLAG]
    encoding = page_of(unmarked)
    return [
        info.orig_filename if info.flag_bits & _UTF8_FLAG else _bytes_of(info).decode(encoding, "replace")
        for info in infos
    ]


def page_of(names: Sequence[bytes]) -> str:
    """The encoding of names: UTF-8 if all are, else the first code page that makes words of them, else cp437."""
    if all(_decoded(name, "utf-8") is not None for name in names):
        return "utf-8"
    odd = [name for name in names if not name.isascii()]
    for number, (page, letters) in enumerate(_PAGES):
        texts = [_decoded(name, page) for name in odd]
        good = re.compile(rf"(?:[\x20-\x7e]|{letters})+")
        if all(t is not None and good.fullmatch(t) and (number >= _WESTERN or _western(t)) for t in texts):
            return page
    return "cp437"


def _western(text: str) -> bool:
    return not _FOREIGN_WORD.search(text)


def _bytes_of(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437", "replace")  # as zipfile decoded it


def _decoded(name: bytes, encoding: str) -> str | None:
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return None
