"""The records that travel between stages: frozen, plain data.

`Submission -> Execution -> tuple[Check, ...] -> Grade`. No record is ever changed; a stage returns a new one.
Their JSON form is `storage`'s.
"""

from grader.records.course import NO_OTHER_KEYS, Assignment, Limits, Question
from grader.records.result import Check, Diagnosis, Evidence, Grade, Result, Score, Standing, Status
from grader.records.run import (
    Cell,
    CellRun,
    CellStatus,
    Execution,
    Frame,
    HandIn,
    OwnFile,
    Student,
    Submission,
    Trace,
    Unreadable,
)
from grader.records.settings import Attempt, Basis, Feedback, FeedbackLevel, Late, Per, Settings, Span, Terms

__all__ = [
    "NO_OTHER_KEYS",
    "Assignment",
    "Attempt",
    "Basis",
    "Cell",
    "CellRun",
    "CellStatus",
    "Check",
    "Diagnosis",
    "Evidence",
    "Execution",
    "Feedback",
    "FeedbackLevel",
    "Frame",
    "Grade",
    "HandIn",
    "Late",
    "Limits",
    "OwnFile",
    "Per",
    "Question",
    "Result",
    "Score",
    "Settings",
    "Span",
    "Standing",
    "Status",
    "Student",
    "Submission",
    "Terms",
    "Trace",
    "Unreadable",
]
