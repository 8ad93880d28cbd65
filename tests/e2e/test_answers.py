"""Answers from outside, as an author tries them: each alone, in kernels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cases import grader

WRONG = """
from functools import cache
from grader import mistake

@mistake("W1", "Squares", hint="Not what a pupil knows by heart.")
def double(t):
    return t ** 2

@mistake("W2", "Is right at every seed", hint="It is not wrong at all.")
def double(t):
    return t + t

@mistake("W3", "Takes its argument for a key", hint="A tensor is no key.")
@cache
def double(t):
    return double.nothing
"""

RIGHT = """
from grader import alternative

@alternative("with a comprehension")
def mean_of(t):
    numbers = t.flatten().tolist()
    return sum(numbers) / len(numbers)

@alternative("breaks what rests on it")
def mean_of(t):
    return [t.double().mean().item()][t.shape != (3,)]
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    (folder / "right").mkdir()
    (folder / "double.py").write_text(WRONG)
    (folder / "right" / "mean_of.py").write_text(RIGHT)
    return folder


@pytest.fixture(scope="module")
def tried(answers: Path) -> dict[str, Any]:
    """What the command says of them, at two seeds."""
    done = grader("try", "01_toy", answers, "--seeds", "0", "3", "--json")
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_each_answer_has_an_outcome(tried: dict[str, Any]) -> None:
    """Wrong ones are caught unless they do nothing wrong; of two definitions of one name, none hides the other."""
    assert {answer["title"]: answer["outcome"] for answer in tried["answers"]} == {
        "Squares": "caught",
        "Is right at every seed": "passes",
        "Takes its argument for a key": "caught",
        "with a comprehension": "accepted",
        "breaks what rests on it": "refused",
    }
    assert (tried["caught"], tried["wrong"], tried["accepted"], tried["right"]) == (2, 3, 1, 2)


def test_each_answer_is_asked_at_every_seed(tried: dict[str, Any]) -> None:
    """And with its question whatever rests on it: what a right answer breaks there is named."""
    assert all([verdict["seed"] for verdict in answer["seeds"]] == [0, 3] for answer in tried["answers"])
    [broken] = [answer for answer in tried["answers"] if answer["title"] == "breaks what rests on it"]
    assert {check["question"] for check in broken["seeds"][0]["others"]} == {"rows_of_file"}


def test_decorators_take_part(tried: dict[str, Any]) -> None:
    """The cached function complains of a tensor's hash no sooner than it is called."""
    [cached] = [answer for answer in tried["answers"] if answer["id"] == "W3"]
    assert "has no attribute 'nothing'" in cached["reads"]


def test_a_table_and_an_exit_code(answers: Path) -> None:
    """For people: a row per answer, and a last line that counts."""
    done = grader("try", "01_toy", answers / "double.py")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "2 of 3 wrong answers caught; 0 of 0 right answers accepted"
    assert "W2 Is right" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("01_toy", "nowhere"), "nowhere: there is no such folder of answers"),
        (("09_none", "."), "there is no assignment '09_none'"),
        (("01_toy", "right", "--seeds", "0", "x"), "x: there is one folder of answers, and seeds are whole numbers"),
        (("01_toy", "empty"), "empty: no answers in it"),
    ],
)
def test_wrong_calls(words: tuple[str, ...], said: str, answers: Path) -> None:
    """One line says what is wrong."""
    (answers / "empty").mkdir(exist_ok=True)
    done = grader("try", *words, cwd=answers)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and done.stderr.count("\n") == 1
