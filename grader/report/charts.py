"""Charts as SVG: small, without colours of their own, so that a style sheet gives them those of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

Drawn = Callable[[Any], None]  # puts series into a chart

SIZE = (560, 210)
_STEPS = [digit * 10**power for power in range(8) for digit in (1, 2, 5)]  # of counts on an axis
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_LOOKS = re.compile(r' (?:fill|stroke|font-family|font-size|stroke-width)="[^"]*"')
_EMPTY = re.compile(r'<g transform="[^"]*" />|<rect x="0" y="0" [^>]*/>| transform=""| dy=""| (?=/>)')


@lru_cache(maxsize=64)
def columns(counts: Sequence[tuple[str, int]], told: str, x: str = "", y: str = "") -> Markup:
    """A column for each label.

    Args:
        counts: a tuple of labels and numbers.
        told: what the chart shows, for who does not see it.
        x, y: names of the axes.
    """
    if not any(count for _, count in counts):
        return Markup("")
    most = max(count for _, count in counts)
    step = next(size for size in _STEPS if most <= 5 * size)

    def draw(chart: Any) -> None:
        chart.add_columns(list(counts))
        chart.add_y_scale(0, -(-most // step) * step)

    return _chart(draw, told, x, y, ticks=list(range(0, most + step, step)))


@lru_cache(maxsize=1_000)  # right answers are the same
def curves(
    values: Sequence[float], low: Sequence[float], high: Sequence[float], told: str, x: str = "", y: str = ""
) -> Markup:
    """A curve over its steps, in a band, if there is one.

    Args:
        low, high: the band's edges; empty where there is none.
    """

    def draw(chart: Any) -> None:
        if low:
            edges = [list(enumerate(edge, start=1)) for edge in (low, high)]
            around = [*edges[0], *reversed(edges[1])]  # which the style sheet fills
            chart.add_line(around, name="right answers")
        chart.add_line(list(enumerate(values, start=1)), name="yours")

    return _chart(draw, told, x, y, "chart banded" if low else "chart")


def _chart(draw: Drawn, told: str, x: str, y: str, kind: str = "chart", ticks: Sequence[float] | None = None) -> Markup:
    import leather

    leather.theme.background_color = "none"
    leather.theme.tick_font_char_width = 7
    chart = leather.Chart()
    draw(chart)
    chart.add_x_axis(name=x or None)
    chart.add_y_axis(name=y or None, ticks=ticks)
    svg = _TAG.sub(_short, chart.to_svg(width=SIZE[0], height=SIZE[1]))
    head = f'<svg class="{kind}" viewBox="0 0 {SIZE[0]} {SIZE[1]}" role="img" aria-label="{escape(told)}">'
    return Markup(head + _EMPTY.sub("", svg.partition(">")[2]))


def _short(tag: re.Match[str]) -> str:
    """A tag without looks, its numbers to a tenth of a pixel."""
    return _NUMBER.sub(lambda found: f"{float(found[0]):.1f}", _LOOKS.sub("", tag[0]))
