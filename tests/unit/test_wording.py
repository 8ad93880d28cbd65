"""Slips in messages to students are found, and what students and libraries say is left alone."""

from __future__ import annotations

import pytest

from grader.authoring.wording import in_plain_words
from grader.records import Check, Status


def said(message: str) -> list[str]:
    check = Check("f", "test_f", "It works.", Status.FAILED, message)
    return [fault.what for fault in in_plain_words([check], "here")]


@pytest.mark.parametrize(
    ("message", "slip"),
    [
        ("`f`, item 1: 3 is not the right value.", "a part without a name"),
        ("With 1 numbers: 3 is not the right value.", "a plural of one"),
        ("`f`: expected 1 items, got 2.", "a plural of one"),
        ("`f`: expected a tensor, got a ?.", "a bare question mark"),
        ("'returned': '?' is not the right value.", "a bare question mark"),
        ("`f`: expected a tensor, got a Remote.", "a word of ours"),
        ("The probe gave nothing.", "a word of ours"),
        ("`f`: .", "no sentence"),
        ("", "no sentence"),
    ],
)
def test_slips(message: str, slip: str) -> None:
    """Each kind is found and named."""
    assert len(found := said(message)) == 1 and found[0].endswith(slip)


@pytest.mark.parametrize(
    "message",
    [
        "`f`, the 1st epoch: 3 is not the right value.",
        "With 1 number: 1 of 4 elements is wrong, at 1, where yours is 2.",
        "`f`: expected 11 items, got 1.",
        "`f`: the others are right, 1 row at the end is missing.",
        "Your code raised TypeError: 'NoneType' object has 1 items?",
        "What your code gave could not be used as the task says (TypeError: item 3 of NoneType).",
    ],
)
def test_no_slips(message: str) -> None:
    """Numbers, names, and what was said by others."""
    assert said(message) == []
