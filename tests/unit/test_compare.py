"""An answer is right or wrong for the right reason, and the reason is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from grader.asking.compare import difference
from grader.asking.tensors import identical
from grader.asking.tolerances import Tolerance, tolerance_for

T = torch.tensor


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        (None, T([1.0]), "expected a tensor, got None"),
        (np.ones(1), T([1.0]), "expected a tensor, got a NumPy array of shape (1,)"),
        ([1.0], T([1.0]), "expected a tensor, got a list"),
        (T([1.0]), np.ones(1), "expected a NumPy array, got a tensor of shape (1,)"),
        (np.array(1.0), np.ones(1), "the shape is (), it should be (1,)"),
        (np.ones(1), np.array(1.0), "the shape is (1,), it should be ()"),
        (T([[1.0, 2.0]]), T([1.0, 2.0]), "the shape is (1, 2), it should be (2,)"),
        (T([1.0, 2.0]).double(), T([1.0, 2.0]), "the dtype is float64, it should be float32 (the numbers are right)"),
        (T([1, 2]), T([1.0, 2.5]), "the dtype is int64, it should be float32"),
        (T([1.0, float("nan")]), T([1.0, 2.0]), "1 of 2 elements is NaN, at 1"),
        (T([1.0, float("nan"), float("nan")]), T([1.0, 2.0, 3.0]), "it is NaN from element 1 on"),
        (T([float("nan"), float("nan"), 3.0]), T([1.0, 2.0, 3.0]), "2 of 3 elements are NaN, the first at 0"),
        (T(float("nan")), T(1.0), "it is NaN"),
        (T([1.0, float("inf")]), T([1.0, 2.0]), "1 of 2 elements is infinite, at 1"),
        (T([1.0, 2.0]), T([1.0, float("nan")]), "element 1 is not NaN, and should be"),
        (T([float("-inf")]), T([float("inf")]), "its only element, -inf, is wrong"),
        (T([2.0, 4.0]), T([1.0, 3.0]), "both elements are wrong; the first of yours is 2"),
        (T([[1, 2], [3, 5]]), T([[1, 2], [3, 4]]), "1 of 4 elements is wrong, at (1, 1), where yours is 5"),
        (T([1, 9, 9]), T([1, 2, 3]), "it is wrong from element 1 on, where yours is 9"),
        (T([9, 2, 9]), T([1, 2, 3]), "2 of 3 elements are wrong, the first at 0, where yours is 9"),
        (T(3.0), T(2.0), "3 is not the right value"),
        (1, True, "expected a bool, got an int"),
        (True, 1, "expected an int, got a bool"),
        (False, True, "expected True, got False"),
        (1, 1.0, "expected a float, got an int"),
        (T(1.0), 1.0, "expected a float, got a tensor of shape (); `.item()` gives its number"),
        (float("nan"), 1.0, "it is NaN"),
        (1.1, 1.0, "1.1 is not the right value"),
        ("a", "b", "'a' is not the right value"),
        ((1, 2), (1, 2, 3), "(1, 2) is not the right value"),
        ((1, 3), (1, 2), "(1, 3) is not the right value"),
        ((0, 3.5), (0, 2.5), "item 1: 3.5 is not the right value"),
        ({"a": 1}, {"a": 1, "b": 2}, "the key 'b' is missing"),
        ({"a": 1, "c": 2}, {"a": 1}, "the key 'c' does not belong there"),
        ({"a": T([1])}, {"a": T([2])}, "'a': its only element, 1, is wrong"),
        ({3: 1}, {3: 2}, "the key 3: 1 is not the right value"),
        ({(1, 2)}, {(2, 1)}, "(1, 2) does not belong there, and 1 other is missing"),
        ({1}, {1, 2, 3}, "2 members are missing"),
        ({(1, 4.0)}, {(1, 4)}, "the member (1, 4.0), item 1: expected an int, got a float"),
        ({True: "a"}, {1: "a"}, "the key True: expected an int, got a bool"),
        (torch.float32, torch.float64, "torch.float32 is not the right value"),
    ],
)
def test_what_differs(got: Any, expected: Any, said: str) -> None:
    """The first difference is named, in the order of kind, shape, dtype, NaN, values."""
    assert str(difference(got, expected)) == said
    assert not identical(got, expected)


@pytest.mark.parametrize(
    "value",
    [
        T([1.0, 2.0]),
        T([float("nan"), float("inf"), 1.0]),
        torch.zeros(0, 3),
        T([True, False]),
        {"a": [1, (2.5, None)]},
        float("nan"),
        float("inf"),
        {(1, 2), (3, 4)},
        np.arange(3),
    ],
    ids=str,
)
def test_the_same_is_right(value: Any) -> None:
    """A value equals itself, NaN and emptiness included, when the reference has them."""
    assert difference(value, value) is None


def test_identical_tensors() -> None:
    """The same bits in the same kind of tensor; memory layout and gradients do not matter, shape and dtype do."""
    table = torch.arange(6.0).reshape(2, 3)
    assert identical(table.T.contiguous().T, table) and identical(table.clone().requires_grad_(), table)
    assert identical(torch.zeros(0, 3), torch.zeros(0, 3)) and not identical(torch.zeros(0, 3), torch.zeros(3, 0))
    assert not identical(table.nextafter(T(9.0)), table) and not identical(T([1]), T([1.0]))
    assert not identical(T([float("nan")]), T([float("nan")])) and not identical(1.0, T(1.0)) and not identical(1, 1)


@pytest.mark.parametrize(
    ("parts", "got", "expected", "said"),
    [
        ("epoch", [1.0, 5.0], [1.0, 2.0], "the 2nd epoch: 5 is not the right value"),
        ("epoch", [1.0], [1.0, 2.0], "expected 2 epochs, got 1"),
        ("size", (2, 3), (2, 3, 4), "expected 3 sizes, got 2: (2, 3)"),
        ("size", (2, 3), (2, 4), "(2, 3) is not the right value"),
        ("CPU, card", (True, False), (True, True), "the card: expected True, got False"),
        (None, [True, False], [True, True], "[True, False] is not the right value"),
        ("run: rate", [[0.1], [0.2]], [[0.3], [0.2]], "the 1st run, the 1st rate: 0.1 is not the right value"),
        (
            "run: name",
            [["a"], ["c"], ["b"]],
            [["a"], ["b"], ["c"]],
            "the 2nd run: ['c'] is not the right value; the right runs are there, in another order",
        ),
        ("loss, gradient", (1.0, None), (1.0, 2.0), "the gradient: expected a float, got None"),
        ("batch: images, labels", [[T(1), 5]], [[T(1), 2]], "the 1st batch, the labels: 5 is not the right value"),
        ("epoch", {"val": [5.0]}, {"val": [1.0]}, "'val', the 1st epoch: 5 is not the right value"),
        ({"val": "epoch"}, {"val": [5.0]}, {"val": [1.0]}, "'val', the 1st epoch: 5 is not the right value"),
        ({"losses": "epoch", "w": None}, ([5.0], 1), ([1.0], 1), "the losses, the 1st epoch: 5 is not the right value"),
    ],
)
def test_parts_have_names(parts: Any, got: Any, expected: Any, said: str) -> None:
    """What is in a list is called what the task calls it."""
    found = difference(got, expected, parts=parts)
    assert found is not None and str(found) == said
    assert found.about("After `f()`") == f"After `f()`{', ' if found.path else ': '}{said}."


def test_no_broadcast_and_no_empty_pass() -> None:
    """What allclose would let pass does not pass here."""
    assert difference(torch.zeros(1), torch.zeros(10, 3)) is not None
    assert difference(torch.zeros(0), torch.zeros(3)) is not None
    assert difference(torch.zeros(3), torch.zeros(0)) is not None


def test_sequences_are_one_kind() -> None:
    """A list does for a tuple and for a size."""
    assert difference([1, 2], (1, 2)) is None
    assert difference(torch.Size([1, 2]), (1, 2)) is None


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_another_order_of_summation_passes(dtype: torch.dtype) -> None:
    """A correct answer that rounds differently is right, in every precision."""
    generator = torch.Generator().manual_seed(1)
    a, b = (torch.randn(64, 64, generator=generator, dtype=torch.float64) for _ in range(2))
    expected = a.to(dtype) @ b.to(dtype)
    other = sum(a.to(dtype)[:, i : i + 8] @ b.to(dtype)[i : i + 8] for i in range(0, 64, 8))
    assert difference(other, expected, exact=a.to(dtype).double() @ b.to(dtype).double()) is None


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_small_mistake_does_not_pass(dtype: torch.dtype) -> None:
    """Dividing by n - 1 instead of n, or an epsilon in the wrong place, is seen."""
    x = torch.randn(1000, generator=torch.Generator().manual_seed(2), dtype=dtype)
    assert difference(x.var(), x.var(unbiased=False)) is not None
    assert difference(x / (x.std() + 1e-3), x / x.std()) is not None


def test_the_tolerance_follows_the_reference() -> None:
    """Where the reference itself loses digits, as much is allowed to others; for integers, nothing."""
    exact = torch.tensor([1.0, 2.0], dtype=torch.float64)
    assert tolerance_for(exact.float() + 1e-3, exact).absolute > 8e-3
    assert tolerance_for(torch.tensor([1, 2])) == Tolerance(0.0, 0.0)


def test_a_given_tolerance_replaces_it() -> None:
    """An author's own tolerance counts."""
    assert difference(T([1.05]), T([1.0]), tolerance=Tolerance(0.1, 0.0)) is None
    assert difference(T([1.2]), T([1.0]), tolerance=Tolerance(0.1, 0.0)) is not None


def test_messages_never_show_what_is_expected() -> None:
    """Neither the right value nor the right set is in a clause."""
    for got, expected in ((1, 987), ("x", "secret"), ({1}, {987}), (T([1.0]), T([987.0])), (0.5, 987.0)):
        clause = str(difference(got, expected))
        assert "987" not in clause and "secret" not in clause
