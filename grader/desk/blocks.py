"""The entries of `decisions.toml` as pieces of its text: one is changed or added, and all others stay as they are.

tomlkit keeps the comments within an entry; of a whole file it would change the order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item, Table

from grader.errors import UsageError
from grader.records import Kind

_ANY = re.compile(r"^[ \t]*\[", re.M)
ORDER = (  # of an entry's keys
    "student", "section", "assignment", "question", "check", "points", "lines", "text", "due", "extra", "excused", "at",
    "reason", "by", "on", "answer",
)  # fmt: skip


def headers(text: str, kind: str, count: int) -> list[int]:
    """Where the entries of a kind begin; fewer than `count` where some are written in another way than `[[kind]]`.

    Args:
        text: of a file that can be read.
        count: how many entries of the kind there are.
    """
    found = [match.start() for match in re.finditer(rf"^[ \t]*\[\[[ \t]*{re.escape(kind)}[ \t]*\]\]", text, re.M)]
    if len(found) > count:  # some stand in a text of several lines: what goes before them ends within it
        found = [start for start in found if _is_whole(text[:start])]
    return found


def added(text: str, kind: Kind, entry: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> str:
    """The text with one entry more, at its end.

    Args:
        entry: by key, values as TOML has them.
        notes: comments that go behind keys.
    """
    table = tomlkit.table()
    _fill(table, entry, notes or {})
    array = tomlkit.aot()
    array.append(table)
    document = tomlkit.document()
    document.append(kind.value, array)
    return f"{text.rstrip()}\n\n{tomlkit.dumps(document).strip()}\n" if text.strip() else tomlkit.dumps(document)


def changed(text: str, kind: Kind, number: int, count: int, entry: Mapping[str, Any]) -> str:
    """The text with another entry in the place of the one with this number, of so many of its kind.

    Raises UsageError for one that is not written as `[[kind]]`.
    """
    start, end = _bounds(text, kind, number, count)
    document = tomlkit.parse(text[start:end])
    array = document[kind.value]
    assert isinstance(array, AoT)
    table = array[0]
    for key in set(table) - entry.keys():
        table.remove(key)
    _fill(table, entry, {})
    return f"{text[:start]}{tomlkit.dumps(document).rstrip()}{text[end:]}"


def _bounds(text: str, kind: Kind, number: int, count: int) -> tuple[int, int]:
    """Where an entry begins and its last value ends: comments before the next one are that one's."""
    starts = headers(text, kind.value, count)
    if len(starts) != count:
        raise UsageError(f"an entry of [[{kind}]] is not written with such a header; change it by hand")
    start = starts[number]
    ends = [match.start() for match in _ANY.finditer(text, start + 2) if _is_whole(text[start : match.start()])]
    body = text[start : ends[0] if ends else len(text)]
    lines = body.splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")) and _is_whole("".join(lines[:-1])):
        lines.pop()
    return start, start + len("".join(lines).rstrip())


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _fill(table: Table, entry: Mapping[str, Any], notes: Mapping[str, str]) -> None:
    for key in sorted(entry, key=ORDER.index):
        if key not in table or table[key] != entry[key]:
            table[key] = _item(entry[key], notes.get(key, ""))


def _item(value: Any, note: str) -> Item:
    item = tomlkit.string(value, multiline=True) if isinstance(value, str) and "\n" in value else tomlkit.item(value)
    return item.comment(note) if note else item
