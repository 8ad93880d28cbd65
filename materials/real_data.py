"""Makes the small real data of the assignments from what two packages hold: handwritten digits and photographs.

    pip download --no-deps --dest PLACE scikit-learn scikit-image
    python materials/real_data.py PLACE [FOLDER]     # default: the data folders of the assignments that use them

    digits.npz              `images` (1797, 8, 8) and `labels` (1797,), uint8, in the order of the original
    photographs/cat.png     100 rows of 150 pixels, RGB
    photographs/coffee.png  100 rows of 150 pixels, RGB
    photographs/rocket.jpg  106 rows of 159 pixels, RGB
    SOURCES.md              where each comes from, and its licence

PLACE holds the wheels of the two packages, or the packages themselves. Photographs are made smaller by the mean of
whole blocks of pixels, so the same numbers come out everywhere.
"""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Array = np.ndarray[Any, Any]

ASSIGNMENTS = Path(__file__).resolve().parents[1] / "assignments"
DIGITS, PHOTOGRAPHS = "digits.npz", "photographs"
NETWORK = "five_digits.pt"  # made of the digits by another program
USED = {
    "01_tensors": (DIGITS, PHOTOGRAPHS),
    "02_data": (DIGITS, PHOTOGRAPHS),
    "03_training": (DIGITS,),
    "04_cnn": (DIGITS, PHOTOGRAPHS, NETWORK),
    "05_gpu": (DIGITS,),
}
TIME = (1980, 1, 1, 0, 0, 0)  # of every file in an archive: the same arrays make the same archive


@dataclass(frozen=True)
class Photograph:
    """A photograph of scikit-image's package, and how it is made smaller."""

    name: str
    original: str
    block: int  # so many pixels in each direction become one
    says: str


PICTURES = (
    Photograph(
        "cat.png", "chelsea.png", 3, "Chelsea the cat, by Stefan van der Walt, who dedicated it to the public (CC0)"
    ),
    Photograph(
        "coffee.png", "coffee.png", 4, "a cup of coffee, by Rachel Michetti, who dedicated it to the public (CC0)"
    ),
    Photograph(
        "rocket.jpg", "rocket.jpg", 4, "the launch of DSCOVR on a Falcon 9, by SpaceX, released into the public domain"
    ),
)

DIGITS_SAY = """\
* `digits.npz`: 1,797 handwritten digits of 13 people, 8×8, each number from 0 to 16 (how many of 16 dots are ink).
  *Optical Recognition of Handwritten Digits* by E. Alpaydin and C. Kaynak (1998), its test set, UCI Machine Learning
  Repository, <https://archive.ics.uci.edu/dataset/80>, licence
  [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Taken from the package scikit-learn; only the file's format
  was changed.
"""
NETWORK_SAYS = """\
* `five_digits.pt`: a small network that reads the digits 0 to 4, trained for this course with those of `digits.npz`
  by the program `materials/five_digits.py`.
"""
PICTURES_SAY = """\
* `photographs/{name}`: {says}.
  Taken from the package scikit-image, and made {block} times smaller.
"""


def main(place: Path, folder: Path | None) -> None:
    """Write all of it into one folder, or into each assignment's what it uses."""
    homes = (
        {folder: (DIGITS, PHOTOGRAPHS)} if folder else {ASSIGNMENTS / id / "data": used for id, used in USED.items()}
    )
    for home, used in homes.items():
        home.mkdir(parents=True, exist_ok=True)
        if DIGITS in used:
            write_digits(home / DIGITS, read(place, "scikit_learn", "sklearn/datasets/data/digits.csv.gz"))
        if PHOTOGRAPHS in used:
            write_photographs(home / PHOTOGRAPHS, place)
        (home / "SOURCES.md").write_text("".join(sources(used)), encoding="utf-8")


def read(place: Path, package: str, name: str) -> bytes:
    """A file of a package: of the installed one, or of its wheel."""
    if (place / name).is_file():
        return (place / name).read_bytes()
    for wheel in sorted(place.glob(f"{package}-*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            return packed.read(name)
    raise SystemExit(f"{place}: there is no {name}, and no wheel of {package}; see the first lines of this program")


def write_digits(path: Path, packed: bytes) -> None:
    """The digits as two arrays of bytes, which `numpy.load` reads by name."""
    table = np.loadtxt(io.BytesIO(gzip.decompress(packed)), delimiter=",").astype(np.uint8)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in (("images", table[:, :-1].reshape(-1, 8, 8)), ("labels", table[:, -1])):
            file = io.BytesIO()
            np.save(file, np.ascontiguousarray(array))
            entry = zipfile.ZipInfo(f"{name}.npy", TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, file.getvalue())


def write_photographs(folder: Path, place: Path) -> None:
    """Each in the format that its name says."""
    folder.mkdir(exist_ok=True)
    for one in PICTURES:
        with Image.open(io.BytesIO(read(place, "scikit_image", f"skimage/data/{one.original}"))) as picture:
            pixels = smaller(np.asarray(picture.convert("RGB")), one.block)
        Image.fromarray(pixels).save(folder / one.name, quality=90, optimize=True)


def smaller(pixels: Array, block: int) -> Array:
    """The mean of each block of pixels, cut from the middle in whole blocks, at most 3 columns for 2 rows."""
    rows, columns = pixels.shape[0] // block, pixels.shape[1] // block
    columns = min(columns, rows * 3 // 2)
    top, left = (pixels.shape[0] - rows * block) // 2, (pixels.shape[1] - columns * block) // 2
    cut = pixels[top : top + rows * block, left : left + columns * block]
    means: Array = cut.reshape(rows, block, columns, block, 3).mean((1, 3))
    return (means + 0.5).astype(np.uint8)


def sources(used: tuple[str, ...]) -> Iterator[str]:
    """The text that lies beside the files, for who gets them."""
    yield "# Where these files come from\n\n"
    if DIGITS in used:
        yield DIGITS_SAY
    if NETWORK in used:
        yield NETWORK_SAYS
    if PHOTOGRAPHS in used:
        yield from (PICTURES_SAY.format(name=one.name, says=one.says, block=one.block) for one in PICTURES)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
