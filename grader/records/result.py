"""What was judged, and the points that follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from grader.records.figures import Figure
from grader.records.run import Execution, Student, Submission, Trace


class Standing(StrEnum):
    """What a grade amounts to; the word in the status column of tables."""

    COMPLETE = "complete"  # all points
    PARTIAL = "partial"  # some of them
    NONE = "none"
    UNJUDGED = "unjudged"  # a check could not be judged: a person must look, and the points are those so far
    EXCUSED = "excused"  # a person decided that it does not count for this student


class Status(StrEnum):
    """The three outcomes of a check or a question."""

    PASSED = "passed"
    FAILED = "failed"
    UNJUDGED = "unjudged"


def worst(statuses: Iterable[Status]) -> Status:
    """Unjudged if any is, else failed if any is, else passed."""
    found = set(statuses)
    return next((s for s in (Status.UNJUDGED, Status.FAILED) if s in found), Status.PASSED)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The known mistake that gives the same answers as the student's code.

    Attributes:
        hint: what is wrong.
        more: further steps of the hint, for who needs them: where it is wrong, how to mend it.
    """

    mistake: str
    title: str
    hint: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict of one test. `message` and `promise` are for the student, `staff` is not."""

    question: str
    name: str
    promise: str
    status: Status
    message: str = ""
    diagnosis: Diagnosis | None = None
    trace: Trace | None = None
    staff: str = ""
    seconds: float = 0.0
    not_written: bool = False  # it met the handout's own placeholder
    note: str = ""  # for the student, about the question; no verdict
    figures: tuple[Figure, ...] = ()
    fingerprint: str = ""  # of what a failed check was told; equal for equal answers
    lacks: str = ""  # the name that it asked for, or the student's code used, and that the notebook does not define


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one must know to obtain the same verdict again."""

    suite: str  # hash of the hidden suite, the reference and the mistakes
    environment: str  # hash of `versions` and `device`
    versions: dict[str, str]
    device: str
    walls: str  # which sandbox stood
    seed: int
    seconds: float
    replay: str  # the command
    day: str = ""  # when, ISO 8601
    kernels: int = 1  # that were started for it; none where answers of before were judged by other checks


@dataclass(frozen=True, slots=True)
class Result:
    """All that grading one submission produced; points are computed from it, never stored in it.

    Attributes:
        heard: what a kernel was asked and answered, by question.
        alone: whether its checks tell of this notebook beyond what its kernel answered.
    """

    submission: Submission
    execution: Execution
    checks: tuple[Check, ...]
    evidence: Evidence
    heard: dict[str, str] = field(default_factory=dict)
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one question, in whole hundredths.

    Attributes:
        points: what it is worth; 0 when it was dropped.
        waits_for: the failed questions that it needs.
        checked: what its checks alone earned; persons' decisions make the difference.
    """

    question: str
    earned: float
    points: float
    status: Status
    waits_for: tuple[str, ...] = ()
    checked: float | None = None

    @property
    def percent(self) -> float:
        return 100.0 * self.earned / self.points if self.points else 0.0

    @property
    def dropped(self) -> bool:
        return not self.points


class Cause(StrEnum):
    """Why points are not what the checks alone gave."""

    LATE = "late"
    POINTS = "points"  # a person decided about a question or a check
    RUBRIC = "rubric"  # a person judged an answer by its rubric
    DROPPED = "dropped"  # the question counts for nobody
    GIVEN = "given"  # everybody gets the question
    EXEMPTION = "exemption"  # it does not count for this student


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change of a grade's points.

    Attributes:
        points: what was added to what was earned; less than 0 where it was taken away.
        reason: for the student.
        by: the person who decided; "" for a rule of the course.
        on: the day, ISO 8601.
        question: which it is about, and is in that question's points already; "" for the whole.
        check: which of its checks.
        lines: the rubric's lines that hold, by id.
    """

    cause: Cause
    points: float
    reason: str
    by: str = ""
    on: str = ""
    question: str = ""
    check: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person wrote to a student, in Markdown; `question` is "" for the whole."""

    text: str
    by: str = ""
    on: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Lateness:
    """When something was due and when it came. Times are ISO 8601, in UTC.

    Attributes:
        due: for this student, extensions included.
        handed: "" where nothing tells.
        source: who says so: "platform", "file" or "person".
        late: None where nothing tells.
        steps: days or hours that cost something, after late days from the budget.
        spent: late days that were taken from the budget.
        closed: it came after the end.
        excused: a person decided that it costs nothing.
        extension: why it was due later than for others, or costs nothing; `by` whom that was decided.
        zone: the IANA name of the time zone in which people read these times.
    """

    due: str
    handed: str = ""
    source: str = ""
    late: bool | None = None
    steps: int = 0
    spent: int = 0
    closed: bool = False
    excused: bool = False
    extension: str = ""
    by: str = ""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Grade:
    """Points of one submission. `earned` counts what was judged; UNJUDGED says that a person must look.

    `earned` is the sum of the scores and of those adjustments that are about no question; all are whole hundredths.

    Attributes:
        lateness: None where the assignment has no due date.
    """

    student: Student
    assignment: str
    earned: float
    points: float
    status: Standing
    scores: tuple[Score, ...]
    adjustments: tuple[Adjustment, ...] = ()
    comments: tuple[Comment, ...] = ()
    lateness: Lateness | None = None

    @property
    def percent(self) -> float:
        return 100.0 * self.earned / self.points if self.points else 0.0
