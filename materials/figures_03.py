"""Draws the pictures of the training notebook: python materials/figures_03.py

Every number in them is computed here; nothing is drawn at random, so the files are the same after every run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "assignments" / "03_training" / "figures"
INK, PALE, GREY, BLUE, RED, GREEN = "#333333", "#bbbbbb", "#707070", "#2563a8", "#c0392b", "#2e8b57"

Point = tuple[float, float]


class Picture:
    """An SVG of a given size, white, with y downwards."""

    def __init__(self, name: str, width: int, height: int, title: str) -> None:
        self.path = FOLDER / f"{name}.svg"
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="sans-serif" font-size="13">',
            f"<title>{title}</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto-start-reverse"><path d="M0 0 8 4 0 8Z" fill="context-stroke"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        ]

    def line(
        self, points: Sequence[Point], colour: str = INK, width: float = 1.5, dash: str = "", arrow: bool = False
    ) -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        more = (f' stroke-dasharray="{dash}"' if dash else "") + (' marker-end="url(#tip)"' if arrow else "")
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{more}/>')

    def curve(self, path: str, colour: str = INK, width: float = 1.5) -> None:
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" marker-end="url(#tip)"/>'
        )

    def dot(self, x: float, y: float, colour: str = INK, radius: float = 3.5) -> None:
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>')

    def ellipse(self, x: float, y: float, rx: float, ry: float) -> None:
        self.parts.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="none" stroke="{PALE}"/>'
        )

    def text(
        self, x: float, y: float, words: str, colour: str = INK, anchor: str = "middle", code: bool = False
    ) -> None:
        font = ' font-family="monospace"' if code else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{font}>{words}</text>')

    def box(
        self, x: float, y: float, width: float, height: float, words: str, colour: str = INK, code: bool = False
    ) -> None:
        """A box around its middle (x, y)."""
        self.parts.append(
            f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width}" height="{height}" rx="6" '
            f'fill="#f6f6f6" stroke="{colour}" stroke-width="1.5"/>'
        )
        self.text(x, y + 4.5, words, colour, code=code)

    def save(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join([*self.parts, "</svg>\n"]), encoding="utf-8")


def valley() -> None:
    """Gradient descent on (x/2.4)² + y² with three rates."""
    picture = Picture("valley", 720, 220, "Three ways down a long valley")
    for column, (rate, steps, words, colour) in enumerate(
        (
            (0.03, 14, "short steps: far from there", BLUE),
            (0.85, 12, "good steps", GREEN),
            (1.08, 7, "too long: higher at every step", RED),
        )
    ):
        middle_x, middle_y, scale = 120 + 240 * column, 100, 24
        for size in (0.4, 0.9, 1.4, 1.9):
            picture.ellipse(middle_x, middle_y, size * scale * 2.4, size * scale)
        x, y, path = -3.4, 1.1, []
        for _ in range(steps + 1):
            path.append((middle_x + x * scale, middle_y - y * scale))
            x, y = x - rate * 2 * x / 2.4**2, y - rate * 2 * y
        picture.line(path, colour)
        for place in path:
            picture.dot(*place, colour, 2.5)
        picture.dot(*path[0], colour, 4.5)
        picture.dot(middle_x, middle_y, INK, 2)
        picture.text(middle_x, 206, words, colour)
    picture.save()


def graph() -> None:
    """What autograd notes while the loss of w·x + b is computed."""
    picture = Picture("graph", 640, 330, "The graph of a loss")
    places = {
        "loss": (320, 36, "loss = mean((p - t)²)", INK),
        "p": (320, 106, "p = w·x + b", INK),
        "wx": (210, 176, "w·x", INK),
        "b": (430, 246, "b", BLUE),
        "w": (130, 246, "w", BLUE),
        "x": (290, 246, "x", GREY),
        "t": (540, 106, "t", GREY),
    }
    for above, below in (("loss", "p"), ("p", "wx"), ("p", "b"), ("wx", "w")):
        (x1, y1, *_), (x2, y2, *_) = places[above], places[below]
        picture.line([(x1, y1 + 16), (x2, y2 - 17)], RED, 2, arrow=True)
    picture.line([(290, 230), (228, 193)], PALE, 1.5, "4 3")
    picture.line([(522, 100), (408, 52)], PALE, 1.5, "4 3")
    for name, (x, y, words, colour) in places.items():
        wide = 170 if name == "loss" else 110 if name == "p" else 60 if name == "wx" else 44
        picture.box(x, y, wide, 32, words, colour)
    picture.text(335, 76, "∂loss/∂p", RED, "start")
    picture.text(390, 166, "times 1", RED, "start")
    picture.text(150, 206, "times x", RED, "end")
    picture.text(130, 290, "w.grad", BLUE, code=True)
    picture.text(430, 290, "b.grad", BLUE, code=True)
    picture.text(320, 318, "red: the way of backward, down to the leaves. Grey: data, no gradient wanted.", INK)
    picture.save()


def loop() -> None:
    """One round of a training loop."""
    picture = Picture("loop", 720, 190, "One round of a training loop")
    steps = (
        ("predict", "f(x)", INK),
        ("measure", "loss", INK),
        ("clear", "zero_grad()", BLUE),
        ("go backward", "backward()", RED),
        ("step", "step()", GREEN),
    )
    for i, (words, code, colour) in enumerate(steps):
        x = 80 + 140 * i
        picture.box(x, 70, 108, 34, words, colour)
        picture.text(x, 108, code, colour, code=True)
        if i:
            picture.line([(x - 84, 70), (x - 58, 70)], INK, 1.5, arrow=True)
    picture.curve("M640 120 C640 175 80 175 80 122")
    picture.text(360, 152, "again, until the epochs are over")
    picture.text(80, 34, "params → predictions")
    picture.text(500, 34, "fills .grad")
    picture.text(640, 34, "moves params")
    picture.save()


def curves() -> None:
    """Four pairs of training and validation losses."""
    picture = Picture("curves", 720, 220, "What two curves say")

    def diverged(k: float) -> Point:
        return 0.45 + 0.01 * 1.2**k, 0.5 + 0.012 * 1.2**k

    def stuck(k: float) -> Point:
        return 0.7 - 0.002 * k + 0.02 * math.sin(k), 0.76 + 0.03 * math.sin(1.3 * k + 1)

    def overfits(k: float) -> Point:
        return 0.08 + 0.8 * math.exp(-k / 6), 0.25 + 0.65 * math.exp(-k / 4) + 0.0007 * k**2

    def fine(k: float) -> Point:
        return 0.12 + 0.78 * math.exp(-k / 6), 0.2 + 0.72 * math.exp(-k / 5.5)

    cases: tuple[tuple[str, Callable[[float], Point]], ...] = (
        ("diverged", diverged),
        ("stuck", stuck),
        ("overfits", overfits),
        ("fine", fine),
    )
    for column, (name, losses) in enumerate(cases):
        left, bottom = 30 + 175 * column, 160
        picture.line([(left, 30), (left, bottom), (left + 145, bottom)], INK, 1)
        for which, colour, dash in ((0, BLUE, ""), (1, RED, "6 4")):
            points = [(left + 4.6 * k, bottom - 125 * losses(k)[which]) for k in range(31)]
            picture.line([p for p in points if p[1] > 24], colour, 2, dash)
        picture.text(left + 72, 180, name)
    picture.line([(230, 204), (260, 204)], BLUE, 2)
    picture.text(268, 208.5, "training loss", anchor="start")
    picture.line([(380, 204), (410, 204)], RED, 2, "6 4")
    picture.text(418, 208.5, "validation loss", anchor="start")
    picture.save()


def activations() -> None:
    """Six activation functions between -4 and 4."""
    picture = Picture("activations", 720, 330, "Six activation functions")
    functions: tuple[tuple[str, Callable[[float], float]], ...] = (
        ("relu", lambda x: max(x, 0.0)),
        ("leaky_relu", lambda x: x if x > 0 else 0.01 * x),
        ("hardtanh", lambda x: min(max(x, -1.0), 1.0)),
        ("sigmoid", lambda x: 1 / (1 + math.exp(-x))),
        ("tanh", math.tanh),
        ("softplus", lambda x: math.log1p(math.exp(x))),
    )
    for i, (name, f) in enumerate(functions):
        middle_x, middle_y, scale = 120 + 240 * (i % 3), 90 + 160 * (i // 3), 24.0
        picture.line([(middle_x - 100, middle_y), (middle_x + 100, middle_y)], PALE, 1)
        picture.line([(middle_x, middle_y - 70), (middle_x, middle_y + 40)], PALE, 1)
        picture.line([(middle_x - 3, middle_y - scale), (middle_x + 3, middle_y - scale)], INK, 1)
        picture.text(middle_x - 8, middle_y - scale + 4.5, "1", anchor="end")
        points = [(middle_x + x / 10 * scale, middle_y - f(x / 10) * scale) for x in range(-40, 41)]
        picture.line([p for p in points if p[1] > middle_y - 72], BLUE, 2.2)
        picture.text(middle_x + 100, middle_y + 32, name, anchor="end", code=True)
    picture.save()


def gan() -> None:
    """Who teaches whom in a GAN."""
    picture = Picture("gan", 720, 260, "Two networks against each other")
    picture.box(70, 70, 90, 36, "noise", GREY)
    picture.box(220, 70, 60, 44, "G", BLUE)
    picture.box(360, 70, 90, 36, "fakes")
    picture.box(360, 170, 110, 36, "real samples", GREY)
    picture.box(530, 120, 60, 44, "D", RED)
    picture.box(650, 120, 80, 36, "scores")
    for start, end in (
        ((115, 70), (188, 70)),
        ((250, 70), (313, 70)),
        ((405, 76), (498, 110)),
        ((415, 164), (498, 132)),
        ((560, 120), (608, 120)),
    ):
        picture.line([start, end], INK, 1.5, arrow=True)
    picture.curve("M640 100 C620 14 300 6 226 44", BLUE, 2)
    picture.text(450, 13, "G's step: fakes shall get 1. The gradient passes through D.", BLUE)
    picture.curve("M645 140 C620 190 560 190 536 145", RED, 2)
    picture.text(540, 216, "D's step: real 1, fakes 0. Moves D alone.", RED)
    picture.line([(452, 84), (462, 106)], RED, 3)
    picture.text(420, 122, "detach: no way to G", RED, "middle")
    picture.save()


if __name__ == "__main__":
    for draw in (valley, graph, loop, curves, activations, gan):
        draw()
