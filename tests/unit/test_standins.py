"""What takes the place of packages that are not there, and what is told of them."""

from __future__ import annotations

import ast
import linecache
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from grader.course.catalog import Course
from grader.course.requirements import packages
from grader.course.settings import settings_of
from grader.errors import CourseError
from grader.grading.causes import names_bound
from grader.kernel.inside import frames
from grader.kernel.inside.habits import installs
from grader.kernel.inside.progress import Progress, trange
from grader.kernel.inside.standins import StandIn
from grader.kernel.packages import missing


def test_only_use_raises() -> None:
    """A member may be named, in annotations too; to call it, to inherit from it or to loop over it raises."""
    pandas: Any = StandIn("pandas")
    frame = pandas.DataFrame
    assert frame | None is frame and frame["x"] is frame and not isinstance(3, frame)
    for use in (frame, lambda: list(frame), lambda: type("Mine", (), {}) and frame.of(1), lambda: frame + 1):
        with pytest.raises(ModuleNotFoundError, match="pandas is not installed where notebooks are graded"):
            use()
    with pytest.raises(ModuleNotFoundError):
        exec("class Mine(frame): ...", {"frame": frame})
    assert pandas.set_option("display.width", 3) is not None


def test_a_bar_yields_what_it_is_given() -> None:
    bar = Progress([1, 2], desc="x", leave=False)
    bar.set_description("y")
    assert list(bar) == [1, 2] and len(bar) == 2 and list(trange(2, 4)) == [2, 3]
    with Progress(total=3) as other:
        other.update(2)
    assert other.n == 2 and len(other) == 3


def test_missing_packages_are_those_that_cells_import() -> None:
    """Not what is installed, what the notebook wrote itself or what lies beside it, and nothing of what is no code."""
    cells = [
        "%matplotlib inline\nimport pandas as pd, torch",
        "%%writefile mine.py\nimport anything",
        "import mine\nfrom helpers.more import x\ndef f():\n    from timm.models import y",
        "!pip install z",
        "import broken(",
        "import google.colab, kaggle_secrets",
    ]
    assert missing(cells, ["helpers/more.py"]) == ("pandas", "timm")


GUARDS = {
    "x = 1\nhere()": False,
    "try:\n    here()\nexcept ImportError:\n    pass": True,
    "try:\n    here()\nexcept (ValueError, ModuleNotFoundError) as e:\n    pass": True,
    "try:\n    here()\nexcept:\n    pass": True,
    "try:\n    here()\nexcept ValueError:\n    pass": False,
    "try:\n    1 / 0\nexcept Exception:\n    here()": False,
    "try:\n    here()\nfinally:\n    pass": False,
    "try:\n    try:\n        here()\n    except ValueError:\n        pass\nexcept Exception:\n    pass": True,
    "import contextlib\nwith contextlib.suppress(ImportError):\n    here()": True,
    "with open('/dev/null'):\n    here()": False,
    "try:\n    def f():\n        here()\nexcept ImportError:\n    pass\nf()": False,
    "for _ in '1':\n    if 1:\n        try:\n            here()\n        except ImportError:\n            pass": True,
}


@pytest.mark.parametrize("source", GUARDS)
def test_who_catches_what_is_missing(source: str) -> None:
    """A line within the body of a `try` that catches it, at whatever depth, but not one in a handler."""
    name, found = f"<guard {source!r}>", []
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)

    def here() -> None:
        frame: FrameType | None = sys._getframe(1)
        assert frame is not None
        found.append(frames.catches(frame, ModuleNotFoundError))

    exec(compile(ast.parse(source), name, "exec"), {"here": here})
    assert found == [GUARDS[source]]


@pytest.mark.parametrize(
    ("command", "does"),
    [
        ("pip install x", True),
        (["/usr/bin/python3", "-m", "pip", "install", "x"], True),
        ("sudo apt-get install x", True),
        (b"nvidia-smi", True),
        (["ls", "-l"], False),
        ("python train.py", False),
        ([], False),
    ],
)
def test_what_installs(command: Any, does: bool) -> None:
    assert installs(command) is does


def test_names_that_a_cell_binds() -> None:
    source = (
        "%matplotlib inline\nimport torch.nn as nn, os.path\nfrom a import b as c\na, (d, *e) = f()\nwith g() as h:\n"
        "    i: int = 1\nfor j in []: pass\ndef k():\n    l = 1\nclass M:\n    n = 1\nif 1:\n    o = [p for p in q]\n"
    )
    assert names_bound(source) == {"nn", "os", "c", "a", "d", "e", "h", "i", "j", "k", "M", "o"}
    assert names_bound("def f(:") == frozenset()


def test_requirements_of_a_course(tmp_path: Path) -> None:
    """What is installed, what is not, what is too old; a wrong line is named."""
    assert settings_of(Course(tmp_path)).requirements == ()
    (tmp_path / "course.toml").write_text('requirements = ["numpy>=1", "numpy<1", "no-such-package"]')
    wanted = settings_of(Course(tmp_path)).requirements
    assert [package.fits for package in packages(wanted)] == [True, False, False]
    for text in ("requirements = 3", 'requirements = ["a b c"]', "requirements ="):
        (tmp_path / "course.toml").write_text(text)
        with pytest.raises(CourseError, match=r"course\.toml"):
            settings_of(Course(tmp_path))
