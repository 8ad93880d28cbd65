"""What the texts of the handouts tell of the cells below them is what these cells print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
import pytest
import torch

from grader.course.catalog import Course

COURSE = Course(Path(__file__).parents[2])


class Told(NamedTuple):
    """A cell, what the text above it says, and what it prints; `needs` are words of the cells that it rests on."""

    assignment: str
    cell: str
    says: tuple[str, ...]
    prints: tuple[str, ...]
    needs: tuple[str, ...] = ()


TOLD = [
    Told(
        "02_data",
        "class Throws(",
        ("PyTorch's common generator", "differ", "all workers draw the same"),
        ("worker 0: common 26432356   own 64422111", "worker 1: common 64611453   own 64422111"),
    ),
    Told(
        "03_training",
        "saturated = ",
        (
            "With small weights the answers fade away",
            "more than half of the units are saturated",
            "more than a hundredfold",
        ),
        (
            "small     answers at the end: spread 9.2e-08  saturated 0% ",
            "saturated 56%   gradient: first layer 1.8e+02  last 1.4",
        ),
    ),
    Told(
        "03_training",
        "clip_grad_norm_(",
        ("the first two lengths, which are the same", "four times as large"),
        (
            "one batch of 64           length of the gradient 1.7318, clipped to 1.0000",
            "4  length of the gradient 1.7318",
            "6.9273",
        ),
    ),
    Told(
        "03_training",
        "for rate in rates:",
        ("lowest at 0.8", "a third to a tenth", "between 0.08 and 0.3"),
        ("at the rate 0.8",),
    ),
    Told(
        "04_cnn",
        "ten.named_children()",
        ("four times the numbers", "three quarters of all lie in the last"),
        (
            "11689512 numbers",
            "layer1    147,968 numbers; out comes (4, 64, 14, 14)",
            "layer4  8,393,728 numbers; out comes (4, 512, 2, 2)",
            "together 11,181,642 numbers, 5,130 of them in the new layer",
        ),
        ("prepare = v2.Compose(",),
    ),
    Told(
        "04_cnn", "def from_plan(", ("One linear layer needs 650 numbers",), ("[] has 650 numbers", "has 350 numbers")
    ),
    Told(
        "05_gpu",
        "for number in (0.1",
        ("Which of the twelve are exact", "lost altogether"),
        ("float32 2049 ", "float32 70000 ", "float16 inf ", "float16 0 ", "float32 9.99999972e-10"),
    ),
    Told(
        "05_gpu",
        "quest_digits == 0",
        ("seventeen different values",),
        ("49% of all numbers are 0", "0.31 times 2**63"),
        ("def show_bars(",),
    ),
]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told.assignment}-{told.cell.strip('(')}")
def test_cells_print_what_the_text_tells(
    told: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the handout, with no question answered."""
    folder = COURSE.handout(told.assignment)
    cells = json.loads((folder / f"{told.assignment}.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    code = [i for i, cell in enumerate(cells) if cell["cell_type"] == "code"]
    [shown] = [i for i in code if told.cell in sources[i]]
    text = " ".join(sources[shown - 1].split())
    assert [words for words in told.says if words not in text] == []
    monkeypatch.chdir(folder)
    matplotlib.use("Agg")
    names: dict[str, object] = {"__name__": "handout"}
    with torch.random.fork_rng(devices=[]):
        for i in code:
            if i == shown or any(word in sources[i] for word in ("\nimport torch\n", *told.needs)):
                exec(sources[i], names)
    printed = capsys.readouterr().out
    assert [line for line in told.prints if line not in printed] == [], printed


def test_three_different_digits_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quest of 01 begins with three digits, no two of which are the same."""
    folder, shown = COURSE.handout("01_tensors"), list[str]()
    cells = json.loads((folder / "01_tensors.ipynb").read_text(encoding="utf-8"))["cells"]
    [cell] = [source for source in ("".join(cell["source"]) for cell in cells) if "digit_pictures = " in source]
    monkeypatch.chdir(folder)
    exec(cell, {"np": np, "torch": torch, "show_pictures": lambda **pictures: shown.extend(pictures)})
    assert len(shown) == 3, shown
