"""What a check measured, as figures."""

from __future__ import annotations

import base64
import io
import math
import shutil
from pathlib import Path

import pytest
import torch
from PIL import Image

from grader.asking.codec import Encoder
from grader.asking.compare import difference
from grader.asking.local import LocalChannel
from grader.asking.messages import Exchange, Op, Query, Reply
from grader.course.catalog import Course
from grader.errors import Failure
from grader.judge.drawing import MOST_FIGURES, MOST_STEPS, Pad, place_of
from grader.judge.fingerprint import fingerprint
from grader.judge.suite import judge, load_suite
from grader.records import Drawing, Figure, Status

TOY = Path(__file__).parents[1] / "submissions" / "course"


def where(got: torch.Tensor, right: torch.Tensor) -> list[Figure]:
    """The figures of a failed check with these answers."""
    found = difference(got, right)
    assert found is not None
    return list(place_of(Failure(found.about(""), found.seen)))


def pixels(image: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(image)))


def test_a_table_is_drawn_with_its_wrong_elements() -> None:
    """One picture of the student's numbers, one of the places: as large as the table."""
    right = torch.arange(12.0).reshape(3, 4)
    got = right.clone()
    got[1, 2] = 100.0
    [figure] = where(got, right)
    (mine, said), (places, told) = figure.images
    assert figure.drawing is Drawing.PICTURES and said == "your answer, 3 by 4" and told == "red: 1 of 12 are wrong"
    assert pixels(mine).size == pixels(places).size == (4, 3)
    red = [pixels(places).getpixel((x, y)) for y in range(3) for x in range(4)]
    assert [place for place, colour in enumerate(red) if colour != red[0]] == [6]


def test_of_more_axes_the_part_is_drawn_where_the_first_fault_is() -> None:
    """Of a batch of pictures the first that is wrong; a large one is made smaller."""
    right = torch.zeros(2, 3, 100, 90)
    got = right.clone()
    got[1, 2, 50, 45] = 1.0
    [figure] = where(got, right)
    assert pixels(figure.images[0][0]).size == (45, 50)


def test_a_long_row_is_a_curve() -> None:
    """The student's numbers; nothing of the right ones."""
    right = torch.linspace(0, 1, 100)
    got = right.clone()
    got[30:40] = 5.0
    [figure] = where(got, right)
    assert figure.drawing is Drawing.CURVE and figure.values[35] == 5.0 and not figure.low
    assert figure.title == "Your answer; 10 of 100 are wrong, the first at 30"


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0])),  # said better than drawn
        (torch.ones(4, 4), torch.zeros(4, 4)),  # all of it is wrong
        (torch.zeros(3), torch.zeros(4)),  # the shape is
    ],
)
def test_nothing_is_drawn_where_words_say_it(got: torch.Tensor, right: torch.Tensor) -> None:
    """A picture must show something."""
    assert where(got, right) == []


@pytest.mark.parametrize(
    "values",
    [
        None,
        7,
        "losses",
        [],
        [1.0],
        {"a": 1},
        object(),
        [math.nan, 1.0],
        [[1.0], [2.0]],
        [math.inf] * 3,
        torch.tensor(3),
    ],
)
def test_what_is_no_curve_is_not_drawn(values: object) -> None:
    """Whatever a student's code returns, a suite may pass it on."""
    figures: list[Figure] = []
    Pad(figures).curve("Losses", values, [[1.0, 2.0]])
    assert figures == []


def test_a_curve_ends_where_its_numbers_do() -> None:
    """NaN is no number; the band is that of all right answers; nothing is too long."""
    figures: list[Figure] = []
    pad = Pad(figures)
    pad.curve("Losses", [3.0, torch.tensor(2.0), math.nan, 1.0], [[3.0, 2.5, 2.0], [2.0, 2.0, 2.5]])
    assert figures[0].values == (3.0, 2.0) and figures[0].low == (2.0, 2.0, 2.0) and figures[0].high == (3.0, 2.5, 2.5)
    for _ in range(9):
        pad.curve("Long", [1.0] * 10_000)
    assert len(figures) == MOST_FIGURES and len(figures[1].values) == MOST_STEPS


