"""What is remembered of a wrong answer: the same for the same numbers, however they lie in memory."""

from __future__ import annotations

import torch

from grader.judge.fingerprint import _numbers


def test_one_number_with_a_stride() -> None:
    """A single element may have any stride and counts as contiguous all the same."""
    apart = torch.tensor([7, 8])[::2]
    assert apart.is_contiguous()
    assert apart.stride() == (2,)
    assert _numbers(apart) == _numbers(torch.tensor([7]))
    assert _numbers(apart) != _numbers(torch.tensor([8]))


def test_layout_does_not_count() -> None:
    """Transposed, cut out or dense: the numbers are what is told apart."""
    t = torch.arange(6).reshape(2, 3)
    assert _numbers(t.T.contiguous().T) == _numbers(t)
    assert _numbers(t.double()[:, ::2]) == _numbers(t[:, ::2].clone().double())
