"""Draws the figures of assignment 04: `python materials/figures_04.py [folder]`."""

from __future__ import annotations

import sys
from pathlib import Path

HOME = Path(__file__).parents[1] / "assignments" / "04_cnn" / "figures"
BLUE, ORANGE, GREEN, GREY, LINE = "#cfe3f5", "#f6d3a8", "#bfe3b4", "#eee", "#666"
PALE = "#555"  # of words that matter less, and can be read all the same


class Drawing:
    """The parts of one SVG, on white."""

    def __init__(self, width: int, height: int, title: str) -> None:
        font = 'font-family="sans-serif" font-size="13" fill="#333"'
        size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>',
            f"<title>{title}</title>",
            f'<rect width="{width}" height="{height}" rx="6" fill="#fff"/>',
        ]

    def rect(self, x: float, y: float, w: float, h: float, fill: str, stroke: str = LINE, width: float = 1) -> None:
        place = f'x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"'
        self.parts.append(f'<rect {place} fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>')

    def text(self, x: float, y: float, words: str, anchor: str = "middle", size: int = 13, fill: str = "#333") -> None:
        style = f'text-anchor="{anchor}" font-size="{size}" fill="{fill}"'
        self.parts.append(f'<text x="{x:g}" y="{y:g}" {style}>{words}</text>')

    def line(self, x: float, y: float, u: float, v: float, colour: str = LINE) -> None:
        ends = f'x1="{x:g}" y1="{y:g}" x2="{u:g}" y2="{v:g}"'
        self.parts.append(f'<line {ends} stroke="{colour}" stroke-width="1.3"/>')

    def arrow(self, x: float, y: float, u: float, v: float) -> None:
        """A straight arrow along an axis."""
        self.line(x, y, u, v)
        dx, dy = (u > x) - (u < x), (v > y) - (v < y)
        tip = [(u, v), (u - 8 * dx - 4 * dy, v - 8 * dy - 4 * dx), (u - 8 * dx + 4 * dy, v - 8 * dy + 4 * dx)]
        points = " ".join(f"{a:g},{b:g}" for a, b in tip)
        self.parts.append(f'<polygon points="{points}" fill="{LINE}"/>')

    def grid(self, x: float, y: float, rows: list[list[str]], cell: int, fill: str) -> None:
        """A table of squares with a text in each."""
        for i, row in enumerate(rows):
            for j, words in enumerate(row):
                self.rect(x + j * cell, y + i * cell, cell, cell, fill)
                self.text(x + (j + 0.5) * cell, y + (i + 0.5) * cell + 5, words)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*self.parts, "</svg>"]) + "\n", encoding="utf-8")


def window() -> Drawing:
    """A 3×3 filter on a 5×5 picture, at its second position."""
    picture = [[0, 0, 1, 1, 0], [0, 1, 2, 1, 0], [1, 2, 2, 2, 1], [0, 1, 2, 1, 0], [0, 0, 1, 1, 0]]
    weights = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    result = [
        [sum(weights[k][m] * picture[i + k][j + m] for k in range(3) for m in range(3)) for j in range(3)]
        for i in range(3)
    ]
    d = Drawing(640, 250, "A filter slides over a picture")
    cell, top = 34, 46
    d.text(20 + 2.5 * cell, 30, "picture, 5×5")
    d.grid(20, top, [[str(n) for n in row] for row in picture], cell, BLUE)
    d.rect(20 + cell, top, 3 * cell, 3 * cell, "none", "#b03a2e", 3)
    d.text(280, 30, "filter, 3×3")
    d.grid(280 - 1.5 * cell, top + cell, [[str(n).replace("-", "−") for n in row] for row in weights], cell, ORANGE)
    d.text(211, top + 2.5 * cell + 5, "·", size=22)
    d.arrow(350, top + 2.5 * cell, 400, top + 2.5 * cell)
    d.text(375, top + 2.5 * cell - 10, "sum", size=12)
    d.text(420 + 1.5 * cell, 30, "output, 3×3")
    d.grid(420, top + cell, [[str(n).replace("-", "−") for n in row] for row in result], cell, GREEN)
    d.rect(420 + cell, top + cell, cell, cell, "none", "#b03a2e", 3)
    products = [(weights[k][m], picture[k][1 + m]) for k in range(3) for m in range(3) if weights[k][m]]
    words = " + ".join(f"{w}·{p}".replace("-", "−") for w, p in products)
    d.text(20, 238, f"second position: {words} = {result[0][1]}".replace("= -", "= −"), "start", 13, PALE)
    return d


