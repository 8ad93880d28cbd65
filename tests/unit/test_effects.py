"""What a call does beside its result costs its question one check."""

from __future__ import annotations

from typing import Any

import pytest

from grader.asking.effects import Effect, Forbidden, Kind, Seen, charge
from grader.asking.vocabulary import same
from grader.errors import CourseError, Failure

CHANGES = Effect(Kind.ARGUMENTS, "f", "`f` changes its argument.")
LOOKED = Effect(Kind.ARGUMENTS, "f", "`f` changes what it is given.", meant=True)
DRAWS = Effect(Kind.NUMBERS, "f", "`f` uses up random numbers.")


def seen(*effects: Effect, question: str = "f", fault: BaseException | None = None, **worth: Any) -> Seen:
    return Seen(question, fault, effects, **worth)


@pytest.mark.parametrize(
    ("checks", "payers"),
    [
        ([seen(), seen(CHANGES, CHANGES), seen(CHANGES)], [1]),
        ([seen(CHANGES, weight=2), seen(CHANGES), seen(CHANGES)], [1]),
        ([seen(CHANGES, weight=0), seen(CHANGES, weight=3)], [1]),  # a check that weighs nothing charges nothing
        ([seen(CHANGES), seen(CHANGES, guard=True)], [1]),
        ([seen(CHANGES, guard=True), seen(CHANGES, LOOKED, weight=2), seen(CHANGES)], [1]),
        ([seen(CHANGES), seen(fault=Forbidden(Kind.ARGUMENTS, "…"))], []),
        ([seen(CHANGES), seen(CHANGES, fault=Forbidden(Kind.NUMBERS, "…"))], [0]),  # that one is about something else
        ([seen(CHANGES), seen(question="g", fault=Forbidden(Kind.ARGUMENTS, "…"))], [0]),
        ([seen(CHANGES, fault=Failure("wrong")), seen(CHANGES)], [1]),
        ([seen(CHANGES, DRAWS), seen(CHANGES, DRAWS), seen(CHANGES, DRAWS)], [0, 1]),
        ([seen(CHANGES, question="g"), seen(CHANGES)], [1]),  # the question whose function it is
        ([seen(CHANGES, question="g"), seen()], [0]),
        ([seen(CHANGES, question="g"), seen(question="h")], [0]),
        ([seen(CHANGES), seen(Effect(Kind.ARGUMENTS, "Net", "…"), question="g")], [0, 1]),
    ],
)
def test_who_pays(checks: list[Seen], payers: list[int]) -> None:
    charges = charge(checks, {"f": "f"})
    assert sorted(charges.failed) == payers
    assert not charges.told


def test_what_nobody_pays_for_is_told() -> None:
    """Where all that saw it have failed for something else."""
    charges = charge([seen(CHANGES, DRAWS, fault=Failure("wrong")), seen(DRAWS)])
    assert charges.failed == {1: DRAWS}
    assert charges.told == {"f": [CHANGES]}


def test_a_check_of_values_that_is_about_an_effect() -> None:
    same(1, 1, about="arguments")
    with pytest.raises(Forbidden, match="The list") as fault:
        same(1, 2, "The list", about="random numbers")
    assert fault.value.kind is Kind.NUMBERS
    with pytest.raises(CourseError, match="'random numbers', 'files'"):
        same(1, 1, about="luck")
