"""A probe of a student's function, asked as a function of its own."""

from __future__ import annotations

import pytest
import torch

from grader.asking import vocabulary as say
from grader.asking.local import LocalChannel
from grader.asking.student import Interview, Student
from grader.asking.through import through
from grader.errors import Failure

NOTEBOOK = """
import torch

class Double(torch.nn.Module):
    def forward(self, x):
        return x * 2

class Dense(torch.nn.Module):
    def forward(self, x):
        return x.contiguous().view(-1).view(x.shape) * 2 if x.is_contiguous() else x * 3
"""


@pytest.fixture
def student() -> Student:
    namespace: dict[str, object] = {}
    exec(NOTEBOOK, namespace)
    return Student(Interview(LocalChannel(namespace)))


class Double(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * 2


def shifted(t: torch.Tensor) -> torch.Tensor:
    return t + 1


def asked(module, x):
    return module()(shifted(x))


def test_both_sides_are_asked(student: Student) -> None:
    """The same function speaks to the kernel and to the reference; its cases are varied as others are."""
    cases = {"a row": (torch.rand(1, 4),), "a matrix": (torch.rand(2, 3),)}
    oracle = through(asked, Double)
    say.agree(through(asked, student.Double, shifted), oracle, cases)
    with pytest.raises(Failure, match=r"`Dense` for .* that is not contiguous"):
        say.agree(through(asked, student.Dense, shifted), oracle, cases)
