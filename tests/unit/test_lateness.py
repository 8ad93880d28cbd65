"""Deadlines: when something is late, by how much, and what that costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.records import Basis, HandIn, Late, Lateness, Per, Span, Terms
from grader.rules.lateness import Case, deduction, iso, lateness, later, over_term, reason

ZURICH, UTC_ZONE = ZoneInfo("Europe/Zurich"), ZoneInfo("UTC")
DUE = datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
POLICY = Late(penalty=10)


def case(after: timedelta | None = None, late: Late = POLICY, due: datetime = DUE, **more: object) -> Case:
    """Handed in so long after the due date, by the platform's word."""
    handed = HandIn(iso(due + after)) if after is not None else HandIn()
    return replace(Case("01_a", Terms(due, late=late), handed), **more)  # type: ignore[arg-type]


def found(one: Case, budget: int = 0, zone: ZoneInfo = UTC_ZONE) -> Lateness:
    return lateness(one, budget, zone)


HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("after", "late", "steps"),
    [
        (-HOURS, POLICY, 0),
        (0 * HOURS, POLICY, 0),
        (timedelta(seconds=1), POLICY, 1),
        (24 * HOURS, POLICY, 1),
        (24 * HOURS + timedelta(seconds=1), POLICY, 2),
        (timedelta(minutes=15), Late(Span(minutes=15), 10), 0),
        (timedelta(minutes=15, seconds=1), Late(Span(minutes=15), 10), 1),
        (timedelta(days=1, minutes=15), Late(Span(minutes=15), 10), 1),
        (timedelta(days=1, minutes=16), Late(Span(minutes=15), 10), 2),
        (timedelta(seconds=1), Late(penalty=1, per=Per.HOUR), 1),
        (timedelta(hours=5), Late(penalty=1, per=Per.HOUR), 5),
        (timedelta(hours=5, minutes=1), Late(penalty=1, per=Per.HOUR), 6),
        (timedelta(days=40_000), POLICY, 3660),  # a clock that was wrong
    ],
)
def test_steps(after: timedelta, late: Late, steps: int) -> None:
    """A step has begun when it is a second old, and grace holds at the end of each."""
    one = found(case(after, late))
    assert (one.steps, one.late) == (steps, steps > 0)


@pytest.mark.parametrize(
    ("due", "handed", "days"),
    [
        # clocks are put back in the night to 25 October: that day has 25 hours
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 1),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 1, tzinfo=UTC), 2),
        # and forward in the night to 29 March: 23 hours
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), datetime(2026, 3, 29, 21, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), datetime(2026, 3, 29, 21, 59, 1, tzinfo=UTC), 2),
        # due at half past two; the day after clocks leave that time out
        (datetime(2026, 3, 28, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC), 1),
        (datetime(2026, 3, 28, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 31, tzinfo=UTC), 2),
        # and the day after that is again one of 24 hours from the same clock time
        (datetime(2026, 3, 28, 1, 30, tzinfo=UTC), datetime(2026, 3, 30, 0, 30, tzinfo=UTC), 2),
        # shown twice: until the second time
        (datetime(2026, 10, 24, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 1),
    ],
)
def test_a_day_ends_at_the_clock_time_of_the_due_date(due: datetime, handed: datetime, days: int) -> None:
    """Whatever clocks did meanwhile."""
    assert found(case(handed - due, due=due), zone=ZURICH).steps == days


def test_who_says_when() -> None:
    """A person, then the platform, then the file; a platform that says only that it was late tells no time."""
    late, saved = iso(DUE + 30 * HOURS), iso(DUE + 60 * HOURS)
    one = case()
    said = {
        "person": found(replace(one, handed=HandIn(late, saved=saved), at=DUE)),
        "platform": found(replace(one, handed=HandIn(late, saved=saved))),
        "file": found(replace(one, handed=HandIn(saved=saved))),
        "": found(one),
    }
    assert {source: who.source for source, who in said.items()} == {source: source for source in said}
    assert [who.steps for who in said.values()] == [0, 2, 3, 0]
    assert [who.late for who in said.values()] == [False, True, True, None]
    flagged = found(replace(one, handed=HandIn(late=True, saved=saved)))
    assert (flagged.source, flagged.late, flagged.handed, flagged.steps) == ("platform", True, "", 0)
    assert found(replace(one, handed=HandIn(late=False, saved=saved))).late is False


def test_the_end() -> None:
    """After it nothing counts; an extension moves it, a grace goes before it."""
    week = Late(penalty=10, closes=Span(days=7))
    assert not found(case(7 * 24 * HOURS, week)).closed
    assert found(case(7 * 24 * HOURS + timedelta(seconds=1), week)).closed
    assert not found(case(8 * 24 * HOURS, week, extra=Span(days=2))).closed
    none_taken = Late(Span(minutes=15), closes=Span())
    assert not found(case(timedelta(minutes=15), none_taken)).closed
    assert found(case(timedelta(minutes=16), none_taken)).closed
    date = replace(case(48 * HOURS), terms=Terms(DUE, closes=DUE + 24 * HOURS, late=week))
    assert found(date).closed and not found(replace(date, due=DUE + 72 * HOURS)).closed
    assert not found(replace(date, excused=True)).closed
    assert deduction(week, found(date), Fraction(7), Fraction(10)) == 7
    assert reason(week, found(date)) == "Handed in after the last date: nothing counts any more."


