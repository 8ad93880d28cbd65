"""The entries of `decisions.toml` as pieces of its text: one is changed or added, and all others stay as they are.

tomlkit keeps the comments within an entry; of a whole file it would change the order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item, Table

from grader.errors import UsageError
from grader.records import Kind
from grader.text import clean

NAME = 80  # characters of whom an entry is about, in its comment
_ANY = re.compile(r"^[ \t]*\[", re.M)
_TOKEN = re.compile(  # a comment or a string; of what is left, nothing holds a quotation mark
    r'#[^\n]*|"""(?:\\.|[^\\])*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'",
    re.S,
)
ORDER = (  # of an entry's keys
    "student", "section", "assignment", "question", "check", "points", "lines", "text", "due", "extra", "excused", "at",
    "reason", "by", "on", "answer",
)  # fmt: skip


def headers(text: str, kind: str) -> list[int]:
    """Where the entries of a kind begin that are written as `[[kind]]`, in a text that can be read."""
    pattern = rf"^[ \t]*\[\[[ \t]*{re.escape(kind)}[ \t]*\]\]"
    return [match.start() for match in re.finditer(pattern, without_strings(text), re.M)]


def without_strings(text: str) -> str:
    """The text with another letter in the place of each in a string: what looks like a header there is none."""
    return _TOKEN.sub(lambda match: match[0] if match[0].startswith("#") else "x" * len(match[0]), text)


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


def for_another(block: str, student: str, note: str) -> str:
    """An entry's text, as `added` makes it of nothing, with another student."""
    header, _, rest = block.partition("\n")
    name = _item(student, note)
    comment = f"{name.trivia.comment_ws}{name.trivia.comment}"
    return f"{header}\nstudent = {name.as_string()}{comment}\n{rest.partition(chr(10))[2]}"


def changed(text: str, kind: Kind, entries: Mapping[int, Mapping[str, Any]], count: int) -> str:
    """The text with other entries in the place of those with these numbers, of so many of their kind.

    Raises UsageError where one is not written as `[[kind]]`.
    """
    plain, starts = without_strings(text), _starts(text, kind.value, count)
    pieces, done, known = [], 0, dict[tuple[str, str], str]()
    for number in sorted(entries):
        start, end = _bounds(plain, starts[number])
        pieces += [text[done:start], _like(text[start:end], kind, entries[number], known)]
        done = end
    return "".join([*pieces, text[done:]])


def _like(block: str, kind: Kind, entry: Mapping[str, Any], known: dict[tuple[str, str], str]) -> str:
    """As `_with`; entries that are alike but for their students, as `added` writes them, are changed once.

    Args:
        known: what such entries became, without the line that names the student.
    """
    header, _, rest = block.partition("\n")
    line, _, rest = rest.partition("\n")
    try:
        is_same = header == f"[[{kind}]]" and tomllib.loads(line) == {"student": entry.get("student")}
    except tomllib.TOMLDecodeError:
        is_same = False
    if not is_same:
        return _with(block, kind, entry)
    others = {key: value for key, value in entry.items() if key != "student"}
    place = rest, repr(others)
    if place not in known:
        known[place] = _with(f"{header}\n{rest}", kind, others).partition("\n")[2]
    return "\n".join([header, line, known[place]])


def without(text: str, kind: str, numbers: Collection[int], count: int) -> str:
    """The text without the entries of a kind with these numbers, of so many. Raises UsageError as `changed` does."""
    plain, starts = without_strings(text), _starts(text, kind, count)
    for number in sorted(numbers, reverse=True):
        start, end = _bounds(plain, starts[number])
        text = text[:start] + text[end:].lstrip()
    return text


def _starts(text: str, kind: str, count: int) -> list[int]:
    found = headers(text, kind)
    if len(found) != count:
        raise UsageError(f"an entry of [[{kind}]] is not written with such a header; change it by hand")
    return found


def _bounds(plain: str, start: int) -> tuple[int, int]:
    """Where an entry begins and its last value ends: comments before the next one are that one's."""
    following = _ANY.search(plain, start + 2)
    lines = plain[start : following.start() if following else len(plain)].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start, start + len("".join(lines).rstrip())


def _with(block: str, kind: Kind, entry: Mapping[str, Any]) -> str:
    """The text of one entry, with other values."""
    document = tomlkit.parse(block)
    array = document[kind.value]
    assert isinstance(array, AoT)
    table = array[0]
    for key in set(table) - entry.keys():
        table.remove(key)
    _fill(table, entry, {})
    return tomlkit.dumps(document).rstrip()


def _fill(table: Table, entry: Mapping[str, Any], notes: Mapping[str, str]) -> None:
    for key in sorted(entry, key=ORDER.index):
        if key not in table or table[key] != entry[key]:
            table[key] = _item(entry[key], notes.get(key, ""), lines=key == "text")


def _item(value: Any, note: str, *, lines: bool = False) -> Item:
    """A value with a comment behind it.

    Args:
        lines: whether a text may stand in several.
    """
    several = lines and isinstance(value, str) and "\n" in value
    item = tomlkit.string(value, multiline=True) if several else tomlkit.item(value)
    return item.comment(" ".join(clean(note, NAME).split())) if note else item
