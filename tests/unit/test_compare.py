"""An answer is right or wrong for the right reason, and the reason is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from grader.asking.compare import Tolerance, difference, identical, tolerance_for

T = torch.tensor


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        (None, T([1.0]), "None was returned where a tensor is due"),
        (np.ones(1), T([1.0]), "a NumPy array of shape (1,) was returned where a tensor is due"),
        ([1.0], T([1.0]), "a list was returned"),
        (T([[1.0, 2.0]]), T([1.0, 2.0]), "the shape is (1, 2), it should be (2,)"),
        (T([1.0, 2.0]).double(), T([1.0, 2.0]), "the dtype is float64, it should be float32"),
        (T([1, 2]), T([1.0, 2.0]), "the dtype is int64"),
        (T([1.0, float("nan")]), T([1.0, 2.0]), "the result is NaN from element 1 on"),
        (T([1.0, float("inf")]), T([1.0, 2.0]), "the result is infinite from element 1 on"),
        (T([1.0, 2.0]), T([1.0, float("nan")]), "element 1 should be NaN"),
        (T([float("-inf")]), T([float("inf")]), "wrong"),
        (T([[1.0, 2.0], [3.0, 4.0]]).T, T([[1.0, 2.0], [3.0, 4.0]]), "it looks transposed"),
        (torch.arange(6.0).reshape(2, 3).T, torch.arange(6.0).reshape(2, 3), "(it looks transposed)"),
        (T([2.0, 4.0, 6.0]), T([1.0, 2.0, 3.0]), "off by a constant factor of 2"),
        (T([1.5, 2.5, 3.5]), T([1.0, 2.0, 3.0]), "off by a constant 0.5"),
        (T([3.0, 1.0, 2.0]), T([1.0, 2.0, 3.0]), "the right values are there, in other places"),
        (T([[1, 2], [3, 5]]), T([[1, 2], [3, 4]]), "1 of 4 elements are wrong, the first at (1, 1), where yours is 5"),
        (T(3.0), T(2.0), "the value 3 is not the right one"),
        (1, True, "an int was returned where a bool is due"),
        (True, 1, "a bool was returned where an int is due"),
        (1, 1.0, "an int was returned where a float is due"),
        (T(1.0), 1.0, "a tensor of shape () was returned where a float is due"),
        (float("nan"), 1.0, "the value is nan"),
        (1.1, 1.0, "the value 1.1 is not the right one"),
        ("a", "b", "the value 'a' is not the right one"),
        ((1, 2), (1, 2, 3), "2 items were returned where 3 are due"),
        ((1, 3), (1, 2), "in item 1, the value 3"),
        ({"a": 1}, {"a": 1, "b": 2}, "the key 'b' is missing"),
        ({"a": 1, "c": 2}, {"a": 1}, "the key 'c' is one too many"),
        ({"a": T([1])}, {"a": T([2])}, "under 'a', 1 of 1 elements are wrong"),
        ({(1, 2)}, {(2, 1)}, "the set has other members"),
        (torch.float32, torch.float64, "torch.float32"),
    ],
)
def test_what_differs(got: Any, expected: Any, said: str) -> None:
    """The first difference is named, in the order of kind, shape, dtype, NaN, values."""
    clause = difference(got, expected)
    assert clause is not None and said in clause
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
        clause = difference(got, expected) or ""
        assert "987" not in clause and "secret" not in clause
