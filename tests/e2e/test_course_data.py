"""The course's data: anybody can make them again, and where they come from is said."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from cases import ROOT
from PIL import Image

from grader.course.catalog import Course

COURSE = Course(ROOT)


@pytest.mark.parametrize(("program", "id"), [("data_02", "02_data"), ("garments", "02_data"), ("garments", "04_cnn")])
def test_data_are_what_their_program_makes(program: str, id: str, tmp_path: Path) -> None:
    """Anybody can make the course's data again: the same files, the same pixels."""
    subprocess.run([sys.executable, str(ROOT / "materials" / f"{program}.py"), str(tmp_path)], check=True)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) >= 4
    for path in made:
        kept = COURSE.handout(id) / "data" / path.relative_to(tmp_path)
        assert contents(path) == contents(kept), kept


def test_real_data_are_what_their_program_makes(tmp_path: Path) -> None:
    """Where the packages are installed that hold the originals, which nothing else needs."""
    specs = [find_spec(name) for name in ("sklearn", "skimage")]
    places = {Path(spec.origin).parents[1] for spec in specs if spec and spec.origin}
    if None in specs or len(places) != 1:
        pytest.skip("needs scikit-learn and scikit-image, side by side")
    program = ROOT / "materials" / "real_data.py"
    subprocess.run([sys.executable, str(program), str(places.pop()), str(tmp_path)], check=True)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        kept = COURSE.handout("02_data") / "data" / path.relative_to(tmp_path)
        assert contents(path) == contents(kept), kept


REAL = {id: COURSE.handout(id) / "data" for id in COURSE.written()}


@pytest.mark.parametrize("id", REAL)
def test_real_data_are_the_same_everywhere_and_their_sources_are_named(id: str) -> None:
    """What two assignments have is one thing; beside each file stands where it comes from, and its licence."""
    said = (REAL[id] / "SOURCES.md").read_text(encoding="utf-8")
    digits = np.load(REAL[id] / "digits.npz")
    assert digits["images"].shape == (1797, 8, 8) and digits["images"].max() == 16
    assert np.bincount(digits["labels"]).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert "`digits.npz`" in said and "CC BY 4.0" in said
    assert all(f"`{path.name}`" in said for path in REAL[id].glob("*.pt"))
    for path in (REAL[id] / "photographs").glob("*"):
        assert f"`photographs/{path.name}`" in said
        assert path.read_bytes() == (REAL["02_data"] / "photographs" / path.name).read_bytes()
        with Image.open(path) as picture:
            assert picture.mode == "RGB" and picture.size in ((150, 100), (159, 106))


def contents(path: Path) -> object:
    """The bytes of a file; of a picture what it shows, since compressors differ."""
    if path.suffix != ".png":
        return path.read_bytes()
    with Image.open(path) as picture:
        return picture.size, picture.mode, picture.tobytes(), getattr(picture, "text", None)
