"""Harmless ways of writing an answer: each keeps what a function promises, and a suite that refuses one is named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[1] / "strength"))

import benign
from habits import HABITS
from test_strength import AGREES, course

pytestmark = pytest.mark.filterwarnings("ignore:this may take a while")

BY_NAME = {habit.name: habit for habit in HABITS}
PEDANTIC = (
    AGREES
    + '''

from grader import probe


@probe
def in_order(f):
    return f(torch.arange(6.0).view(2, 3)).is_contiguous()


def test_order(student, demand, run):
    """The result lies in reading order."""
    demand(run(in_order, student.clipped), "It does not lie in reading order.")
'''
)
FORBIDDEN = """
[[forbidden]]
habits = ["gives a result that is not contiguous"]
questions = ["clipped"]
reason = "the text asks for a result in reading order"
"""


def softmax(t: torch.Tensor) -> torch.Tensor:
    return torch.exp(t - t.max()) / torch.exp(t - t.max()).sum()


@pytest.mark.parametrize("name", BY_NAME)
def test_the_answer_stays(name):
    given = torch.tensor([[1.0, 2.5], [3.0, 0.25]])
    found = BY_NAME[name].broken(softmax)(given)
    assert found.dtype == torch.float32 and found.shape == (2, 2)
    torch.testing.assert_close(found, softmax(given))


def test_each_shows_where_it_should():
    given = torch.tensor([[1.0, 2.5], [3.0, 0.25]])
    found = {name: habit.broken(softmax)(given) for name, habit in BY_NAME.items()}
    assert not found["gives a result that is not contiguous"].is_contiguous()
    assert found["gives a part of a larger tensor"].storage_offset() == 3
    assert not torch.equal(found["rounds otherwise"], softmax(given))
    assert found["works in inference mode"].is_inference()
    assert type(BY_NAME["a tuple for a list"].broken(lambda: [1])()) is tuple


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(lambda t: t.view(-1), id="a view stays a view"),
        pytest.param(lambda t: t.add_(1), id="in place is done once"),
        pytest.param(lambda t: t[:0].zero_(), id="nothing in place"),
        pytest.param(lambda t: torch.from_numpy(t.numpy()[1:]), id="a part of an array stays a part"),
        pytest.param(lambda t: torch.rand(3), id="random numbers are drawn once"),
        pytest.param(lambda t: t.clone().requires_grad_(), id="a leaf stays a leaf"),
    ],
)
@pytest.mark.parametrize("name", BY_NAME)
def test_what_would_show_is_left_alone(name, function):
    ours, theirs = torch.full((2, 2), 0.3), torch.full((2, 2), 0.3)
    torch.manual_seed(0)
    due = function(theirs)
    state = torch.get_rng_state()
    torch.manual_seed(0)
    found = BY_NAME[name].broken(function)(ours)
    assert torch.equal(ours, theirs)
    assert torch.equal(torch.get_rng_state(), state)
    assert found.requires_grad == due.requires_grad and found.is_leaf == due.is_leaf
    shares = lambda t, given: t.untyped_storage().data_ptr() == given.untyped_storage().data_ptr()  # noqa: E731
    assert shares(found, ours) == shares(due, theirs)


def test_a_suite_that_refuses_one_is_named(tmp_path, capsys):
    assert benign.main(course(tmp_path, "22_kind", AGREES)) == 0
    where = course(tmp_path, "23_pedantic", PEDANTIC)
    assert benign.main(where) == 1
    said = capsys.readouterr().out
    assert "clipped: clipped gives a result that is not contiguous (refused by test_order: " in said
    listed = tmp_path / "tests/strength/promises/23_pedantic.toml"
    listed.parent.mkdir(parents=True)
    listed.write_text(FORBIDDEN, encoding="utf-8")
    assert benign.main(where) == 0
    listed.write_text(FORBIDDEN.replace("that is not contiguous", "that is contiguous"), encoding="utf-8")
    with pytest.raises(Exception, match="that is contiguous"):
        benign.main(where)
