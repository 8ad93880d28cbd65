"""What was judged, and the points that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.records.run import Execution, Student, Submission, Trace


class Standing(StrEnum):
    """What a grade amounts to; the word in the status column of tables."""

    COMPLETE = "complete"  # all points
    PARTIAL = "partial"  # some of them
    NONE = "none"
    UNJUDGED = "unjudged"  # a check could not be judged: a person must look, and the points are those so far


class Status(StrEnum):
    """The three outcomes of a check or a question."""

    PASSED = "passed"
    FAILED = "failed"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The known mistake that gives the same answers as the student's code."""

    mistake: str
    title: str
    hint: str


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


@dataclass(frozen=True, slots=True)
class Result:
    """All that grading one submission produced; points are computed from it, never stored in it."""

    submission: Submission
    execution: Execution
    checks: tuple[Check, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one question. `waits_for` names the failed questions that it needs."""

    question: str
    earned: float
    points: float
    status: Status
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """Points of one submission. `earned` counts what was judged; UNJUDGED says that a person must look."""

    student: Student
    assignment: str
    earned: float
    points: float
    status: Standing
    scores: tuple[Score, ...]

    @property
    def percent(self) -> float:
        return 100.0 * self.earned / self.points if self.points else 0.0
