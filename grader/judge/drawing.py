"""What a check measured, as figures: asked for by a suite's `draw`, or made of the place where an answer differs.

What is drawn comes from student code and may be anything. What cannot be drawn is left out: no verdict hangs on it.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from PIL import Image

from grader.asking.student import Student
from grader.asking.words import stayed
from grader.errors import CourseError, Failure, MissingName
from grader.notebook.beside import rows
from grader.records import Drawing, Figure
from grader.text import clean

MOST_FIGURES = 3  # of one check
MOST_STEPS = 200  # of a curve
MOST_CLASSES = 20
MOST_PICTURES = 12
MOST_NICKNAME = 24  # characters
SIDE = 64  # of a picture, in pixels
ENOUGH = 4  # numbers, fewer than which are said better than drawn
WRONG, RIGHT = (208, 58, 31), (214, 220, 228)


class Pad:
    """`draw` in a suite: shows the student what a check measured, whatever its verdict is."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures

    def curve(
        self,
        title: str,
        values: object,
        right: Sequence[Sequence[float]] = (),
        *,
        across: str = "epoch",
        up: str = "loss",
    ) -> None:
        """A curve over its steps.

        Args:
            values: the student's.
            right: curves of right answers; the band from the lowest to the highest of them is drawn below it.
        """
        mine = _finite(values)
        if len(mine) > 1:
            steps = [tuple(map(float, step)) for step in zip(*right, strict=False)][:MOST_STEPS]
            low, high = tuple(map(min, steps)), tuple(map(max, steps))
            self._keep(Figure(Drawing.CURVE, title, mine, low, high, (across, up)))

    def matrix(self, title: str, true: torch.Tensor, said: object, names: Sequence[str]) -> None:
        """How often each class was taken for which.

        Args:
            true: of each sample, its class by number.
            said: the student's.
        """
        taken, number = _classes(said, len(true), len(names)), len(names)
        if taken is not None and 1 < number <= MOST_CLASSES:
            counts = torch.bincount(true.long() * number + taken, minlength=number * number).reshape(number, number)
            rows = tuple(tuple(map(int, row)) for row in counts.tolist())
            self._keep(Figure(Drawing.MATRIX, title, rows=rows, names=tuple(names), axes=("taken for", "is")))

    def mistaken(
        self, title: str, images: torch.Tensor, true: torch.Tensor, said: object, names: Sequence[str]
    ) -> None:
        """Some pictures that were taken for something else.

        Args:
            images: what a student may see, such as data of the handout; shape (N, C, H, W) or (N, H, W).
        """
        taken = _classes(said, len(true), len(names))
        if taken is not None:
            wrong = (taken != true).nonzero().flatten()[:MOST_PICTURES].tolist()
            shown = tuple((_png(images[i]), f"{names[int(true[i])]}, taken for {names[int(taken[i])]}") for i in wrong)
            if shown:
                self._keep(Figure(Drawing.PICTURES, title, images=shown))

    def beside(self, title: str, predicted: object, came: Mapping[str, object]) -> None:
        """What was predicted, label by label, beside what came: see `predicts`."""
        found = rows(predicted, came)
        self._keep(
            Figure(Drawing.PREDICTION, title, beside=tuple((r.label, r.predicted, r.came, r.same) for r in found))
        )

    def quest(self, title: str, value: float, student: Student) -> None:
        """The number that a quest is about, and the NICKNAME that the notebook gives itself for the class's board."""
        if not math.isfinite(value):
            raise CourseError("draw.quest", f"{value} is no number to compare", "measure one that is finite")
        try:
            said = student.NICKNAME
        except MissingName:
            said = ""
        name = " ".join(clean(said, MOST_NICKNAME).split()) if isinstance(said, str) and not stayed(said) else ""
        self._keep(Figure(Drawing.QUEST, title, values=(float(f"{float(value):.6g}"),), names=(name,)))

    def _keep(self, figure: Figure) -> None:
        if len(self._figures) < MOST_FIGURES:
            self._figures.append(figure)


