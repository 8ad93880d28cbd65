"""Numbers as files of different countries write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

_COMMA = re.compile(r"-?\d+,\d{1,6}")
_POINT = re.compile(r"-?\d+\.\d{1,6}")
_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d+)?|\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d+)?)")


def has_commas(texts: Iterable[str], separator: str) -> bool:
    """Whether decimals stand behind a comma: as some number shows, else as the separator makes one expect."""
    whole = [text.strip() for text in texts]
    if any(_COMMA.fullmatch(text) for text in whole):
        return True
    return separator == ";" and not any(_POINT.fullmatch(text) for text in whole)


def read_number(text: str) -> float | None:
    """The number that a cell holds; None when it holds none."""
    text = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(text):
        return None
    digits = re.sub(r"[' ]", "", text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    return float(digits)


def written(number: float, commas: bool, places: int | None = None) -> str:
    """A number in hundredths, half upwards.

    Args:
        places: always so many; None: no more than it takes.
    """
    text = str(Decimal(repr(number)).quantize(Decimal("0.01"), ROUND_HALF_UP))
    if places is None:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if commas else text
