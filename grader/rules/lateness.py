"""What lateness costs: pure arithmetic on moments, so that another deadline never runs a notebook again.

A day ends at the clock time of the due date, in the course's time zone: one that clocks make 23 or 25 hours long is a
day. An hour is 60 minutes. All moments are in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from grader.records import Basis, HandIn, Late, Lateness, Per, Span, Terms
from grader.rules.numbers import exact, hundredths
from grader.text import points as shown

MOST_DAYS = 3660  # that a hand-in can be late; file times may say anything


@dataclass(frozen=True, slots=True)
class Case:
    """One hand-in of a student's term.

    Attributes:
        due: the student's own due date, where a person gave one.
        extra: how much later than the others this student may hand in.
        excused: a person decided that lateness costs nothing.
        at: when it was handed in, where a person says so.
        why: of another due date or of being excused, for the student; `by` whom.
    """

    assignment: str
    terms: Terms
    handed: HandIn
    due: datetime | None = None
    extra: Span | None = None
    excused: bool = False
    at: datetime | None = None
    why: str = ""
    by: str = ""


def over_term(cases: Iterable[Case], budget: int, zone: str) -> dict[str, Lateness]:
    """The Lateness of each hand-in of one student that has a due date; late days are spent in the order of due dates.

    Args:
        budget: late days for the term.
        zone: the IANA name of the course's time zone.
    """
    left, found = budget, {}
    dated = [(case.terms.due, case.assignment, case) for case in cases if case.terms.due]
    for _, assignment, case in sorted(dated, key=lambda one: one[:2]):
        found[assignment] = lateness(case, left, ZoneInfo(zone))
        left -= found[assignment].spent
    return found


def lateness(case: Case, budget: int, zone: ZoneInfo) -> Lateness:
    """When it was due and came, and how many late days and steps that makes.

    Args:
        budget: late days that this student has left.
    """
    assert case.terms.due is not None
    due, late = _own_due(case, zone), case.terms.late
    made = Lateness(iso(due), excused=case.excused, zone=zone.key)
    if case.excused or due != case.terms.due:
        made = replace(made, extension=case.why, by=case.by)
    moment, source = _handed(case)
    if moment is None:
        return replace(made, source=source, late=case.handed.late)
    made = replace(made, handed=iso(moment), source=source, late=moment > later(due, late.grace, zone))
    if not made.late or case.excused:
        return made
    if (end := _end(case, due, zone)) and moment > end:
        return replace(made, closed=True)
    days = _steps(due, moment, Per.DAY, late.grace, zone) if late.penalty else 0
    spent = min(budget, days)
    return replace(made, spent=spent, steps=_steps(later(due, Span(spent), zone), moment, late.per, late.grace, zone))


def is_past(case: Case, now: datetime, zone: str) -> bool:
    """Whether a student's own due date and its grace are over; never where there is none."""
    if case.terms.due is None:
        return False
    return now > later(_own_due(case, ZoneInfo(zone)), case.terms.late.grace, ZoneInfo(zone))


def deduction(late: Late, found: Lateness, earned: Fraction, points: Fraction) -> Fraction:
    """What is taken away, in whole hundredths: never more than was earned."""
    if found.closed:
        return earned
    percent = min(exact(late.penalty) * found.steps, exact(late.cap))
    return min(hundredths((points if late.of is Basis.POINTS else earned) * percent / 100), earned)


def reason(late: Late, found: Lateness) -> str:
    """Why something is taken away: a sentence for the student."""
    if found.closed:
        return "Handed in after the last date: nothing counts any more."
    each = f"{shown(late.penalty)} % of {'all points' if late.of is Basis.POINTS else 'what was earned'}"
    most = f", {shown(late.cap)} % at most" if late.penalty * found.steps > late.cap else ""
    after = f" after {_counted(found.spent, 'late day')} of your own" if found.spent else ""
    return f"{_counted(found.steps, late.per.value)} late{after}: {each} for each {late.per.value}{most}."


def later(moment: datetime, span: Span, zone: ZoneInfo) -> datetime:
    """A moment so much later: days by the clocks of the zone, minutes as they pass.

    Where clocks show that time twice, or leave it out, it is the later of the two that may be meant.
    """
    if span.days:
        clock = moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=span.days)
        moment = max(clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return moment + timedelta(minutes=span.minutes)


def iso(moment: datetime) -> str:
    """A moment as records keep it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _own_due(case: Case, zone: ZoneInfo) -> datetime:
    assert case.terms.due is not None
    return case.due or later(case.terms.due, case.extra or Span(), zone)


def _end(case: Case, due: datetime, zone: ZoneInfo) -> datetime | None:
    """After which nothing counts: never before the student's own due date and its grace."""
    late, end = case.terms.late, case.terms.closes
    if end is None and late.closes is not None:
        end = later(due, late.closes, zone)
    return end and max(end, later(due, late.grace, zone))


def _handed(case: Case) -> tuple[datetime | None, str]:
    """When it came, and who says so: a person, the platform, or the file where the platform says nothing."""
    if case.at:
        return case.at, "person"
    if case.handed.time:
        return datetime.fromisoformat(case.handed.time), "platform"
    if case.handed.late is not None:
        return None, "platform"
    return (datetime.fromisoformat(case.handed.saved), "file") if case.handed.saved else (None, "")


def _steps(due: datetime, moment: datetime, per: Per, grace: Span, zone: ZoneInfo) -> int:
    """How many days or hours have begun: the least number after which it would be in time."""
    moment = min(moment, due + timedelta(days=MOST_DAYS))
    unit = timedelta(days=1) if per is Per.DAY else timedelta(hours=1)
    allowed = timedelta(days=grace.days + 1, minutes=grace.minutes)  # a day of clocks may be an hour longer or shorter
    number = max(0, (moment - due - allowed) // unit)
    while moment > later(later(due, _span(per, number), zone), grace, zone):
        number += 1
    return number


def _span(per: Per, number: int) -> Span:
    return Span(days=number) if per is Per.DAY else Span(minutes=60 * number)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
