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

__all__ = [
    "NO_OTHER_KEYS",
    "Assignment",
    "Cell",
    "CellRun",
    "CellStatus",
    "Check",
    "Diagnosis",
    "Evidence",
    "Execution",
    "Frame",
    "Grade",
    "HandIn",
    "Limits",
    "OwnFile",
    "Question",
    "Result",
    "Score",
    "Standing",
    "Status",
    "Student",
    "Submission",
    "Trace",
    "Unreadable",
]
