"""Makes the garments of assignments 02 and 04: run `python materials/garments.py` to write them again.

    python materials/garments.py [FOLDER...]        # default: the data folders of both assignments

Ten kinds of clothes are drawn, none like another, in the IDX files that `torchvision.datasets.FashionMNIST` reads. The
generators are seeded: the files come out the same, byte for byte.
"""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

Rng = np.random.Generator
Array = np.ndarray[Any, Any]
Point = tuple[float, float]

ASSIGNMENTS = Path(__file__).resolve().parents[1] / "assignments"
HOMES = (ASSIGNMENTS / "02_data" / "data", ASSIGNMENTS / "04_cnn" / "data")

GARMENTS = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip

SIDE = 28  # pixels of a garment's picture; shapes are drawn in these units
_SCALE = 8  # supersampling

Part = tuple[str, list[Point], float, float]  # ("fill" or "line", corners, tone, width of the line)


def write_garments(raw: Path, train: int = 60, test: int = 10, seed: int = 417) -> None:
    """The four IDX files of `torchvision.datasets.FashionMNIST`, with so many pictures per class, in mixed order."""
    raw.mkdir(parents=True, exist_ok=True)
    for prefix, count, stream in (("train", train, seed), ("t10k", test, seed + 1)):
        images, labels = draw_garments(count, stream)
        _write_idx(raw / f"{prefix}-images-idx3-ubyte", images)
        _write_idx(raw / f"{prefix}-labels-idx1-ubyte", labels)