def test_what_was_taken_for_what() -> None:
    """Counts by class, and the pictures of those that were taken for something else."""
    figures: list[Figure] = []
    pad, true = Pad(figures), torch.tensor([0, 0, 1, 2])
    names, pictures = ("coat", "shirt", "bag"), torch.rand(4, 1, 5, 5)
    pad.matrix("Garments", true, torch.tensor([0, 1, 1, 2]), names)
    pad.mistaken("Wrong", pictures, true, torch.tensor([0, 1, 1, 2]), names)
    assert figures[0].rows == ((1, 1, 0), (0, 1, 0), (0, 0, 1))
    assert [said for _, said in figures[1].images] == ["coat, taken for shirt"]
    for odd in (
        None,
        torch.tensor([0.5] * 4),
        torch.tensor([0, 1]),
        torch.tensor([0, 1, 2, 9]),
        torch.tensor([-1] * 4),
    ):
        pad.matrix("Garments", true, odd, names)
        pad.mistaken("Wrong", pictures, true, odd, names)
    assert len(figures) == 2


# ---- from a suite to a check

SUITE = """
import torch

def test_losses(student, same, draw):
    \"\"\"The losses fall.\"\"\"
    got = student.double(torch.tensor([2.0, 1.0]))
    draw.curve("Your losses", got, [[4.0, 2.0]])
    same(got, torch.tensor([4.0, 2.0]))

def test_table(student, same):
    \"\"\"A table.\"\"\"
    same(student.double(torch.eye(3)), 2 * torch.eye(3))
"""


def test_a_check_carries_what_its_suite_drew(tmp_path: Path) -> None:
    """Whether it passed or not; and of a failed one, where the answer differs, and its fingerprint."""
    folder = shutil.copytree(TOY, tmp_path / "course") / "tests" / "hidden" / "01_toy"
    (folder / "test_double.py").write_text(SUITE)
    suite = load_suite(Course(tmp_path / "course"), "01_toy")
    right, _ = judge(suite, LocalChannel({"double": lambda t: 2 * t}), 0, ["double"])
    assert right.status is Status.PASSED and right.fingerprint == ""
    assert [figure.values for figure in right.figures] == [(4.0, 2.0)]
    wrong = [judge(suite, LocalChannel({"double": lambda t, n=n: t * t * n}), 0, ["double"]) for n in (5, 5, 7)]
    assert [figure.title for figure in wrong[0][0].figures] == ["Your losses"]
    assert [figure.drawing for figure in wrong[0][1].figures] == [Drawing.PICTURES]
    prints = [check.fingerprint for _, check in wrong]
    assert prints[0] == prints[1] != prints[2] and all(prints)


# ---- equal wrong answers


def told(*values: object) -> str:
    """The fingerprint of a check in which these came back."""
    exchanges = []
    for value in values:
        encoder = Encoder()
        exchanges.append(Exchange(Query(Op.CALL), Reply(encoder.encode(value), encoder.tensors)))
    return fingerprint(exchanges)


def test_equal_answers_have_equal_fingerprints() -> None:
    """Rounding does not part them; a value, a shape, a dtype or a kind does."""
    one = torch.tensor([[1.0, 2.0], [0.0, 3e-9]])
    assert told(one, "a", [1.5]) == told(one * (1 + 1e-6), "a", [1.5 + 1e-9])
    others = [one + 0.1, one.double(), one.flatten(), one.int(), one.bool(), None, [1.0, 2.0, 0.0, 3e-9], one.numpy()]
    assert len({told(one), *map(told, others)}) == len(others) + 1
    assert told(one, one) != told(one)
