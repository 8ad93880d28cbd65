"""Predictions: made in the right form or not, shown beside what came, never judged by what came."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
import torch

from grader.asking.local import LocalChannel
from grader.asking.predictions import came, predicts
from grader.asking.student import Interview, Student
from grader.course.catalog import Course
from grader.errors import CourseError, Failure
from grader.judge.suite import judge, load_suite
from grader.notebook.beside import as_html, as_text, rows
from grader.records import Drawing, Status

TOY = Path(__file__).parents[1] / "submissions" / "course"


def made(said: object, like: dict[str, Any], *choices: object) -> dict[str, object]:
    """A prediction as a suite gets it from a notebook."""

    def guess() -> object:
        return said

    student = Student(Interview(LocalChannel({"guess": guess})))
    return predicts(student.guess, like, choices)


@pytest.mark.parametrize(
    ("said", "form"),
    [
        (7, 3),
        (7.0, 3),
        (torch.tensor(7), 3),
        (np.int64(7), 3),
        (7, 2.5),
        (math.nan, 2.5),
        (False, True),
        ("a view", "a copy"),
        (torch.int8, torch.float32),
        ([1, 2, 3], (3, 4)),
        ((), (3, 4)),
        (torch.Size([2]), ()),
        (np.ones(3), torch.zeros(2)),
        (((1,), (2, 3)), ((0, 0), (0, 0))),
    ],
)
def test_whatever_has_the_form_is_a_prediction(said: object, form: object) -> None:
    """However wrong it is, and however it is written."""
    assert list(made({"it": said, "more": None}, {"it": form})) == ["it"]


@pytest.mark.parametrize(
    ("said", "form", "told"),
    [
        (..., 3, "there is still `...`"),
        (None, 3, "expected a whole number, got None"),
        (True, 3, "expected a whole number, got a bool"),
        (2.5, 3, "expected a whole number, got a float"),
        (math.inf, 3, "expected a whole number, got a float"),
        (1, True, "expected True or False, got an int"),
        (" ", "a copy", "expected a word, got a str"),
        ("three", 3, "expected a whole number, got the word 'three'"),
        (3, (3, 4), "expected a list or tuple of whole numbers, got an int"),
        (("a",), (3, 4), "expected a list or tuple of whole numbers, got a tuple"),
        (((1,),), ((0, 0), (0, 0)), "expected a list or tuple of lists of whole numbers, got a tuple"),
        (object(), 3, "expected a whole number, got an object"),
        (iter("ab"), "a", "expected a word, got a str_ascii_iterator"),
        (torch.ones(2000), 1.0, "expected a number, got a tensor of shape (2000,)"),
    ],
)
def test_what_has_another_form_is_said_so(said: object, form: object, told: str) -> None:
    """In words of the form, and never of what would have been right."""
    with pytest.raises(Failure, match="`guess`: under 'it' ") as failure:
        made({"it": said}, {"it": form})
    assert told in str(failure.value)


@pytest.mark.parametrize("said", [None, "it", [1], {}, {"It": 1}, object(), torch.ones(2)])
def test_a_prediction_has_its_labels(said: object) -> None:
    """Nothing else is one."""
    with pytest.raises(Failure, match="'it'"):
        made(said, {"it": 1})


def test_choices_are_fits_too() -> None:
    """Beside the form of what comes; where a choice comes, beside what fits other labels; else alone."""
    like = {"a": (2, 3), "b": None}
    assert made({"a": None, "b": (1,)}, like, None) == {"a": None, "b": (1,)}
    with pytest.raises(Failure, match="expected a list or tuple of whole numbers or None, got an int"):
        made({"a": None, "b": 1}, like, None)
    assert made({"a": "copy"}, {"a": "view"}, "view", "copy")
    with pytest.raises(Failure, match="expected 'view' or 'copy', got the word 'both'"):
        made({"a": "both"}, {"a": "view"}, "view", "copy")


@pytest.mark.parametrize("like", [{}, {"it": None}, {"it": object()}, {"it": {"more": 1}}, {"it": " "}])
def test_a_form_that_could_not_be_met_is_a_fault_of_the_suite(like: dict[str, Any]) -> None:
    """And not of the student."""
    with pytest.raises(CourseError, match="predicts"):
        made({"it": 1}, like)


def test_what_came_is_seen_whatever_its_type() -> None:
    """Lists are as good as tuples, a tensor as numbers; a number with decimals need only be near."""
    alike = [((1, 2), [1, 2]), (0.5, 0.51), (3, 3.0), ("View ", "view"), (math.nan, math.nan), (torch.ones(2), [1, 1])]
    assert all(came(said, what) for said, what in alike)
    other = [((1, 2), [1]), (0.5, 0.6), (3, 4), (1, True), (None, 0), (..., 3), (10**400, 1.5), ({}, {})]
    assert not any(_came(said, what) for said, what in other)


def _came(said: object, what: object) -> bool:
    [row] = rows({"it": said}, {"it": what})
    return row.same


class Odd:
    def __repr__(self) -> NoReturn:
        raise ValueError("no")

    __eq__ = __len__ = __hash__ = __repr__  # type: ignore[assignment]


CIRCLE: list[object] = []
CIRCLE.append(CIRCLE)
WRONG = [
    Odd(),
    CIRCLE,
    ...,
    "<b>\x1b[31m" * 1000,
    torch.ones(2, device="meta"),
    torch.eye(3).to_sparse(),
    iter("ab"),
    b"\0",
]


@pytest.mark.parametrize("said", WRONG, ids=lambda value: type(value).__name__)
def test_whatever_was_predicted_can_be_shown(said: object) -> None:
    """Short, on one line, and nothing in it is markup."""
    for prediction in (said, {"it": said}, {said if isinstance(said, str) else "x": 1}):
        [row] = rows(prediction, {"it": 1.5})
        assert not row.same and len(row.predicted) < 200 and "\n" not in row.predicted
        assert "<b>" not in as_html([row]) and "\x1b" not in as_text([row])


def test_the_table_says_what_came_as_predicted() -> None:
    """In text and as a table; what was not predicted is open."""
    found = rows({"a": (1,), "b": 2}, {"a": (1,), "b": 3, "c": "x"})
    assert as_text(found).splitlines() == [
        "   predicted  came",
        "a  (1,)       (1,)  as predicted",
        "b  2          3",
        "c  –          'x'",
        "1 of 3 came as you predicted. Where it came differently: why? That is what there is to learn here.",
    ]
    assert as_html(found).count("as predicted") == 1 and "<td style='text-align:left'>(1,)</td>" in as_html(found)
    assert as_text(found[:1]).endswith("It came as you predicted.")
    assert as_text([found[0], found[0]]).endswith("Both came as you predicted.")


SUITE = '''
def test_made(student, predicts, draw):
    """It is made."""
    came = {"a": (3, 1), "b": 2}
    draw.beside("Your prediction", predicts(student.double, came), came)
'''


def test_a_page_gets_what_was_predicted_and_what_came(tmp_path: Path) -> None:
    """Whether it came or not; one that is not made has none, and says so."""
    folder = shutil.copytree(TOY, tmp_path / "course") / "tests" / "hidden" / "01_toy"
    (folder / "test_double.py").write_text(SUITE)
    suite = load_suite(Course(tmp_path / "course"), "01_toy")

    def open_() -> NoReturn:
        raise NotImplementedError("double")

    def check(double: object) -> Any:
        [found] = judge(suite, LocalChannel({"double": double}), 0, ["double"])
        return found

    found = check(lambda: {"a": [3, 1], "b": 5})
    [figure] = found.figures
    assert found.status is Status.PASSED and figure.drawing is Drawing.PREDICTION
    assert figure.beside == (("a", "[3, 1]", "(3, 1)", True), ("b", "5", "2", False))
    empty = check(open_)
    assert empty.status is Status.FAILED and empty.not_written and not empty.figures
    wrong = check(lambda: {"a": 3, "b": 5})
    assert wrong.status is Status.FAILED and "under 'a' expected a list or tuple" in wrong.message and not wrong.figures
