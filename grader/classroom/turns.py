"""Who is graded when: no section waits for a larger one, nobody for who came later."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def in_turn(places: Iterable[T], section: Callable[[T], str], time: Callable[[T], str]) -> list[T]:
    """Round robin over sections, oldest first in each; where nothing is known, as they came.

    Args:
        time: ISO 8601 in UTC, or "": unknown, after all others.
    """
    sections: dict[str, list[T]] = {}
    for place in places:
        sections.setdefault(section(place), []).append(place)
    sorts = [sorted(own, key=lambda place: (not time(place), time(place))) for own in sections.values()]
    rounds = itertools.zip_longest(*sorts, fillvalue=None)
    return [place for one in rounds for place in one if place is not None]
