"""What a call does beside giving its result, and which check of a question pays for it.

Every check that hands a function something to change sees when it is changed. That is one fault, so one check of the
question fails for it; the others are judged by what came back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from grader.errors import Failure


class Kind(StrEnum):
    """Of the things that a call may do beside its result; each is charged by itself."""

    ARGUMENTS = "arguments"  # it changes what it was given
    NUMBERS = "random numbers"  # it uses up random numbers that all share
    FILES = "files"
    SURROUNDINGS = "surroundings"  # it leaves something changed for the whole process, see surroundings.py


@dataclass(frozen=True, slots=True)
class Effect:
    """One of them: of a function, by its name, and told in a sentence for the student.

    Attributes:
        meant: the check looked for it, and did not only see it.
        asked: how much the check had asked when it was seen: the last of that is the call that did it.
    """

    kind: Kind
    function: str
    sentence: str
    meant: bool = False
    asked: int = 0


class Forbidden(Failure):
    """A check that is about an effect has met it: its question pays for it with this check."""

    def __init__(self, kind: Kind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Seen:
    """A check: of which question, what left it, None when it passed, what it saw, and what it is worth there."""

    question: str
    fault: BaseException | None
    effects: Sequence[Effect]
    weight: float = 1.0
    guard: bool = False  # it earns nothing alone


@dataclass
class Charges:
    """Who pays: the effect that a check fails for, by the check's place, and what nobody pays for, by question."""

    failed: dict[int, Effect] = field(default_factory=dict)
    told: dict[str, list[Effect]] = field(default_factory=dict)


def charge(checks: Sequence[Seen], owners: Mapping[str, str] | None = None) -> Charges:
    """Let each kind of effect cost a question one check.

    A check that is about it has failed for it already, and no other pays. Where there is none, it is the one whose loss
    costs least of those that saw it and would have passed: one that looked for it, else a guard, else the lightest,
    else the first. Where all that saw it have failed for something else, it is only told.

    Args:
        owners: the question that a function belongs to, whoever calls it; default, that of the check.
    """
    charges = Charges()
    sightings: dict[tuple[str, Kind], dict[int, Effect]] = {}
    asked = {check.question for check in checks}
    for place, check in enumerate(checks):
        for effect in check.effects:
            owner = (owners or {}).get(effect.function, "")
            owner = owner if owner in asked else check.question
            found = sightings.setdefault((owner, effect.kind), {})
            if place not in found or (effect.meant and not found[place].meant):
                found[place] = effect
    for (owner, kind), found in sightings.items():
        if any(check.question == owner and _is_about(check.fault, kind) for check in checks):
            continue
        own = [place for place in found if checks[place].question == owner] or list(found)
        free = [place for place in own if checks[place].fault is None and place not in charges.failed]
        if free:
            payer = min(free, key=lambda place: (not found[place].meant, *_cost(checks[place]), place))
            charges.failed[payer] = found[payer]
        else:
            charges.told.setdefault(owner, []).append(next(iter(found.values())))
    return charges


def _is_about(fault: BaseException | None, kind: Kind) -> bool:
    return isinstance(fault, Forbidden) and fault.kind is kind


def _cost(check: Seen) -> tuple[bool, bool, float]:
    """What comes first costs its question least; a check without weight would cost nothing."""
    return not check.weight, not check.guard, check.weight
