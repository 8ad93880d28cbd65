"""The card that a function chose is the one of the next question no more."""

from __future__ import annotations

import torch

from grader.asking.surroundings import Surroundings, told
from grader.simcuda import simulated_cuda


def test_it_is_put_back() -> None:
    with simulated_cuda(devices=2):
        before = Surroundings()
        torch.cuda.set_device(1)
        assert before.restore() == ["card"]
        assert torch.cuda.current_device() == 0
        torch.cuda.set_device(1)
        assert Surroundings().restore() == []
        assert torch.cuda.current_device() == 1


def test_without_a_card_nothing_is_asked() -> None:
    before = Surroundings()
    assert before.restore() == []
    assert not torch.cuda.is_initialized()


def test_it_has_a_name() -> None:
    assert "torch.cuda.set_device" in told(["card"])
