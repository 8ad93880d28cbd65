"""How a course is run, as `course.toml` states it: deadlines, weights, lateness, feedback, and where its lists lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from grader.records.course import Assignment, Question


class Attempt(StrEnum):
    """Which of a student's notebooks for one assignment counts."""

    LAST = "last"
    BEST = "best"
    FIRST = "first"


class FeedbackLevel(StrEnum):
    """How much a student's page says."""

    FULL = "full"  # all that there is
    HINTS = "hints"  # outcomes and hints, without what was expected and what came
    OUTCOMES = "outcomes"  # which questions and checks passed
    SCORE = "score"  # points only


class Reach(StrEnum):
    """Whom a question is for."""

    CORE = "core"  # everybody
    BEYOND = "beyond"  # the willing


class Per(StrEnum):
    """What each step of a late penalty is for."""

    DAY = "day"  # ends at the clock time of the due date, also where clocks are put forward or back
    HOUR = "hour"


class Basis(StrEnum):
    """What the percents of a late penalty are of."""

    POINTS = "points"  # of all points of the assignment
    EARNED = "earned"  # of what the student earned


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: days of the calendar, and minutes of the clock."""

    days: int = 0
    minutes: int = 0

    def __bool__(self) -> bool:
        return bool(self.days or self.minutes)


@dataclass(frozen=True, slots=True)
class Late:
    """What lateness costs. Without a penalty nothing is deducted.

    Attributes:
        grace: that much after the due date, and after each further step, is not late yet.
        penalty: percent for each step that has begun.
        cap: percent at most.
        closes: what is handed in later than this after the due date earns nothing; None: there is no such end.
        budget: late days that each student may use over the term before anything is deducted.
    """

    grace: Span = Span()
    penalty: float = 0.0
    per: Per = Per.DAY
    of: Basis = Basis.POINTS
    cap: float = 100.0
    closes: Span | None = None
    budget: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """What students are told, and from when on, in UTC."""

    level: FeedbackLevel = FeedbackLevel.FULL
    release: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one assignment.

    Attributes:
        due: in UTC; None: there is no deadline.
        weight: in the course's total, relative to the others'.
        closes: a date after which nothing counts; None: what `late.closes` says.
        only: the kinds of questions that are asked; `parts` likewise. Empty: all.
    """

    due: datetime | None = None
    weight: float = 1.0
    closes: datetime | None = None
    late: Late = Late()
    feedback: Feedback = Feedback()
    only: frozenset[Reach] = frozenset()
    parts: frozenset[int] = frozenset()

    def asks(self, question: Question) -> bool:
        """Whether a question is asked this term."""
        reach = Reach.BEYOND if question.beyond else Reach.CORE
        return (not self.only or reach in self.only) and (not self.parts or question.part in self.parts)


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of `course.toml`, checked; paths are absolute.

    Attributes:
        zone: the IANA name of the time zone in which days begin and dates without one are meant.
        requirements: packages that notebooks may use beyond the grader's own, as for pip.
        roster: None where there is none.
        decisions: where persons' decisions lie; the file need not be there.
        groups: who works with whom; None where no file says it.
        board: whether class pages show what was reached in quests, by nickname.
        terms: by assignment; `of` also answers for those that are not named.
    """

    title: str = ""
    zone: str = "UTC"
    requirements: tuple[str, ...] = ()
    roster: Path | None = None
    decisions: Path = Path("decisions.toml")
    groups: Path | None = None
    attempt: Attempt = Attempt.LAST
    board: bool = False
    late: Late = Late()
    feedback: Feedback = Feedback()
    terms: Mapping[str, Terms] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, assignment: str) -> Terms:
        """What holds for an assignment."""
        return self.terms.get(assignment) or Terms(late=self.late, feedback=self.feedback)

    def asked(self, assignment: Assignment) -> Assignment:
        """An assignment with the questions that are asked this term."""
        terms = self.of(assignment.id)
        return assignment.asking([question.id for question in assignment.questions if terms.asks(question)])