def shapes() -> Drawing:
    """What becomes of a picture in network A."""
    d = Drawing(860, 240, "A picture on its way through network A")
    maps = [(1, 28, "1×28×28", BLUE), (6, 24, "6×24×24", GREEN), (6, 12, "6×12×12", GREEN)]
    maps += [(12, 8, "12×8×8", ORANGE), (12, 4, "12×4×4", ORANGE)]
    steps = ["conv1, ReLU", "pool", "conv2, ReLU", "pool", "flatten"]
    x, middle = 22.0, 104
    for (count, side, words, fill), step in zip(maps, steps, strict=True):
        size, shift = 3.2 * side, 3.2 if count > 1 else 0
        width = size + shift * (count - 1)
        for i in range(count):
            d.rect(x + i * shift, middle - width / 2 + i * shift, size, size, fill)
        d.text(x + width / 2, 206, words)
        d.arrow(x + width + 6, middle, x + width + 36, middle)
        d.text(x + width + 21, 228, step, size=12, fill=PALE)
        x += width + 44
    for count, step in ((192, "fc1, ReLU"), (120, "fc2, ReLU"), (60, "out"), (10, "")):
        height = 0.85 * count if count > 10 else 16
        d.rect(x, middle - height / 2, 12, height, GREY)
        d.text(x + 6, 206, str(count))
        if step:
            d.arrow(x + 20, middle, x + 50, middle)
            d.text(x + 35, 228, step, size=12, fill=PALE)
        x += 64
    d.text(x - 42, middle + 4, "logits", "start", 13, PALE)
    return d


def field() -> Drawing:
    """Two layers of width 3: an output depends on five pixels."""
    d = Drawing(520, 210, "The receptive field grows from layer to layer")
    cell, left = 36, 150
    rows = [("output of layer 2", 26, [3], GREEN), ("output of layer 1", 88, [2, 3, 4], ORANGE)]
    rows.append(("pixels", 150, [1, 2, 3, 4, 5], BLUE))
    for words, y, lit, fill in rows:
        d.text(left - 14, y + 23, words, "end")
        for i in range(7):
            d.rect(left + i * cell, y, cell, cell, fill if i in lit else "#fff")
    for upper, lower, ends in ((26, 88, [(3, 2, 4)]), (88, 150, [(2, 1, 3), (3, 2, 4), (4, 3, 5)])):
        for i, first, last in ends:
            d.line(left + i * cell, upper + cell, left + first * cell, lower)
            d.line(left + (i + 1) * cell, upper + cell, left + (last + 1) * cell, lower)
    d.text(left + 7 * cell + 14, 49, "1", "start")
    d.text(left + 7 * cell + 14, 111, "1 + 2 = 3", "start")
    d.text(left + 7 * cell + 14, 173, "3 + 2 = 5", "start")
    return d


def residual() -> Drawing:
    """A residual block: two ways, added."""
    d = Drawing(700, 170, "A residual block")
    y, x = 100, 60.0
    d.text(24, y + 5, "x")
    d.arrow(36, y, x, y)
    for words, wide in (("conv1", 66), ("bn1", 50), ("ReLU", 56), ("conv2", 66), ("bn2", 50)):
        fill = {"ReLU": GREY, "bn1": BLUE, "bn2": BLUE}.get(words, ORANGE)
        d.rect(x, y - 18, wide, 36, fill)
        d.text(x + wide / 2, y + 5, words)
        d.arrow(x + wide, y, x + wide + 22, y)
        x += wide + 22
    d.parts.append(f'<circle cx="{x + 12:g}" cy="{y}" r="12" fill="#fff" stroke="{LINE}"/>')
    d.text(x + 12, y + 5, "+")
    d.arrow(x + 24, y, x + 46, y)
    d.rect(x + 46, y - 18, 56, 36, GREY)
    d.text(x + 74, y + 5, "ReLU")
    d.arrow(x + 102, y, x + 126, y)
    d.line(46, y, 46, 40)
    d.line(46, 40, x + 12, 40)
    d.arrow(x + 12, 40, x + 12, y - 12)
    d.text((46 + x) / 2, 30, "the shortcut: x itself, or a 1×1 convolution and batch norm where x does not fit")
    d.text((60 + x) / 2, 150, "what is added to x", fill=PALE)
    return d


def main(folder: Path) -> None:
    for drawing in (window, shapes, field, residual):
        drawing().save(folder / f"{drawing.__name__}.svg")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)
