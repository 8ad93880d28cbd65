"""Exact numbers: as they were typed, and in whole hundredths."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=10_000)  # a class has few points and weights, and asks for them often
def exact(number: float) -> Fraction:
    """The number as it was typed: 0.1 is a tenth."""
    return Fraction(repr(number))


def hundredths(number: Fraction) -> Fraction:
    """The nearest whole number of hundredths, a half upwards."""
    return Fraction(math.floor(number * 100 + Fraction(1, 2)), 100)
