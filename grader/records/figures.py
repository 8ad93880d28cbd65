"""What a check measured, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Drawing(StrEnum):
    """How a figure is drawn."""

    CURVE = "curve"
    MATRIX = "matrix"
    PICTURES = "pictures"
    PREDICTION = "prediction"
    QUEST = "quest"


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured of a student's answer. Display data: no verdict rests on it, and no hidden input is in it.

    Attributes:
        title: what it shows, for the student.
        values: of a curve, one for each step; of a quest, the number that was measured; finite.
        low, high: the band that right answers lie in, step by step; empty where there is none.
        axes: what is across and what is up.
        rows: of a matrix: how many of a class, one row each, were taken for which class.
        names: of the classes; of a quest, the nickname that the student chose, or "".
        images: PNG, base64, each with what is to be said below it.
        beside: of a prediction, by label: what was predicted, what came, and whether the two are the same.
    """

    drawing: Drawing
    title: str
    values: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    axes: tuple[str, str] = ("", "")
    rows: tuple[tuple[int, ...], ...] = ()
    names: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, str, str, bool], ...] = ()
