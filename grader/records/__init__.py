"""The records that travel between stages: frozen, plain data.

`Submission -> Execution -> tuple[Check, ...] -> Grade`. No record is ever changed; a stage returns a new one.
Their JSON form is `storage`'s.
"""

from grader.records.course import NO_OTHER_KEYS, Assignment, Claim, Limits, Part, Question, RubricLine
from grader.records.decisions import Decision, Kind
from grader.records.figures import Drawing, Figure
from grader.records.handout import Asked
from grader.records.result import (
    Adjustment,
    Cause,
    Check,
    Comment,
    Diagnosis,
    Evidence,
    Grade,
    Lateness,
    Result,
    Score,
    Standing,
    Status,
    worst,
)
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
    Text,
    Trace,
    Unreadable,
)
from grader.records.settings import Attempt, Basis, Feedback, FeedbackLevel, Late, Per, Reach, Settings, Span, Terms

__all__ = [
    "NO_OTHER_KEYS",
    "Adjustment",
    "Asked",
    "Assignment",
    "Attempt",
    "Basis",
    "Cause",
    "Cell",
    "CellRun",
    "CellStatus",
    "Check",
    "Claim",
    "Comment",
    "Decision",
    "Diagnosis",
    "Drawing",
    "Evidence",
    "Execution",
    "Feedback",
    "FeedbackLevel",
    "Figure",
    "Frame",
    "Grade",
    "HandIn",
    "Kind",
    "Late",
    "Lateness",
    "Limits",
    "OwnFile",
    "Part",
    "Per",
    "Question",
    "Reach",
    "Result",
    "RubricLine",
    "Score",
    "Settings",
    "Span",
    "Standing",
    "Status",
    "Student",
    "Submission",
    "Terms",
    "Text",
    "Trace",
    "Unreadable",
    "worst",
]