def place_of(fault: BaseException | None) -> Iterator[Figure]:
    """Where a tensor differs: the student's numbers as a picture, or a curve, and which of them are wrong."""
    if not isinstance(fault, Failure) or fault.seen is None:
        return
    got, wrong = _flat(*fault.seen)
    number = int(fault.seen[1].sum())
    if got.numel() < ENOUGH or wrong.all():
        return
    said = f"{number} of {fault.seen[1].numel()} are wrong"
    if got.ndim == 1 and got.numel() > SIDE:
        values = _finite(got)
        if len(values) == len(got):
            yield Figure(Drawing.CURVE, f"Your answer; {said}, the first at {int(wrong.nonzero()[0])}", values)
        return
    shape = " by ".join(str(n) for n in got.shape[:2])
    marked = torch.where(wrong[..., None], torch.tensor(WRONG), torch.tensor(RIGHT)).to(torch.uint8)
    images = ((_png(got), f"your answer, {shape}"), (_encoded(marked), f"red: {said}"))
    yield Figure(Drawing.PICTURES, "Where your answer differs", images=images)


def _flat(got: torch.Tensor, wrong: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Both as a row or a table, small enough to be drawn; of more axes the part where the first wrong number is."""
    got, wrong = got.detach().cpu(), wrong.cpu()
    if got.is_complex():
        got = got.abs()
    got, wrong = got.float().squeeze(), wrong.squeeze()
    if wrong.ndim > 2 and bool(wrong.any()):
        place = tuple(wrong.nonzero()[0][:-2].tolist())
        got, wrong = got[place], wrong[place]
    if wrong.ndim == 1 and wrong.numel() <= SIDE:
        got, wrong = got[None], wrong[None]
    if wrong.ndim == 2:
        steps = [-(-size // SIDE) for size in wrong.shape]
        got = got[:: max(1, steps[0]), :: max(1, steps[1])]
        wrong = wrong[:: max(1, steps[0]), :: max(1, steps[1])]
    return got, wrong


def _finite(values: object) -> tuple[float, ...]:
    """The numbers up to the first that is none."""
    if isinstance(values, torch.Tensor):
        values = values.detach().cpu().flatten()[:MOST_STEPS].tolist()
    found: list[float] = []
    for value in values[:MOST_STEPS] if isinstance(values, list | tuple) else ():
        if isinstance(value, torch.Tensor) and value.numel() == 1:
            value = value.item()
        if not isinstance(value, int | float) or not math.isfinite(value):
            break
        found.append(float(f"{float(value):.6g}"))
    return tuple(found)


def _classes(said: object, samples: int, number: int) -> torch.Tensor | None:
    """The classes that were said, if there is one for each sample."""
    if not isinstance(said, torch.Tensor) or said.shape != (samples,) or said.is_floating_point():
        return None
    taken = said.detach().cpu().long()
    return taken if bool(((taken >= 0) & (taken < number)).all()) else None


def _png(picture: torch.Tensor) -> str:
    """Numbers as a picture, from their lowest to their highest: grey, or coloured where there are three planes."""
    numbers = picture.detach().cpu().float().nan_to_num(0.0, 0.0, 0.0)
    numbers = numbers.squeeze() if numbers.ndim > 2 else numbers
    if numbers.ndim == 3:
        numbers = numbers[:3].permute(1, 2, 0)
    low, high = numbers.min(), numbers.max()
    return _encoded(((numbers - low) / (high - low).clamp(min=1e-30) * 255).to(torch.uint8))


def _encoded(numbers: torch.Tensor) -> str:
    file = io.BytesIO()
    data: Any = numbers.contiguous().numpy()
    Image.fromarray(data).save(file, "png")
    return base64.b64encode(file.getvalue()).decode()