def test_extensions() -> None:
    """Another date, or a longer one; what it is for is kept, and only where it changes something."""
    assert found(case(30 * HOURS, extra=Span(days=2), why="ill")).late is False
    moved = found(case(30 * HOURS, extra=Span(days=1), why="ill"))
    assert (moved.steps, moved.extension, moved.due) == (1, "ill", iso(DUE + 24 * HOURS))
    assert found(case(30 * HOURS, extra=Span(minutes=61), why="ill")).steps == 2
    assert found(case(HOURS, why="ill")).extension == ""
    excused = found(case(30 * HOURS, excused=True, why="ill"))
    assert (excused.late, excused.excused, excused.steps) == (True, True, 0)


def test_late_days_are_spent_in_the_order_of_due_dates() -> None:
    """First what was due first, whole days only, and never for what costs nothing."""
    policy = Late(penalty=10, budget=3)
    week = timedelta(days=7)

    def one(id: str, due: datetime, after: timedelta, **more: object) -> Case:
        return replace(case(after, policy, due, **more), assignment=id)

    cases = [
        one("03_c", DUE + 2 * week, 30 * HOURS),
        one("01_a", DUE, 25 * HOURS),
        one("02_b", DUE + week, 25 * HOURS),
        one("04_d", DUE + 3 * week, -HOURS),
    ]
    spent = {id: (late.spent, late.steps) for id, late in over_term(cases, 3, "UTC").items()}
    assert spent == {"01_a": (2, 0), "02_b": (1, 1), "03_c": (0, 2), "04_d": (0, 0)}
    assert sum(late.spent for late in over_term([replace(c, excused=True) for c in cases], 3, "UTC").values()) == 0
    free = [replace(c, terms=replace(c.terms, late=Late(budget=3))) for c in cases]
    assert sum(late.spent for late in over_term(free, 3, "UTC").values()) == 0
    hourly = case(25 * HOURS, Late(penalty=1, per=Per.HOUR))
    assert (found(hourly, 1).spent, found(hourly, 1).steps) == (1, 1)
    assert reason(hourly.terms.late, found(hourly, 1)) == (
        "1 hour late after 1 late day of your own: 1 % of all points for each hour."
    )
    assert over_term([replace(cases[0], terms=Terms())], 3, "UTC") == {}


@pytest.mark.parametrize(
    ("late", "steps", "deducted"),
    [
        (Late(penalty=10), 2, Fraction(2)),
        (Late(penalty=10, of=Basis.EARNED), 2, Fraction("1.4")),
        (Late(penalty=10, cap=15), 2, Fraction("1.5")),
        (Late(penalty=50), 9, Fraction(7)),  # never more than was earned
        (Late(penalty=0.1, of=Basis.EARNED), 1, Fraction("0.01")),
        (Late(), 9, Fraction(0)),
    ],
)
def test_deductions(late: Late, steps: int, deducted: Fraction) -> None:
    """Of 7 earned points of 10."""
    assert deduction(late, Lateness("", steps=steps), Fraction(7), Fraction(10)) == deducted


def test_reasons() -> None:
    """One sentence that lets the student do the sum."""
    assert reason(Late(penalty=10), Lateness("", steps=1)) == "1 day late: 10 % of all points for each day."
    capped = Late(penalty=2.5, cap=20, per=Per.HOUR, of=Basis.EARNED)
    assert (
        reason(capped, Lateness("", steps=9)) == "9 hours late: 2.5 % of what was earned for each hour, 20 % at most."
    )


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
SPANS = st.builds(Span, st.integers(0, 3), st.integers(0, 3000))


@settings(deadline=None)
@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)), SPANS, st.sampled_from(Per))
def test_the_least_number_of_steps(due: datetime, after: timedelta, grace: Span, per: Per) -> None:
    """After so many it would be in time, after one fewer it would not."""
    one = case(after, Late(grace, 1, per), due)
    number, moment = found(one, zone=ZURICH).steps, datetime.fromisoformat(one.handed.time)

    def in_time(steps: int) -> bool:
        span = Span(days=steps) if per is Per.DAY else Span(minutes=60 * steps)
        return moment <= later(later(due, span, ZURICH), grace, ZURICH)

    assert in_time(number)
    assert number == 0 or not in_time(number - 1)


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 40), st.integers(0, 40))
def test_days_follow_each_other(moment: datetime, one: int, two: int) -> None:
    """More days are never earlier, and no day is lost."""
    assert (later(moment, Span(one), ZURICH) <= later(moment, Span(two), ZURICH)) or one > two
    assert abs(later(moment, Span(one), ZURICH) - moment - timedelta(days=one)) <= HOURS
