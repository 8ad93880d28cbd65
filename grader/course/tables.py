"""TOML that staff write by hand, read key by key: every fault in it is one line with the file, the key and the cure.

A table notes what it is asked for. What it holds beyond that is a typing error, and the nearest key is its cure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from grader.errors import CourseError
from grader.records import Span

Choice = TypeVar("Choice", bound=StrEnum)

_SPAN = re.compile(r"(\d{1,5}) ?(min|minutes?|h|hours?|d|days?|weeks?)")
_MINUTES = {"m": 1, "h": 60}
_DAYS = {"d": 1, "w": 7}
SHOWN = 60  # characters of a value that is not as it should be


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises CourseError when it is none, OSError when it cannot be read."""
    return toml_in(path, path.read_bytes())


def toml_in(path: Path, data: bytes) -> dict[str, Any]:
    """The tables in a file's bytes. Raises CourseError."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CourseError(path, f"it is no UTF-8 (byte {error.start})", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(path, f"no TOML: {error}", "correct that line") from error


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The cure for a word that is not known: the nearest that is, else all of them."""
    meant = {one.lower(): one for one in sorted(known)}
    if near := get_close_matches(word.lower(), meant, n=1, cutoff=0.7):
        return f"did you mean {meant[near[0]]}?"
    return f"there are {', '.join(meant.values())}" if meant else "there are none"


class Table:
    """One table of a file.

    Args:
        where: the file, and what leads to this table.
        data: as tomllib reads it.
        faults: collects what is wrong; whoever opened the file raises them.
        prefix: goes before each key, as in `late.penalty`.
    """

    def __init__(self, where: str, data: dict[str, Any], faults: list[CourseError], prefix: str = "") -> None:
        self.where, self.data, self.faults, self.prefix = where, data, faults, prefix
        self.asked: set[str] = set()

    def fault(self, key: str, what: str, fix: str) -> None:
        where = f"{self.where}: {self.prefix}{key}" if key else self.where
        self.faults.append(CourseError(where, what, fix))

    def value(self, key: str) -> Any:
        """What stands there as it is, None for nothing."""
        self.asked.add(key)
        return self.data.get(key)

    def has(self, key: str) -> bool:
        self.asked.add(key)
        return key in self.data

    def close(self) -> None:
        """Name the keys that nobody asked for."""
        for key in sorted(self.data.keys() - self.asked):
            self.fault(key, "is no key that we know", did_you_mean(key, self.asked))

    # ---- kinds of values; what is wrong is named, and the default taken to go on with

    def text(self, key: str, default: str = "") -> str:
        value = self.value(key)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip():
            self._wrong(key, value, "write a text in quotation marks")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self._wrong(key, value, f'write a list of texts: {key} = ["one", "two"]')
            return ()
        return tuple(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(key, value, "write true or false")
        return default

    def number(self, key: str, default: float, least: float = 0.0, most: float = float("inf")) -> float:
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:  # nan, too
            self._wrong(key, value, f"write a number{_between(least, most)}")
            return default
        return float(value)

    def whole(self, key: str, default: int, least: int = 0) -> int:
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self._wrong(key, value, f"write a whole number{_between(least, float('inf'))}")
            return default
        return value

    def choice(self, key: str, kinds: type[Choice], default: Choice) -> Choice:
        value, words = self.value(key), [kind.value for kind in kinds]
        if value is None:
            return default
        if isinstance(value, str) and value in words:
            return kinds(value)
        fix = did_you_mean(value, words) if isinstance(value, str) else f"write one of {', '.join(words)}"
        self._wrong(key, value, fix)
        return default

    def choices(self, key: str, kinds: type[Choice]) -> frozenset[Choice]:
        """Some words of a kind, as a list; none where there is none."""
        words = [kind.value for kind in kinds]
        values = self.texts(key)
        if strange := [value for value in values if value not in words]:
            self._wrong(key, strange[0], did_you_mean(strange[0], words))
        return frozenset() if strange else frozenset(map(kinds, values))

    def whole_numbers(self, key: str) -> frozenset[int]:
        """Numbers from 1 on, as a list; none where there is none."""
        value = self.value(key)
        if value is None:
            return frozenset()
        good = isinstance(value, list) and all(type(one) is int and one > 0 for one in value)
        if not good:
            self._wrong(key, value, f"write a list of whole numbers: {key} = [1, 2]")
        return frozenset(value) if good else frozenset()

    def span(self, key: str, default: Span | None = None) -> Span | None:
        """A length of time, such as "15 min", "2 h", "3 days", "1 week"."""
        value = self.value(key)
        if value is None:
            return default
        match = _SPAN.fullmatch(value.strip().lower()) if isinstance(value, str) else None
        if match is None:
            self._wrong(key, value, 'write it as "15 min", "2 h", "3 days" or "1 week"')
            return default
        number, unit = int(match[1]), match[2][0]
        return Span(number * _DAYS.get(unit, 0), number * _MINUTES.get(unit, 0))

    def moment(self, key: str, zone: ZoneInfo) -> datetime | None:
        """A date and time, in UTC; without a time zone the course's is meant, and a date alone lasts until its end.

        Python compares two times of one zone by what clocks show there, and not by which came first.
        """
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, str):
            value = _as_written(value)
        if isinstance(value, datetime):
            if value.tzinfo is not None:
                return value.astimezone(UTC)
            return self._on_the_clock(key, value, zone)
        if isinstance(value, date):
            return datetime.combine(value, time(23, 59, 59), zone).astimezone(UTC)
        self._wrong(key, self.data[key], f"write a date and time without quotation marks: {key} = 2026-10-12T23:59:00")
        return None

    def day(self, key: str) -> date | None:
        """A day, such as 2026-10-12."""
        value = self.value(key)
        if isinstance(value, str):
            value = _as_written(value)
        if isinstance(value, datetime):
            return value.date()
        if (value is not None and not isinstance(value, date)) or (value is None and key in self.data):
            self._wrong(key, self.data[key], f"write a day without quotation marks: {key} = 2026-10-12")
            return None
        return value

    def _on_the_clock(self, key: str, value: datetime, zone: ZoneInfo) -> datetime | None:
        """A time that clocks show twice is the later one; one that they leave out is a fault."""
        meant = value.replace(tzinfo=zone, fold=1).astimezone(UTC)
        if meant.astimezone(zone).replace(tzinfo=None) != value:
            fix = f"write {(value + timedelta(hours=1)).isoformat()}, or the offset, as in 2026-10-12T23:59:00+02:00"
            self.fault(key, f"{value.isoformat()} is left out by the clocks of {zone.key}", fix)
            return None
        return meant

    def table(self, key: str) -> Table:
        """A table within this one, empty if it is not there; it must be closed, too."""
        value = self.value(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, value, f"write a table: [{self.prefix}{key}]")
            value = None
        return Table(self.where, value or {}, self.faults, f"{self.prefix}{key}.")

    def _wrong(self, key: str, value: object, fix: str) -> None:
        shown = repr(value) if not isinstance(value, date | time) else value.isoformat()
        shown = {"True": "true", "False": "false"}.get(shown, shown)
        self.fault(key, f"is {shown if len(shown) <= SHOWN else shown[:SHOWN] + '…'}", fix)


def _as_written(text: str) -> date | None:
    """A date that was put into quotation marks."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-10-12") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _between(least: float, most: float) -> str:
    if most == float("inf"):
        return f", {least:g} or more" if least > -most else ""
    return f" from {least:g} to {most:g}"
