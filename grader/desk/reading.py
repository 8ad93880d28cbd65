"""`decisions.toml` as Decisions. Every fault in it is one line, and a file with a fault is not used at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from grader.course.tables import Table, did_you_mean, toml_in
from grader.desk.blocks import headers
from grader.errors import CourseError, FileFaults
from grader.records import Decision, Kind, Span

MOST_TEXT = 20_000  # characters of a comment or a reason


@dataclass(frozen=True, slots=True)
class Form:
    """Which keys an entry of a kind has, beside `assignment`, `reason`, `by` and `on`."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


FORMS = {
    Kind.POINTS: Form(("student", "question", "points", "reason"), ("check", "answer")),
    Kind.RUBRIC: Form(("student", "question", "lines"), ("points", "text", "answer")),
    Kind.COMMENT: Form(("student", "text"), ("question", "answer")),
    Kind.EXTENSION: Form((), ("student", "section", "due", "extra", "excused")),
    Kind.HANDED: Form(("student", "at")),
    Kind.EXEMPTION: Form(("student",)),
    Kind.DROPPED: Form(("question", "reason")),
    Kind.GIVEN: Form(("question", "reason")),
}
KINDS = [kind.value for kind in Kind]
COMMON = ("assignment", "reason", "by", "on")
CURES = {
    "reason": "write why; the student reads it",
    "student": "write the student's id, login or name",
    "points": "write the points",
    "text": "write the comment",
    "lines": 'write the ids of the lines that hold: lines = ["one"], or lines = []',
    "at": "write when it was handed in: at = 2026-10-12T23:59:00",
}


def read_decisions(path: Path, zone: str) -> tuple[Decision, ...]:
    """The decisions in a file, none if there is no file; by kind, and in the file's order. Raises FileFaults.

    Args:
        zone: the IANA name of the time zone of dates without one.
    """
    return decisions_in(path, bytes_of(path), zone)


def bytes_of(path: Path) -> bytes:
    """What is in the file, nothing if there is none. Raises FileFaults."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FileFaults([CourseError(path, f"cannot be read: {error.strerror}", "make it readable")]) from error


def decisions_in(path: Path, content: bytes, zone: str) -> tuple[Decision, ...]:
    """The decisions in a file's bytes. Raises FileFaults."""
    try:
        data = toml_in(path, content)
    except CourseError as error:
        raise FileFaults([error]) from error
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    faults: list[CourseError] = []
    found: list[Decision] = []
    for name, entries in data.items():
        if name not in KINDS:
            fix = did_you_mean(name, KINDS)
            faults.append(CourseError(f"{path}: {name}", "is no kind of decision", fix))
        elif not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            faults.append(CourseError(f"{path}: {name}", "is no list of entries", f"write [[{name}]] above each entry"))
        else:
            tables = zip(_places(path, text, name, len(entries)), entries, strict=True)
            found += [_decision(Kind(name), Table(where, entry, faults), ZoneInfo(zone)) for where, entry in tables]
    if faults:
        raise FileFaults(faults)
    return tuple(found)


def _places(path: Path, text: str, name: str, count: int) -> Iterator[str]:
    """Where the entries of a kind stand: their lines, or their numbers where a header looks unlike others."""
    lines = [text.count("\n", 0, start) + 1 for start in headers(text, name)]
    for number in range(count):
        yield f"{path}: line {lines[number]}" if len(lines) == count else f"{path}: [[{name}]] number {number + 1}"


def _decision(kind: Kind, table: Table, zone: ZoneInfo) -> Decision:
    form = FORMS[kind]
    for key in ("assignment", *form.needs):
        if not table.has(key):
            table.fault(key, "is missing", CURES.get(key, "write it"))
    found = {key: READERS[key](table, key, zone) for key in (*COMMON, *form.needs, *form.may)}
    if kind is Kind.EXTENSION:
        _check_extension(table)
    table.close()
    return Decision(kind, where=table.where, **found)


def _check_extension(table: Table) -> None:
    """It is about a student or a section, and says what is other for them."""
    who = [key for key in ("student", "section") if key in table.data]
    if len(who) != 1:
        table.fault("", "is about nobody" if not who else "names a student and a section", "write one of the two")
    if "due" in table.data and "extra" in table.data:
        table.fault("extra", "stands beside `due`", "keep one of the two")
    if not {"due", "extra", "excused"} & table.data.keys():
        fix = 'write due = 2026-10-20T23:59:00, extra = "2 days" or excused = true'
        table.fault("", "says nothing about the deadline", fix)


# ---- what the keys hold


def _text(table: Table, key: str, zone: ZoneInfo) -> str:
    text = table.text(key)
    if len(text) > MOST_TEXT:
        table.fault(key, f"has {len(text)} characters", f"write at most {MOST_TEXT}")
    return text


def _who(table: Table, key: str, zone: ZoneInfo) -> str:
    """A student; a number needs no quotation marks."""
    value = table.value(key)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else table.text(key)


def _points(table: Table, key: str, zone: ZoneInfo) -> float | None:
    points = table.number(key, 0.0)
    if round(points, 2) != points:
        table.fault(key, f"is {points!r}", "write hundredths at most")
    return points if table.has(key) else None


def _lines(table: Table, key: str, zone: ZoneInfo) -> tuple[str, ...]:
    return table.texts(key)


def _moment(table: Table, key: str, zone: ZoneInfo) -> datetime | None:
    return table.moment(key, zone)


def _span(table: Table, key: str, zone: ZoneInfo) -> Span | None:
    return table.span(key)


def _flag(table: Table, key: str, zone: ZoneInfo) -> bool:
    return table.flag(key)


def _day(table: Table, key: str, zone: ZoneInfo) -> date | None:
    return table.day(key)


READERS: dict[str, Callable[[Table, str, ZoneInfo], Any]] = {
    **dict.fromkeys(("assignment", "section", "question", "check", "text", "reason", "by", "answer"), _text),
    **dict.fromkeys(("due", "at"), _moment),
    "student": _who,
    "points": _points,
    "lines": _lines,
    "extra": _span,
    "excused": _flag,
    "on": _day,
}
