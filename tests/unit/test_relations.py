"""Each relation is found where it holds, and none is said where it explains nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from grader.asking import relations
from grader.asking.compare import difference
from grader.asking.relations import numbers, relation, same_numbers
from grader.asking.relations.pair import Pair
from grader.asking.relations.plain import of_lists, of_numbers, of_texts

ALL = {one.__name__: one for one in (*relations.OTHER_SHAPE, *relations.SAME_SHAPE, numbers.swapped_flags)}
T = torch.tensor
X = torch.randn(4, 5, generator=torch.Generator().manual_seed(1))
SQUARE = X[:, :4]
CUBE = torch.randn(3, 4, 5, generator=torch.Generator().manual_seed(2))
PICTURE = torch.randn(8, 9, generator=torch.Generator().manual_seed(3))
FILM = torch.randn(2, 6, 7, generator=torch.Generator().manual_seed(4))
PIXELS = torch.tensor([[250, 10, 30], [5, 128, 255]])


def changed(t: torch.Tensor, *index: Any) -> torch.Tensor:
    """The tensor, wrong at some places."""
    t = t.clone()
    t[index] += 0.123
    return t


SHAPES = {
    "permuted": [
        (X.T, X, "it looks transposed"),
        (CUBE.transpose(0, 2), CUBE, "the axes 0 and 2 have changed places"),
        (CUBE.permute(2, 0, 1), CUBE, "its axes are in another order: `permute(1, 2, 0)` makes it right"),
    ],
    "reshaped": [
        (X[None], X, "the numbers are right, an axis of size 1 is too many"),
        (X, X[None, :, None], "the numbers are right, 2 axes of size 1 are missing"),
        (X.flatten(), X, "the numbers are right and in the right order"),
    ],
    "flattened_otherwise": [
        (X.T.flatten(), X, "the right numbers are there, flattened in another order"),
        (CUBE.permute(1, 0, 2).flatten(1), CUBE.flatten(), "the right numbers are there, flattened in another order"),
    ],
    "cut": [
        (X[:3], X, "the others are right, 1 row at the end is missing"),
        (X[2:], X, "the others are right, 2 rows at the beginning are missing"),
        (X, X[:-1], "the others are right, 1 row at the end is too many"),
        (X[0, :3], X[0], "the others are right, 2 numbers at the end are missing"),
    ],
    "reduced": [
        (X.sum(1), X, "it is the sum of the right result over axis 1"),
        (X.mean(0, keepdim=True), X, "it is the mean of the right result over axis 0"),
        (X, X.mean(0), "the mean of yours over axis 0 is right"),
        (CUBE, CUBE.sum(2), "the sum of yours over axis 2 is right"),
    ],
    "repeated": [(torch.stack([X, X]), X, "it is the right result, 2 times along axis 0")],
}
NUMBERS = {
    "constant": [(torch.zeros(4, 5), X, "every element is 0"), (torch.full((4, 5), 2.5), X, "every element is 2.5")],
    "permuted": [(SQUARE.T, SQUARE, "it looks transposed")],
    "opposite": [(-X, X, "every sign is the other way round"), (X.abs(), X, "the signs are missing")],
    "offset": [(X + 0.5, X, "it is off by a constant 0.5"), (X - 1e-3, X, "it is off by a constant -0.001")],
    "factor": [
        (X / 4, X, "it is off by a constant factor of 0.25"),
        (X * 1.01, X, "it is off by a constant factor of 1.01"),
    ],
    "swapped_flags": [(T([1, 0, 0, 1, 0]), T([0, 1, 1, 0, 1]), "0 and 1 are in each other's place")],
    "flipped": [(X.flip(1), X, "the order along axis 1 is reversed")],
    "shifted": [
        (X.roll(1, 0), X, "along axis 0 it is one position too late"),
        (torch.cat([X[:, 1:], torch.zeros(4, 1)], 1), X, "along axis 1 it is one position too early"),
    ],
    "read_otherwise": [
        (X.T.flatten(), X.flatten(), "the right numbers are there, flattened in another order"),
        (CUBE.transpose(1, 2).flatten(1), CUBE.flatten(1), "the right numbers are there, flattened in another order"),
        (CUBE.permute(1, 2, 0).flatten(), CUBE.flatten(), "the right numbers are there, flattened in another order"),
    ],
    "in_other_places": [
        (X.sort(1).values, X, "it is sorted along axis 1, in ascending order"),
        (X.sort(0, descending=True).values, X, "it is sorted along axis 0, in descending order"),
        (X[[2, 0, 3, 1]], X, "the right rows are there, in another order"),
        (
            X.flatten()[torch.randperm(20, generator=torch.Generator().manual_seed(3))].view(4, 5),
            X,
            "the right values are there, in other places",
        ),
    ],
    "function_of": [
        (X.softmax(1), X, "it is the softmax over axis 1 of the right result"),
        (X, X.softmax(0), "the softmax over axis 0 of yours is right"),
        (X.log_softmax(1), X, "it is the log softmax over axis 1 of the right result"),
        (X.log_softmax(1), X.softmax(1), "the exponential of yours is right"),
        (X.square(), X, "it is the square of the right result"),
        (X.square(), X.abs(), "it is the square of the right result"),
        (1 / X, X, "it is the reciprocal of the right result"),
        ((9 * X).trunc(), 9 * X, "it is the whole part of the right result"),
        (X.cumsum(0), X, "it is the running sum over axis 0 of the right result"),
        (X, X.relu(), "the ReLU of yours is right"),
        (X.relu(), X, "it is the ReLU of the right result"),
        (X, X.sigmoid(), "the sigmoid of yours is right"),
    ],
    "overrun": [
        (
            PIXELS.add(20) % 256,
            PIXELS + 20,
            "where it is wrong it is off by 256 or a multiple: a number of 8 bits ran over",
        )
    ],
    "unfilled": [(X.index_fill(0, T([1, 2]), 0.0), X, "where it is not 0 it is right")],
    "wrong_at_one_index": [
        (changed(X, 0), X, "only index 0 of axis 0 is wrong"),
        (changed(CUBE, ..., -1), CUBE, "only index 4 of axis 2 is wrong"),
        (changed(CUBE, slice(None), 1, 2), CUBE, "only index 1 of axis 1 is wrong"),
    ],
    "wrong_at_the_border": [
        (changed(changed(PICTURE, 0), -1), PICTURE, "only its border is wrong"),
        (changed(changed(FILM, ..., -1), slice(None), 0), FILM, "only its border is wrong"),
    ],
    "scaled_by_axis": [
        (
            (X - X.mean(0)) / X.std(0),
            X,
            "for each index of axis 1 it is off by a factor and an offset of its own, as another mean and spread give",
        ),
        (
            X * T([[1.0], [2.0], [3.0], [4.0]]),
            X,
            "for each index of axis 0 it is off by a factor of its own, as another scale gives",
        ),
        (
            X + T([1.0, 2.0, 3.0, 4.0, 5.0]),
            X,
            "for each index of axis 1 it is off by an offset of its own, as another mean or bias gives",
        ),
    ],
    "scaled": [(2 * X + 3, X, "it is off by a factor of 2 and an offset")],
}


@pytest.mark.parametrize(
    ("name", "got", "due", "said"),
    [(name, *case) for name, cases in (SHAPES | NUMBERS).items() for case in cases],
)
def test_each_relation(name: str, got: torch.Tensor, due: torch.Tensor, said: str) -> None:
    """It is found by its own function, and nothing before it in the list claims the case."""
    assert relation(got, due) == said
    wide = [t.double() for t in (got, due)]
    assert ALL[name](Pair(*wide, 1e-5)) == said


def test_every_relation_has_its_cases() -> None:
    """The list holds no relation that is not tried above."""
    assert {one.__name__ for one in relations.OTHER_SHAPE} == set(SHAPES)
    assert {one.__name__ for one in (*relations.SAME_SHAPE, numbers.swapped_flags)} == set(NUMBERS)


@pytest.mark.parametrize(
    ("got", "due"),
    [
        (torch.randn(4, 5, generator=torch.Generator().manual_seed(9)), X),
        (X + 0.1 * torch.randn(4, 5, generator=torch.Generator().manual_seed(9)), X),  # an offset that leaves much
        (changed(changed(X, 0), slice(None), -1), X),  # of a table so small most is border
        (0.99998 * X + 1e-5, X),  # a factor that would be called 1
        (T([3.0, 1.0]), T([1.0, 3.0])),  # two numbers: any relation holds
        (T([2.0, 2.0, 4.0]), T([1.0, 1.0, 2.0])),  # only two different ones
        (torch.full((3,), float("nan")), T([1.0, 2.0, 3.0])),
        (torch.zeros(0, 3), torch.zeros(3, 3)),
        (torch.zeros(()), T([1.0, 2.0, 3.0])),
        (X.to(torch.complex64) * 2, X.to(torch.complex64)),
    ],
)
def test_what_explains_nothing_is_not_said(got: torch.Tensor, due: torch.Tensor) -> None:
    """Effects as small as what they leave, and what a few numbers show by accident."""
    assert relation(got, due) == ""


@pytest.mark.parametrize("got", [X.double() - 2.2e-17, X.double() * (1 + 1e-7), X.double() + 1e-9])
def test_what_is_almost_right_is_called_that(got: torch.Tensor) -> None:
    """No constant of -2e-17, no factor of 1."""
    assert relation(got, X.double() * (1 + 1e-10)).startswith("it is almost right, no number is off by more than ")


def test_lost_precision_is_no_relation() -> None:
    """Half precision is compared as half precision."""
    assert relation((2 * X).half(), X.half()) == "it is off by a constant factor of 2"
    assert relation(X.bfloat16().t(), X.bfloat16()) == "it looks transposed"
    assert same_numbers(X.half(), X) and not same_numbers(X + 1, X)


def test_no_answer_breaks_the_search() -> None:
    """Every pair of shapes and dtypes is looked at without an exception."""
    dtypes = (torch.float32, torch.int64, torch.bool, torch.uint8, torch.bfloat16, torch.complex64)
    some = [torch.ones(shape).to(d) for shape in ((), (0,), (1,), (3,), (2, 3), (3, 2, 1), (1,) * 6) for d in dtypes]
    some += [torch.arange(-4, 5).to(d).view(shape) for shape in ((9,), (3, 3)) for d in dtypes]
    for got in some:
        for due in some:
            relation(got, due)


@pytest.mark.parametrize(
    ("got", "due", "said"),
    [
        (-2.4371, 2.4371, "its sign is the other way round"),
        (243.71, 2.4371, "it is 100 times the right one, as a percentage is"),
        (0.024371, 2.4371, "it is a hundredth of the right one"),
        (4.8742, 2.4371, "it is twice the right one"),
        (1.21855, 2.4371, "it is half the right one"),
        (1 / 2.4371, 2.4371, "it is the reciprocal of the right one"),
        (2.4371**2, 2.4371, "it is the square of the right one"),
        (2.4371**0.5, 2.4371, "it is the square root of the right one"),
        (math.log(2.4371), 2.4371, "its exponential is right"),
        (math.exp(2.4371), 2.4371, "its logarithm is right"),
        (8.0, 2.4371, ""),
        (0.1, 0.01, ""),  # round numbers: a square root by accident
        (1.0, 0.0, ""),
        (2.0, 1.0, ""),
        (7, 8, "it is off by one"),
        (0, 1, ""),
        (7, 9, ""),
    ],
)
def test_numbers(got: float, due: float, said: str) -> None:
    """Only what people do to a number."""
    assert of_numbers(got, due) == said


def test_texts() -> None:
    """Case and spaces."""
    assert of_texts("Red", "red") == "only upper and lower case differ"
    assert of_texts("a b ", "ab") == "only spaces differ"
    assert of_texts("blue", "red") == ""


@pytest.mark.parametrize(
    ("got", "due", "said"),
    [
        ([1, 2, 3], [1, 2, 3, 4], "the last one is missing, the others are right"),
        ([3, 4, 5], [1, 2, 3, 4, 5], "the first 2 are missing, the others are right"),
        ([1, 2, 3, 9], [1, 2, 3], "the last one is too many, the others are right"),
        ([1, 2], [1, 2, 3], ""),  # two numbers agree easily
        ([1, 1, 1], [1, 1, 1, 1], ""),
        ([], [1, 2], ""),
        ([2, 1], [1, 2, 3], ""),
        ([3, 2, 1], [1, 2, 3], "the order is reversed"),
        ([0, 1, 2, 3], [1, 2, 3, 4], "each stands one position too late"),
        ([2, 3, 4, 5], [1, 2, 3, 4], "each stands one position too early"),
        ([2, 3, 3], [1, 2, 3], ""),
        ([2, 1, 3, 4], [1, 2, 3, 4], "the right items are there, in another order"),
        ([2, 1, 3, 3], [1, 2, 3, 4], ""),
    ],
)
def test_lists(got: list[int], due: list[int], said: str) -> None:
    """Items missing, too many, in another order."""
    assert of_lists(got, due, lambda mine, theirs: mine == theirs) == said


def test_remarks_in_clauses() -> None:
    """A clause ends with the relation, in parentheses where the shape is another."""
    assert str(difference(X / 2, X)).endswith("; it is off by a constant factor of 0.5")
    assert str(difference(X.T, X)) == "the shape is (5, 4), it should be (4, 5) (it looks transposed)"
    assert str(difference(X.double(), X)).endswith("it should be float32 (the numbers are right)")
    assert str(difference([1.0, 2.0, 4.0], [2.0, 4.0, 8.0], parts="loss")) == (
        "the 1st loss: 1 is not the right value; of them all: it is off by a constant factor of 0.5"
    )
    assert ";" not in str(difference([1.0, 2.0, 4.0], [2.0, 4.0, 8.0], remarks=False))
