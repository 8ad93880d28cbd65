"""What a check measured: curves, tables of what was taken for what, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Drawing, Figure
from grader.report.shown import is_png


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure.

    Attributes:
        told: the curve in a sentence, for who does not see it.
        rows: of a matrix: a class, and its counts, each with how dark it is, in percent.
    """

    drawing: str
    title: str
    told: str
    values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    axes: tuple[str, str]
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    images: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str, str, bool], ...]


def figure_view(figure: Figure) -> FigureView:
    """What a template shows of it."""
    return FigureView(
        drawing=figure.drawing.value,
        title=figure.title,
        told=_told(figure) if figure.drawing is Drawing.CURVE else "",
        values=figure.values,
        low=figure.low,
        high=figure.high,
        axes=figure.axes,
        names=figure.names,
        rows=tuple((name, _shaded(row)) for name, row in zip(figure.names, figure.rows, strict=False)),
        images=tuple((image, said) for image, said in figure.images if is_png(image)),
        beside=figure.beside,
    )


def _shaded(row: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    total = max(1, sum(row))
    return tuple((count, round(100 * count / total)) for count in row)


def _told(figure: Figure) -> str:
    first, last = figure.values[0], figure.values[-1]
    said = f"{figure.title}: {len(figure.values)} steps, from {first:.3g} to {last:.3g}"
    if figure.low:
        steps = list(zip(figure.values, figure.low, figure.high, strict=False))
        outside = sum(not low - abs(low) / 1000 <= value <= high + abs(high) / 1000 for value, low, high in steps)
        said += (
            f"; {outside} of {len(steps)} outside the band of right answers" if outside else "; all as right answers"
        )
    return said
