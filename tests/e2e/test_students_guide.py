"""The students' guide, followed word by word: each line that it shows is typed, with the small course's handout."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from cases import ROOT, TOY, Done, grader

from grader.authoring import handouts
from grader.course.catalog import Course

GUIDE = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(console|python)\n(.*?)^```", GUIDE, re.M | re.S)
LINES = list(dict.fromkeys(line for _, block in BLOCKS for line in block.splitlines() if line.strip()))
PLACES = ("Your own laptop", "Windows", "VS Code", "Colab", "Kaggle", "A hub")
# What brings along what notebooks import; where a notebook runs, IPython is.
SUPPLIED = {"PIL": "torchvision", "numpy": "torchvision", "IPython": "torch"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a student has the archive, and beside it what it holds."""
    packed = handouts.archive(handouts.handout(Course(TOY), "01_toy"), "01_toy")
    (tmp_path / "01_toy.zip").write_bytes(packed)
    subprocess.run([sys.executable, "-m", "zipfile", "-e", "01_toy.zip", "."], cwd=tmp_path, check=True)
    return tmp_path / "01_toy"


def python(folder: Path, *words: str) -> Done:
    path = {**os.environ, "PYTHONPATH": ""}
    return subprocess.run([sys.executable, *words], cwd=folder, env=path, capture_output=True, text=True, timeout=300)


def environment(folder: Path, line: str) -> None:
    """It is made, and has the script that the next line names."""
    assert python(folder, "-m", "venv", "--without-pip", ".venv").returncode == 0
    assert list((folder / ".venv").glob("*/activate"))


def activated(folder: Path, line: str) -> None:
    """The names are Python's own."""
    assert line in ("$ source .venv/bin/activate", r"> .venv\Scripts\activate")


def installed(folder: Path, line: str) -> None:
    """What is installed is all that notebooks import, and what runs them."""
    packages = set(shlex.split(line.partition("pip install ")[2]))
    imported = set()
    for solution in (ROOT / "solutions").glob("*.py"):
        for node in ast.walk(ast.parse(solution.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    needed = {SUPPLIED.get(name, name) for name in imported - set(sys.stdlib_module_names) - {"grader"}}
    assert needed <= packages and packages & {"jupyterlab", "nbclient"}


def opened(folder: Path, line: str) -> None:
    """JupyterLab takes a notebook's name; that it works there, test_jupyterlab.py shows."""
    name = line.rpartition(" ")[2]
    assert (folder / name).is_file()
    if find_spec("jupyterlab"):
        assert "notebook" in python(folder, "-m", "jupyterlab", "--help").stdout


def fetched(folder: Path, line: str) -> None:
    """From an address; here a file's."""
    source = re.sub(r"https://[^/]+", folder.parent.as_uri(), line)
    (folder / "content").mkdir()
    done = python(folder / "content", "-c", source)
    assert done.returncode == 0 and (folder / "content" / "01_toy.zip").is_file(), done.stderr


def unpacked(folder: Path, line: str) -> None:
    """Where nothing was unpacked yet."""
    (folder / "01_toy.zip").write_bytes((folder.parent / "01_toy.zip").read_bytes())
    done = python(folder, *shlex.split(line)[2:])
    assert done.returncode == 0 and (folder / "01_toy" / "01_toy.ipynb").is_file(), done.stderr


def commanded(folder: Path, line: str) -> None:
    """The handout is unanswered: its checks fail, and it can be handed in."""
    words = shlex.split(line.lstrip("$ !"))
    if words[-1].startswith("../"):
        (folder.parent / "01_toy.ipynb").write_bytes((folder / "01_toy.ipynb").read_bytes())
    done = grader(*words[1:], course=None, cwd=folder) if words[0] == "grader" else python(folder, *words[1:])
    assert done.returncode == (1 if "check" in words else 0), done.stderr
    assert "0 of 5 public checks passed." in done.stdout
    home = (folder / words[-1]).resolve().parent
    assert ("submit" in words) == (home / "hand_in" / "01_toy.ipynb").is_file()
    assert ("submit" in words) == ("Nothing is answered in this notebook." in done.stdout)


TRIED: dict[str, Callable[[Path, str], None]] = {
    r"[$>] (python3|py) -m venv \.venv": environment,
    r"[$>] .*activate": activated,
    r"[$>] python -m pip install [\w ]+": installed,
    r"[$>] jupyter lab 01_toy\.ipynb": opened,
    r"\$ python -m zipfile -e 01_toy\.zip \.": unpacked,
    r"import urllib\.request; .*": fetched,
    r"\$ !?(python grader\.pyz|grader) (check|submit) (\.\./)?01_toy\.ipynb": commanded,
}


def typed_elsewhere(line: str) -> list[pytest.MarkDecorator]:
    """The same commands from the handout are tried every day, and the installed ones by their own tests."""
    return [pytest.mark.slow] if line.startswith("$ grader ") else []


@pytest.mark.parametrize("line", [pytest.param(line, id=line, marks=typed_elsewhere(line)) for line in LINES])
def test_every_line_does_what_it_says(line: str, folder: Path) -> None:
    """With the handout and nothing else of the course."""
    line = line.replace("01_tensors", "01_toy")
    [does] = [does for pattern, does in TRIED.items() if re.fullmatch(pattern, line)]
    does(folder, line)


def test_every_place_has_its_path() -> None:
    """One short paragraph each, in bold what it is for."""
    starting = GUIDE.partition("## Starting")[2].partition("## Working")[0]
    assert [name for name in PLACES if f"**{name}" not in starting] == []