def draw_garments(per_class: int, seed: int) -> tuple[Array, Array]:
    """Pictures of shape (10 · per_class, 28, 28) and their labels, both uint8, in mixed order."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.repeat(np.arange(10), per_class)).astype(np.uint8)
    return np.stack([draw_garment(int(label), rng) for label in labels]), labels


def draw_garment(label: int, rng: Rng) -> Array:
    """One picture, (28, 28), uint8: light on black, of a size, place, tilt, tone and texture of its own."""
    place = _placement(label, rng)
    canvas = Image.new("L", (SIDE * _SCALE, SIDE * _SCALE))
    pen = ImageDraw.Draw(canvas)
    for kind, points, tone, width in _SHAPES[label](rng):
        corners = [tuple(_SCALE * value for value in place(point)) for point in points]
        shade = round(200 * tone)
        if kind == "fill":
            pen.polygon(corners, fill=shade)
        else:
            pen.line(corners, fill=shade, width=max(1, round(width * _SCALE)), joint="curve")
    fine = np.asarray(canvas, dtype=np.float64) * _texture(label, rng)
    picture = fine.reshape(SIDE, _SCALE, SIDE, _SCALE).mean((1, 3)) * rng.uniform(0.75, 1.2)
    picture += rng.normal(0, 7, picture.shape) * (picture > 12)
    finished: Array = picture.round().clip(0, 255).astype(np.uint8)
    return finished


def _placement(label: int, rng: Rng) -> Callable[[Point], Point]:
    """A small tilt, stretch and shift, the same for all parts of one garment."""
    angle = math.radians(rng.normal(0, 2.5))
    wide, high = rng.uniform(0.84, 1.03, 2)
    dx, dy = rng.uniform(-1.0, 1.0, 2)
    cos, sin = math.cos(angle), math.sin(angle)
    middle = SIDE / 2

    def place(point: Point) -> Point:
        x, y = (point[0] - middle) * wide, (point[1] - middle) * high
        return middle + dx + cos * x - sin * y, middle + dy + sin * x + cos * y

    return place


def _texture(label: int, rng: Rng) -> Array:
    """A pattern of the cloth, around 1, over the whole fine canvas."""
    y, x = np.mgrid[: SIDE * _SCALE, : SIDE * _SCALE] / _SCALE
    folds = 1 + rng.uniform(0.02, 0.07) * np.sin(
        x * rng.uniform(0.3, 0.7) + y * rng.uniform(-0.2, 0.2) + rng.uniform(0, 6)
    )
    depth, period, start = rng.uniform(0.12, 0.3), rng.uniform(2.6, 5.0), rng.uniform(0, 6)
    pattern = rng.choice(["plain", "hoops", "stripes", "checks", "fade"], p=[0.5, 0.18, 0.1, 0.1, 0.12])
    if pattern == "hoops":
        folds *= 1 - depth * (np.sin(2 * np.pi * y / period + start) > 0)
    elif pattern == "stripes":
        folds *= 1 - depth * (np.sin(2 * np.pi * x / period + start) > 0)
    elif pattern == "checks":
        folds *= 1 - depth * (np.sin(2 * np.pi * x / period) * np.sin(2 * np.pi * y / period + start) > 0)
    elif pattern == "fade":
        folds *= 1 - 1.5 * depth * y / SIDE
    return np.asarray(folds)


def _both(left: Iterable[Point]) -> list[Point]:
    """An outline from its left half, given from the top middle to the bottom middle."""
    half = list(left)
    return half + [(SIDE - x, y) for x, y in reversed(half)]


def _fill(points: Iterable[Point], tone: float = 1.0) -> Part:
    return "fill", list(points), tone, 0.0


def _line(points: Iterable[Point], tone: float, width: float) -> Part:
    return "line", list(points), tone, width


def _oval(x: float, y: float, rx: float, ry: float, first: float = 0, last: float = 360) -> list[Point]:
    steps = np.radians(np.linspace(first, last, 25))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in steps]


def _mirrored(points: Iterable[Point]) -> list[Point]:
    return [(SIDE - x, y) for x, y in points]


def _t_shirt(rng: Rng) -> list[Part]:
    sleeve, hem, body = rng.uniform(10.5, 12.5), rng.uniform(23, 25.5), rng.uniform(7.6, 8.6)
    outline = _both([(11, 4), (7.5, 5.2), (2.2, sleeve), (5.4, sleeve + 2.2), (body, 10.6), (body - 0.2, hem)])
    return [
        _fill(outline),
        _fill(_oval(14, 4, 3.2, rng.uniform(1.8, 3.2)), 0.22),
        _line([(5.4, sleeve + 1.6), (2.8, sleeve - 0.2)], 0.75, 0.4),
        _line(_mirrored([(5.4, sleeve + 1.6), (2.8, sleeve - 0.2)]), 0.75, 0.4),
    ]


def _trouser(rng: Rng) -> list[Part]:
    foot, crotch, flare = rng.uniform(25, 26.5), rng.uniform(9.5, 11), rng.uniform(-0.6, 0.9)
    outline = _both([(9.2, 2), (8.6, 9), (7.8 - flare, foot), (12.2 + 0.3 * flare, foot), (13.8, crotch)])
    return [
        _fill(outline),
        _line([(9.2, 3.4), (18.8, 3.4)], 0.6, 0.5),
        _line([(14, 3.6), (14, crotch)], 0.7, 0.45),
        _line([(9.6, 6.5), (11.2, 4)], 0.65, 0.4),
        _line(_mirrored([(9.6, 6.5), (11.2, 4)]), 0.65, 0.4),
    ]


def _pullover(rng: Rng) -> list[Part]:
    cuff, hem = rng.uniform(20.5, 22.5), rng.uniform(22.5, 24)
    outline = _both([(11, 3.6), (7.8, 4.8), (5.4, 8), (1.8, cuff), (5.2, cuff + 0.9), (8, 11.5), (7.8, hem)])
    wrist = [(1.8, cuff), (2.2, cuff - 1.9), (5.6, cuff - 1), (5.2, cuff + 0.9)]
    return [
        _fill(outline),
        _fill(_oval(14, 3.8, 3.4, 2.2), 0.72),
        _fill(_oval(14, 3.4, 2.5, 1.4), 0.2),
        _fill(wrist, 0.68),
        _fill(_mirrored(wrist), 0.68),
        _fill([(7.8, hem - 1.9), (20.2, hem - 1.9), (20.2, hem), (7.8, hem)], 0.68),
    ]


def _dress(rng: Rng) -> list[Part]:
    hem, flare, waist = rng.uniform(25, 26.5), rng.uniform(5.2, 7.8), rng.uniform(10.8, 12.2)
    top = [(10.2, 1.8), (11.4, 1.8), (12.2, 5), (14, 6.2)]
    side = [(14, hem), (flare, hem - 0.5), (10.9, waist), (9.9, 7.6), (10.3, 5.2)]
    left = [(x, y) for x, y in top + side]
    return [
        _fill(left),
        _fill(_mirrored(left)),
        _fill([(10.8, waist - 0.6), (17.2, waist - 0.6), (17.4, waist + 0.8), (10.6, waist + 0.8)], 0.55),
        _line([(12.2, waist + 1), (10, hem - 0.6)], 0.78, 0.4),
        _line(_mirrored([(12.2, waist + 1), (10, hem - 0.6)]), 0.78, 0.4),
    ]


def _coat(rng: Rng) -> list[Part]:
    cuff, hem, lapel = rng.uniform(19.5, 21.5), rng.uniform(25.5, 26.8), rng.uniform(9, 11)
    outline = _both([(10.6, 2.6), (7.4, 4), (5.2, 7), (2.6, cuff), (5.8, cuff + 0.8), (7.8, 12), (6.6, hem)])
    collar = [(10.6, 2.4), (8.8, 5.4), (10.8, 6.4), (13.8, lapel), (13.8, 5.6)]
    pocket = [(8.2, 17.6), (11.4, 17.2), (11.4, 18.5), (8.2, 18.9)]
    return [
        _fill(outline),
        _fill([(11.4, 2.4), (16.6, 2.4), (14, lapel)], 0.12),
        _fill(collar, 0.62),
        _fill(_mirrored(collar), 0.62),
        _line([(14, lapel - 0.4), (14, hem)], 0.1, 0.75),
        *(_fill(_oval(15.8, y, 0.6, 0.6), 0.25) for y in (lapel + 1.5, lapel + 4.8, lapel + 8.1)),
        _fill(pocket, 0.5),
        _fill(_mirrored(pocket), 0.5),
    ]


def _sandal(rng: Rng) -> list[Part]:
    heel, strap = rng.uniform(14, 17), rng.uniform(1.1, 1.6)
    sole = [
        (1.6, 21.2),
        (8, 20.6),
        (16, heel + 3.6),
        (25.6, heel),
        (26.2, heel + 1.4),
        (17, heel + 5),
        (9, 22.2),
        (1.8, 22.4),
    ]
    block = [(22.2, heel + 2.2), (26.2, heel + 0.6), (26, 23.2), (23.4, 23.2)]
    return [
        _fill(sole, 1.0),
        _fill(block, 0.85),
        _line(_oval(6.4, 21, 3.6, 4.6, 185, 340), 0.95, strap),
        _line([(10.6, 20.4), (14.6, 14.6), (19.6, heel - 6.2)], 0.85, strap),
        _line(_oval(21.6, heel - 5.4, 3.6, 1.6, 0, 360), 0.95, strap * 0.8),
        _line([(24.8, heel - 5), (25.4, heel + 0.4)], 0.9, strap),
    ]


def _shirt(rng: Rng) -> list[Part]:
    cuff, hem = rng.uniform(14.5, 16.5), rng.uniform(23.5, 25.2)
    outline = _both(
        [
            (11, 4),
            (7.8, 5),
            (4.6, 8.4),
            (2.6, cuff),
            (6.2, cuff + 1),
            (8.2, 11),
            (8, hem - 1.4),
            (9.6, hem),
            (13.4, hem),
        ]
    )
    collar = [(11, 2.8), (9.4, 5.4), (12, 7.4), (14, 5)]
    return [
        _fill(outline, 0.86),
        _fill([(11.4, 3), (16.6, 3), (14, 5.8)], 0.15),
        _line([(13.1, 6), (13.1, hem - 0.4)], 0.58, 0.35),
        _line([(14.9, 6), (14.9, hem - 0.4)], 0.58, 0.35),
        *(_fill(_oval(14, y, 0.55, 0.55), 0.05) for y in np.arange(8.4, hem - 1.5, 3.0)),
        _fill(collar, 1.22),
        _fill(_mirrored(collar), 1.22),
        _line([(9.4, 5.4), (12, 7.4), (14, 5)], 0.45, 0.4),
        _line(_mirrored([(9.4, 5.4), (12, 7.4), (14, 5)]), 0.45, 0.4),
        _line([(16.2, 11.4), (19.2, 11.4), (19.2, 14.6), (16.2, 14.6), (16.2, 11.4)], 0.55, 0.4),
        _line([(3, cuff - 1), (6.4, cuff)], 0.55, 0.4),
        _line(_mirrored([(3, cuff - 1), (6.4, cuff)]), 0.55, 0.4),
    ]


def _sneaker(rng: Rng) -> list[Part]:
    top, sole, flash = rng.uniform(9.8, 11.4), rng.uniform(1.9, 2.8), rng.uniform(0.35, 0.6)
    body = [
        (1.8, 20), (2.2, 17.6), (4.6, 16), (9.4, 14.8), (13.6, top + 0.8), (15.6, top - 0.6), (17, top),
        (18.4, top + 2), (21.8, top + 2.2), (24.4, top - 0.2), (25.8, top + 0.6), (26.2, 20),
    ]  # fmt: skip
    laces = [_line([(x, y), (x + 1.5, y + 1.7)], 1.25, 0.6) for x, y in ((9.6, 14.4), (11.4, 13.2), (13.1, 12))]
    return [
        _fill(body, 0.82),
        _fill([(1.6, 19.6), (26.4, 19.6), (26.2, 19.6 + sole), (2.4, 19.6 + sole)], 1.25),
        _line([(1.8, 19.5), (26.2, 19.5)], 0.4, 0.4),
        _line(_oval(4, 19.4, 4.4, 4.4, 270, 350), 0.5, 0.45),
        *laces,
        _fill([(13.4, 19), (18.6, 15.4), (20.4, 15.4), (16, 19)], flash),
        _line([(22, top + 2.6), (22.4, 19)], 0.5, 0.45),
    ]


def _bag(rng: Rng) -> list[Part]:
    top, wide, grip = rng.uniform(10.8, 13), rng.uniform(10, 11.6), rng.uniform(4.6, 6.6)
    low = rng.uniform(23, 24.6)
    body = [
        (14 - wide + 1, top),
        (13 + wide, top),
        (14 + wide, low - 1),
        (13.2 + wide, low),
        (14.8 - wide, low),
        (14 - wide, low - 1),
    ]
    flap = [(14 - wide + 1, top), (13 + wide, top), (12 + wide, top + 4.4), (14, top + 5.8), (16 - wide, top + 4.4)]
    return [
        _line(_oval(14, top + 0.4, grip, top - 3, 180, 360), 0.85, rng.uniform(1.1, 1.7)),
        _fill(body, 0.95),
        _fill(flap, 0.72),
        _line([*flap[2:5]], 0.35, 0.4),
        _fill(_oval(14, top + 5.6, 1.2, 1.0), 1.25),
    ]


def _boot(rng: Rng) -> list[Part]:
    top, heel = rng.uniform(2, 4.5), rng.uniform(2.0, 3.4)
    body = [
        (13, top), (23.6, top), (23.4, 10), (24.8, 16), (24.8, 22), (2.6, 22), (2.4, 20), (3.6, 18), (8, 16.4),
        (12, 14), (13.4, 10),
    ]  # fmt: skip
    return [
        _fill(body),
        _fill([(2.4, 21.4), (24.9, 21.4), (24.9, 22.6), (2.6, 22.6)], 0.4),
        _fill([(18.8, 22.4), (24.9, 22.4), (24.5, 22.4 + heel), (19.6, 22.4 + heel)], 0.62),
        _fill([(13, top), (23.6, top), (23.5, top + 1.7), (13.1, top + 1.7)], 0.62),
        _line([(19.8, top + 1.8), (19, 12), (19.8, 17.5)], 0.5, 0.45),
        _line([(12, 14), (15.6, 17.2), (15.8, 21.2)], 0.6, 0.4),
    ]


_SHAPES: tuple[Callable[[Rng], list[Part]], ...] = (
    _t_shirt, _trouser, _pullover, _dress, _coat, _sandal, _shirt, _sneaker, _bag, _boot,
)  # fmt: skip


def _write_idx(path: Path, values: Array) -> None:
    """The format of MNIST: two zeros, the code of uint8, the rank, each size as a big-endian int, then the bytes."""
    header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
    path.write_bytes(header + values.tobytes())


if __name__ == "__main__":
    for home in [Path(name) for name in sys.argv[1:]] or HOMES:
        write_garments(home / "FashionMNIST" / "raw")
