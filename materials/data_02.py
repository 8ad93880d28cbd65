"""Makes the data of assignment 02: run `python materials/data_02.py` to write them again, byte for byte.

    python materials/data_02.py [FOLDER]        # default: assignments/02_data/data

Everything is invented here by seeded generators, in the file formats of the well-known originals, except for the page
of a novel, which is in the public domain. The garments come from `garments.py`.

    wine.csv            quality scores and eleven measurements, in the columns of the wine quality data
    rides.csv           hourly rentals of a bicycle scheme, in the columns of the bike sharing data
    novel.txt           the opening chapter of "Pride and Prejudice" by Jane Austen (1813)
    tides.npy           water levels at four gauges, one row per ten minutes
    images/*.png        four pictures, one of them with an alpha channel
    slices/*.png        a volume as slices out of order, each with its position in its header
"""

from __future__ import annotations

import csv
import math
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

Rng = np.random.Generator
Array = np.ndarray[Any, Any]
Point = tuple[float, float]

HOME = Path(__file__).resolve().parents[1] / "assignments" / "02_data" / "data"


def main(folder: Path) -> None:
    """Write every data set into a folder."""
    for name in ("images", "slices"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_wine(folder / "wine.csv")
    write_rides(folder / "rides.csv")
    write_novel(folder / "novel.txt")
    write_tides(folder / "tides.npy")
    write_images(folder / "images")
    write_slices(folder / "slices")


# ---- tables -------------------------------------------------------------------------------------------------

WINE_COLUMNS = (
    "fixed acidity", "volatile acidity", "citric acid", "residual sugar", "chlorides", "free sulfur dioxide",
    "total sulfur dioxide", "density", "pH", "sulphates", "alcohol", "quality",
)  # fmt: skip


def write_wine(path: Path, rows: int = 400) -> None:
    """Wines whose measurements depend on their quality: better ones have more alcohol and less sulphur dioxide."""
    rng = np.random.default_rng(411)
    quality = rng.choice([3, 4, 5, 6, 7, 8, 9], size=rows, p=[0.02, 0.05, 0.30, 0.42, 0.15, 0.05, 0.01])
    better = (quality - 5.9) / 0.9
    normal = rng.standard_normal((9, rows))
    sugar = np.clip(np.exp(1.5 + 0.85 * normal[0] - 0.08 * better), 0.6, 30)
    alcohol = np.clip(10.5 + 0.55 * better - 0.35 * normal[0] + 0.95 * normal[1], 8.0, 14.2)
    total = np.clip(138 - 9 * better + 14 * normal[0] + 37 * normal[2], 20, 360)
    columns = (
        (np.clip(6.85 - 0.09 * better + 0.82 * normal[3], 3.9, 11), 1),
        (np.clip(0.278 - 0.02 * better + 0.09 * np.abs(normal[4]) - 0.07, 0.08, 1), 3),
        (np.clip(0.334 + 0.11 * normal[5], 0, 1), 2),
        (sugar, 1),
        (np.clip(0.0458 - 0.003 * better + 0.012 * normal[6], 0.01, 0.2), 3),
        (np.clip(total * np.clip(0.255 + 0.09 * normal[7], 0.04, 0.6), 2, 150).round(), 0),
        (total.round(), 0),
        (0.99402 + 0.00034 * (sugar - 6.4) - 0.0011 * (alcohol - 10.5) + 0.0004 * normal[8], 5),
        (np.clip(3.19 + 0.02 * better - 0.06 * normal[3] + 0.13 * normal[5], 2.7, 3.9), 2),
        (np.clip(0.49 + 0.01 * better + 0.11 * normal[6], 0.2, 1.1), 2),
        (alcohol, 1),
        (quality, 0),
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(f'"{name}"' for name in WINE_COLUMNS) + "\n")
        for row in zip(*(values for values, _ in columns), strict=True):
            file.write(";".join(f"{x:.{places}f}" for x, (_, places) in zip(row, columns, strict=True)) + "\n")


RIDES_COLUMNS = (
    "instant", "dteday", "season", "yr", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit",
    "temp", "atemp", "hum", "windspeed", "casual", "registered", "cnt",
)  # fmt: skip
_AT_WORK = (3, 1, 1, 1, 1, 6, 25, 68, 98, 48, 26, 31, 39, 38, 36, 42, 66, 112, 104, 72, 48, 34, 22, 11)
_AT_LEISURE = (18, 13, 9, 5, 2, 2, 4, 9, 20, 36, 54, 68, 76, 79, 78, 74, 69, 60, 50, 40, 31, 26, 21, 15)


def write_rides(path: Path, days: int = 56) -> None:
    """Whole days of 24 hours: commuters on working days, walkers-about on the others, both shy of rain and cold."""
    rng = np.random.default_rng(412)
    weather, warm = 1, 0.0
    rows: list[list[object]] = []
    for day in range(days):
        today = date(2025, 3, 1) + timedelta(days=day)
        holiday = int(today == date(2025, 4, 18))
        working = int(today.weekday() < 5 and not holiday)
        warm = 0.7 * warm + 0.045 * rng.standard_normal()
        for hour in range(24):
            if rng.random() < 0.12:
                weather = int(rng.choice([1, 2, 3, 4], p=[0.58, 0.29, 0.115, 0.015]))
            season = 0.30 + 0.0042 * day + warm
            temp = season + 0.10 * math.sin((hour - 9) / 24 * 2 * math.pi) - 0.02 * (weather - 1)
            humid = 0.52 + 0.12 * (weather - 1) - 0.5 * (temp - season) + 0.05 * rng.standard_normal()
            wind = abs(0.19 + 0.11 * rng.standard_normal())
            likes = max(0.1, 0.35 + 1.1 * temp) * (1.0, 0.86, 0.5, 0.2)[weather - 1]
            registered = int(rng.poisson(likes * (_AT_WORK[hour] * 1.5 if working else _AT_LEISURE[hour])))
            casual = int(rng.poisson(likes * _AT_LEISURE[hour] * (0.3 if working else 1.0)))
            felt = temp - 0.05 * wind + 0.01
            climate = [f"{min(max(x, 0.02), 1.0):.2f}" for x in (temp, felt, humid, wind)]
            calendar = [1 if today < date(2025, 3, 21) else 2, 0, today.month, hour, holiday, today.isoweekday() % 7]
            counts = (casual, registered, casual + registered)
            rows.append([len(rows) + 1, today.isoformat(), *calendar, working, weather, *climate, *counts])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(RIDES_COLUMNS)
        writer.writerows(rows)


def write_tides(path: Path, rows: int = 2016) -> None:
    """Two weeks of water levels in metres at four gauges: two tides of nearly half a day, and a little weather."""
    rng = np.random.default_rng(413)
    hours = np.arange(rows)[:, None] / 6
    reach, late = np.array([2.1, 1.4, 3.0, 0.6]), np.array([0.0, 1.2, 2.5, 4.1])
    moon = np.sin(2 * np.pi * (hours - late) / 12.42)
    sun = 0.3 * np.sin(2 * np.pi * (hours - late) / 12.0)
    surge = np.cumsum(rng.normal(0, 0.01, (rows, 4)), axis=0)
    np.save(path, (3.0 + reach * (moon + sun) + surge).astype(np.float32))


# ---- text ---------------------------------------------------------------------------------------------------

NOVEL = """
It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.

However little known the feelings or views of such a man may be on his first entering a neighbourhood, this truth is so
well fixed in the minds of the surrounding families, that he is considered as the rightful property of some one or other
of their daughters.

“My dear Mr. Bennet,” said his lady to him one day, “have you heard that Netherfield Park is let at last?”

Mr. Bennet replied that he had not.

“But it is,” returned she; “for Mrs. Long has just been here, and she told me all about it.”

Mr. Bennet made no answer.

“Do not you want to know who has taken it?” cried his wife impatiently.

“_You_ want to tell me, and I have no objection to hearing it.”

This was invitation enough.

“Why, my dear, you must know, Mrs. Long says that Netherfield is taken by a young man of large fortune from the north of
England; that he came down on Monday in a chaise and four to see the place, and was so much delighted with it that he
agreed with Mr. Morris immediately; that he is to take possession before Michaelmas, and some of his servants are to be
in the house by the end of next week.”

“What is his name?”

“Bingley.”

“Is he married or single?”

“Oh! single, my dear, to be sure! A single man of large fortune; four or five thousand a year. What a fine thing for our
girls!”

“How so? how can it affect them?”

“My dear Mr. Bennet,” replied his wife, “how can you be so tiresome! You must know that I am thinking of his marrying
one of them.”

“Is that his design in settling here?”

“Design! nonsense, how can you talk so! But it is very likely that he _may_ fall in love with one of them, and therefore
you must visit him as soon as he comes.”

“I see no occasion for that. You and the girls may go, or you may send them by themselves, which perhaps will be still
better, for as you are as handsome as any of them, Mr. Bingley might like you the best of the party.”

“My dear, you flatter me. I certainly _have_ had my share of beauty, but I do not pretend to be any thing extraordinary
now. When a woman has five grown up daughters, she ought to give over thinking of her own beauty.”

“In such cases, a woman has not often much beauty to think of.”

“But, my dear, you must indeed go and see Mr. Bingley when he comes into the neighbourhood.”

“It is more than I engage for, I assure you.”

“But consider your daughters. Only think what an establishment it would be for one of them. Sir William and Lady Lucas
are determined to go, merely on that account, for in general, you know they visit no new comers. Indeed you must go, for
it will be impossible for _us_ to visit him, if you do not.”

“You are over scrupulous, surely. I dare say Mr. Bingley will be very glad to see you; and I will send a few lines by
you to assure him of my hearty consent to his marrying which ever he chooses of the girls; though I must throw in a good
word for my little Lizzy.”

“I desire you will do no such thing. Lizzy is not a bit better than the others; and I am sure she is not half so
handsome as Jane, nor half so good humoured as Lydia. But you are always giving _her_ the preference.”

“They have none of them much to recommend them,” replied he; “they are all silly and ignorant like other girls; but
Lizzy has something more of quickness than her sisters.”

“Mr. Bennet, how can you abuse your own children in such way? You take delight in vexing me. You have no compassion on
my poor nerves.”

“You mistake me, my dear. I have a high respect for your nerves. They are my old friends. I have heard you mention them
with consideration these twenty years at least.”

“Ah! you do not know what I suffer.”

“But I hope you will get over it, and live to see many young men of four thousand a year come into the neighbourhood.”

“It will be no use to us if twenty such should come, since you will not visit them.”

“Depend upon it, my dear, that when there are twenty, I will visit them all.”

Mr. Bennet was so odd a mixture of quick parts, sarcastic humour, reserve, and caprice, that the experience of three and
twenty years had been insufficient to make his wife understand his character. _Her_ mind was less difficult to develope.
She was a woman of mean understanding, little information, and uncertain temper. When she was discontented, she fancied
herself nervous. The business of her life was to get her daughters married; its solace was visiting and news.
"""


def write_novel(path: Path) -> None:
    """The first chapter of "Pride and Prejudice", with the curly quotes and the _emphasis_ of its plain-text form."""
    paragraphs = [textwrap.fill(" ".join(paragraph.split()), 72) for paragraph in NOVEL.strip().split("\n\n")]
    path.write_bytes(("\n\n".join(paragraphs) + "\n").encode("utf-8"))


# ---- pictures -----------------------------------------------------------------------------------------------

FINE = 6  # supersampling: shapes are drawn this many times larger, then averaged


def write_images(folder: Path) -> None:
    """A red, a green and a blue thing, all of one size, and a wide landscape."""
    size = 96
    for name, light, paint in (("tomato", 1.0, _tomato), ("leaf", 0.85, _leaf), ("mug", 0.62, _mug)):
        picture = paint(np.random.default_rng(414), size)
        picture[..., :3] *= light
        _save_png(folder / f"{name}.png", picture)
    _save_png(folder / "meadow.png", _meadow(np.random.default_rng(415), 160, 90))


def _save_png(path: Path, picture: Array, header: dict[str, str] | None = None) -> None:
    """A picture as PNG: (H, W), (H, W, 3) or (H, W, 4), values 0 to 255."""
    info = PngInfo()
    for key, value in (header or {}).items():
        info.add_text(key, value)
    Image.fromarray(picture.round().clip(0, 255).astype(np.uint8)).save(path, pnginfo=info, compress_level=9)


def _grid(height: int, width: int) -> tuple[Array, Array]:
    """The coordinates (x, y) of all pixels, both from 0 to 1."""
    y, x = np.mgrid[:height, :width]
    return (x + 0.5) / width, (y + 0.5) / height


def _cover(inside: Array) -> Array:
    """How much of each pixel a finely drawn shape covers, 0 to 1, with an axis for the channels."""
    height, width = inside.shape[0] // FINE, inside.shape[1] // FINE
    covered = inside.reshape(height, FINE, width, FINE).mean((1, 3))
    return np.expand_dims(covered, -1)


def _polygon(size: tuple[int, int], points: Iterable[Point]) -> Array:
    """A finely drawn polygon, its corners given from 0 to 1; True inside."""
    canvas = Image.new("1", (size[0] * FINE, size[1] * FINE))
    ImageDraw.Draw(canvas).polygon([(x * size[0] * FINE, y * size[1] * FINE) for x, y in points], fill=1)
    return np.asarray(canvas)


def _paint(picture: Array, shape: Array, colour: Array) -> Array:
    """A picture with a colour over it, as far as the shape covers it."""
    painted: Array = picture * (1 - shape) + shape * colour
    return painted


def _wall(rng: Rng, size: int, colour: Sequence[float]) -> Array:
    """A plain background, a little darker below, with some grain."""
    _, y = _grid(size, size)
    grain = rng.normal(0, 1.5, (size, size, 1)).round()
    return np.asarray(np.array(colour) * (1.05 - 0.2 * y[..., None]) + grain)


def _ball(x: Array, y: Array, middle: Point, radius: float) -> Array:
    """Light on a ball that is lit from the upper left, about 0.4 to 1.3."""
    dx, dy = (x - middle[0]) / radius, (y - middle[1]) / radius
    height = np.sqrt(np.clip(1 - dx**2 - dy**2, 0, 1))
    return np.asarray(0.45 + 0.85 * np.clip(-0.4 * dx - 0.5 * dy + 0.75 * height, 0, 1))[..., None]


def _tomato(rng: Rng, size: int) -> Array:
    picture = _wall(rng, size, (205, 200, 190))
    x, y = _grid(size, size)
    fx, fy = _grid(size * FINE, size * FINE)
    body = _cover(((fx - 0.5) / 0.36) ** 2 + ((fy - 0.56) / 0.32) ** 2 < 1)
    shadow = _cover(((fx - 0.54) / 0.36) ** 2 + ((fy - 0.86) / 0.07) ** 2 < 1)
    picture = picture * (1 - 0.45 * shadow)
    picture = _paint(picture, body, np.array([214, 42, 30]) * _ball(x, y, (0.5, 0.56), 0.38))
    star = []
    for spike in range(10):
        angle, far = math.pi * spike / 5 + 0.2, 0.2 if spike % 2 == 0 else 0.07
        star.append((0.5 + far * math.cos(angle), 0.3 + 0.55 * far * math.sin(angle)))
    for shape in (star, [(0.48, 0.3), (0.51, 0.16), (0.55, 0.17), (0.53, 0.3)]):
        leaf = _cover(_polygon((size, size), shape))
        picture = _paint(picture, leaf, np.array([52, 110, 40]))
    return picture


def _leaf(rng: Rng, size: int) -> Array:
    """With an alpha channel: opaque on the leaf, transparent around it."""
    fx, fy = _grid(size * FINE, size * FINE)
    along, across = (fx + fy - 1) / 1.41, (fy - fx) / 1.41  # the leaf lies on the diagonal
    reach = np.clip(1 - (along / 0.5) ** 2, 0, 1)
    blade = np.abs(across) < 0.24 * reach * (1 - 0.35 * along)
    stalk = (np.abs(across - 0.3 * (along + 0.42) ** 2) < 0.012) & (along > -0.62) & (along < -0.4)
    veins = (np.abs(across) < 0.009) | (np.abs((along - 0.55 * np.abs(across)) % 0.13 - 0.065) < 0.007)
    shape, lines = _cover(blade | stalk), _cover(blade & veins)
    x, y = _grid(size, size)
    green = np.array([70, 160, 58]) * (1.15 - 0.4 * y[..., None] + 0.1 * x[..., None])
    green = green * (1 - lines) + lines * np.array([150, 205, 120]) + rng.normal(0, 1.5, (size, size, 1)).round()
    paper = np.array([222, 222, 214]) * np.ones((size, size, 1))
    return np.concatenate([paper * (1 - shape) + green * shape, 255 * shape], axis=-1)


def _mug(rng: Rng, size: int) -> Array:
    picture = _wall(rng, size, (176, 182, 196))
    x, _ = _grid(size, size)
    fx, fy = _grid(size * FINE, size * FINE)
    body = (fx > 0.22) & (fx < 0.66) & (fy > 0.28) & (fy < 0.8 + 0.05 * np.cos(2 * (fx - 0.44)))
    ring = ((fx - 0.67) / 0.17) ** 2 + ((fy - 0.52) / 0.19) ** 2
    handle = (ring < 1) & (ring > 0.38) & (fx > 0.655)
    rim = ((fx - 0.44) / 0.22) ** 2 + ((fy - 0.28) / 0.06) ** 2 < 1
    shadow = ((fx - 0.5) / 0.34) ** 2 + ((fy - 0.86) / 0.05) ** 2 < 1
    picture = picture * (1 - 0.4 * _cover(shadow))
    shade = 0.55 + 0.7 * np.exp(-(((x - 0.34) / 0.13) ** 2))[..., None]
    for shape, colour in (
        (_cover(handle), np.array([38, 78, 190]) * 0.85),
        (_cover(body), np.array([38, 78, 190]) * shade),
        (_cover(rim), np.array([60, 40, 28])),
        (_cover(rim & (((fx - 0.44) / 0.2) ** 2 + ((fy - 0.285) / 0.045) ** 2 > 1)), np.array([90, 130, 225])),
    ):
        picture = _paint(picture, shape, colour)
    return picture


def _meadow(rng: Rng, width: int, height: int) -> Array:
    """Sky, hills, a tree and a horse: sixteen to nine."""
    _, y = _grid(height, width)
    fx, fy = _grid(height * FINE, width * FINE)
    picture = np.stack([120 + 90 * y, 170 + 55 * y, 235 - 5 * y], axis=-1)
    sun = _cover((((fx - 0.83) * 16) ** 2 + ((fy - 0.2) * 9) ** 2) < 0.9)
    picture = _paint(picture, sun, np.array([255, 240, 170]))
    for base, swing, phase, colour in (
        (0.52, 0.09, 0.4, (126, 160, 128)), (0.64, 0.06, 2.3, (96, 148, 76)), (0.78, 0.03, 4.4, (78, 132, 48)),
    ):  # fmt: skip
        hill = _cover(fy > base + swing * np.sin(5 * fx + phase))
        grain = rng.normal(0, 2.0, (height, width, 1)).round()
        picture = _paint(picture, hill, (np.array(colour) * (1.1 - 0.25 * y[..., None]) + grain))
    size = (width, height)
    trunk = [(0.135, 0.78), (0.145, 0.45), (0.165, 0.45), (0.175, 0.78)]
    horse = [
        (0.40, 0.60), (0.42, 0.575), (0.52, 0.58), (0.575, 0.56), (0.60, 0.47), (0.608, 0.42),
        (0.62, 0.45), (0.665, 0.51), (0.66, 0.535), (0.63, 0.53), (0.615, 0.60), (0.60, 0.68),
        (0.602, 0.86), (0.585, 0.86), (0.575, 0.71), (0.56, 0.71), (0.552, 0.86), (0.535, 0.86),
        (0.53, 0.70), (0.455, 0.70), (0.445, 0.86), (0.428, 0.86), (0.43, 0.74), (0.415, 0.72),
        (0.405, 0.86), (0.388, 0.86), (0.395, 0.70), (0.39, 0.64), (0.375, 0.74), (0.362, 0.74),
        (0.375, 0.62),
    ]  # fmt: skip
    for points, colour in ((trunk, (84, 60, 40)), (horse, (112, 66, 34))):
        shape = _cover(_polygon(size, points))
        picture = _paint(picture, shape, np.array(colour))
    for middle, radius in (((0.15, 0.34), 0.16), ((0.115, 0.42), 0.11), ((0.19, 0.41), 0.12)):
        crown = _cover(((fx - middle[0]) * 16 / 9) ** 2 + (fy - middle[1]) ** 2 < radius**2)
        picture = _paint(picture, crown, np.array([44, 98, 40]))
    return picture


def write_slices(folder: Path, depth: int = 20, size: int = 48) -> None:
    """A volume, made of ellipsoids like a head in a scanner; file names say nothing, headers say the position in mm."""
    rng = np.random.default_rng(416)
    for old in folder.glob("*.png"):
        old.unlink()
    y, x = np.mgrid[:size, :size] / (size - 1) * 2 - 1
    parts = (  # (x, y, z) of the middle, half axes, grey value
        ((0, 0, 0), (0.72, 0.9, 0.92), 205),
        ((0, 0, 0), (0.64, 0.82, 0.85), 92),
        ((-0.18, -0.12, 0.05), (0.12, 0.36, 0.4), 34),
        ((0.18, -0.12, 0.05), (0.12, 0.36, 0.4), 34),
        ((0.28, 0.45, 0.35), (0.14, 0.12, 0.16), 150),
        ((-0.3, 0.5, -0.3), (0.16, 0.14, 0.2), 120),
    )
    names = rng.permutation(np.arange(0x1000, 0x10000, 0x2F1))[:depth]
    for k, name in enumerate(names):
        z = 2 * (k + 0.5) / depth - 1
        picture = np.full((size, size), 4.0)
        for (cx, cy, cz), (rx, ry, rz), grey in parts:
            picture[((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2 < 1] = grey
        picture += rng.normal(0, 2.0, picture.shape)
        _save_png(folder / f"IM-{name:04x}.png", picture, {"position": f"{5 * k - 47.5:g}"})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)
