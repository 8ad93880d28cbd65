"""What persons' decisions do to the points of a question, and which of them are about whom.

A decision takes the place of what the checks gave; it never changes a verdict, so it holds however often a notebook is
graded again. Where several are about one question, each goes on from the one before: checks, the rubric, the question's
points, a question given to all, a question dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from grader.records import Adjustment, Cause, Check, Comment, Decision, Kind, Question, Status
from grader.rules.numbers import exact, hundredths
from grader.rules.questions import earned, status_of

EVERYBODY = ""  # in the place of a student's key


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions about one student's work on one assignment, by kind, in the file's order."""

    by_kind: Mapping[Kind, tuple[Decision, ...]] = field(default_factory=dict)

    def of(self, kind: Kind) -> tuple[Decision, ...]:
        return self.by_kind.get(kind, ())

    def one(self, kind: Kind, question: str = "") -> Decision | None:
        """The one of this kind about a question, or about the whole; a student's own goes before a section's."""
        found = [one for one in self.of(kind) if one.question == question and not one.check]
        return next((one for one in found if one.student), found[0] if found else None)

    def comments(self) -> tuple[Comment, ...]:
        """What persons wrote to the student, beside a rubric's choice too."""
        said = [*self.of(Kind.COMMENT), *(one for one in self.of(Kind.RUBRIC) if one.text)]
        return tuple(Comment(one.text, one.by, _day(one), one.question) for one in said)


@dataclass(frozen=True, slots=True)
class Docket:
    """All decisions of a course, with the key of the student whom each is about."""

    entries: tuple[tuple[str, Decision], ...] = ()
    places: Mapping[tuple[str, str], tuple[Decision, ...]] = field(init=False)  # by key or section, and assignment

    def __post_init__(self) -> None:
        places: dict[tuple[str, str], tuple[Decision, ...]] = {}
        for key, decision in self.entries:
            place = (f"section {decision.section}" if decision.section else f"key {key}", decision.assignment)
            places[place] = (*places.get(place, ()), decision)
        object.__setattr__(self, "places", places)

    def of(self, key: str, assignment: str, section: str = "") -> Rulings:
        """What holds for a student's work on an assignment."""
        named = dict.fromkeys([f"key {key}", f"key {EVERYBODY}", *([f"section {section}"] if section else [])])
        found: dict[Kind, tuple[Decision, ...]] = {}
        for place in named:
            for decision in self.places.get((place, assignment), ()):
                found[decision.kind] = (*found.get(decision.kind, ()), decision)
        return Rulings(found)


@dataclass(frozen=True, slots=True)
class Settled:
    """A question's points, exact and in whole hundredths. `checked`: what the checks alone gave."""

    earned: Fraction
    worth: Fraction
    checked: Fraction
    status: Status
    adjustments: tuple[Adjustment, ...] = ()


def settled(question: Question, checks: Sequence[Check], rulings: Rulings) -> Settled:
    """What a question comes to when everything that persons decided about it is taken into account."""
    checked = hundredths(earned(question, checks))
    made = Settled(checked, exact(question.points), checked, status_of(checks))
    if not rulings.by_kind:
        return made
    made = _by_checks(made, question, checks, rulings)
    if choice := rulings.one(Kind.RUBRIC, question.id):
        texts = " ".join(line.text for line in question.rubric if line.id in choice.lines)
        made = _changed(made, question, choice, Cause.RUBRIC, rubric_points(question, choice), texts)
    if override := rulings.one(Kind.POINTS, question.id):
        made = _changed(made, question, override, Cause.POINTS, hundredths(exact(override.points or 0.0)))
    if gift := rulings.one(Kind.GIVEN, question.id):
        made = _changed(made, question, gift, Cause.GIVEN, made.worth)
    if drop := rulings.one(Kind.DROPPED, question.id):
        status = Status.FAILED if made.status is Status.UNJUDGED else made.status
        made = replace(_changed(made, question, drop, Cause.DROPPED, Fraction()), worth=Fraction(), status=status)
    return made


def _by_checks(made: Settled, question: Question, checks: Sequence[Check], rulings: Rulings) -> Settled:
    """With the points of single checks that persons decided about, one after the other."""
    names = {check.name for check in checks}
    about = [one for one in rulings.of(Kind.POINTS) if one.question == question.id and one.check in names]
    points: dict[str, float] = {}
    for one in about:
        points[one.check] = one.points or 0.0
        made = _changed(made, question, one, Cause.POINTS, hundredths(earned(question, checks, points)))
    left = [check for check in checks if check.name not in points]
    unjudged = bool(about) and bool(left) and status_of(left) is Status.UNJUDGED
    return replace(made, status=Status.UNJUDGED) if unjudged else made


def rubric_points(question: Question, choice: Decision) -> Fraction:
    """What the chosen lines add up to, or what a person wrote in its place; within the question's points."""
    if choice.points is not None:
        return hundredths(exact(choice.points))
    total = sum((exact(line.points) for line in question.rubric if line.id in choice.lines), Fraction())
    return hundredths(min(max(total, Fraction()), exact(question.points)))


def about_whole(decision: Decision, cause: Cause) -> Adjustment:
    """A decision about the whole assignment, which changes no points by itself."""
    return Adjustment(cause, 0.0, decision.reason, decision.by, _day(decision))


def checks_that_are_gone(checks: Iterable[Check], rulings: Rulings) -> list[Decision]:
    """Decisions about checks that there are no more."""
    known = {(check.question, check.name) for check in checks}
    return [one for one in rulings.of(Kind.POINTS) if one.check and (one.question, one.check) not in known]


def _changed(
    made: Settled, question: Question, decision: Decision, cause: Cause, to: Fraction, reason: str = ""
) -> Settled:
    """With what a person decided in the place of what there was."""
    difference, said = float(to - made.earned), decision.reason or reason
    day, check, lines = _day(decision), decision.check, decision.lines
    change = Adjustment(cause, difference, said, decision.by, day, question.id, check, lines)
    status = Status.PASSED if to == made.worth else Status.FAILED
    return replace(made, earned=to, status=status, adjustments=(*made.adjustments, change))


def _day(decision: Decision) -> str:
    return decision.on.isoformat() if decision.on else ""
