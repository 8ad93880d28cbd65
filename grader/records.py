"""The records that travel between stages: frozen, plain data.

`Submission -> Execution -> tuple[Check, ...] -> Grade`. No record is ever changed; a stage returns a new one.
Their JSON form is `storage`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

NO_OTHER_KEYS = {"extra": "forbid"}  # for what reads a record from a file: a key that is not a field is an error


class Status(StrEnum):
    """The three outcomes of a check, a question or a grade."""

    PASSED = "passed"
    FAILED = "failed"
    UNJUDGED = "unjudged"


class CellStatus(StrEnum):
    """How a cell's execution ended."""

    RAN = "ran"
    RAISED = "raised"
    STOPPED = "stopped"  # outlived its limit and was interrupted
    DIED = "died"  # the kernel ended while the cell ran
    SKIPPED = "skipped"  # the submission's time was used up before it


# ---- the course -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use. Times in seconds of wall clock, sizes in bytes unless named otherwise."""

    __pydantic_config__ = NO_OTHER_KEYS

    cell: float = 20.0
    submission: float = 180.0  # all cells together, replays included
    call: float = 10.0  # one question to the kernel
    check: float = 60.0  # one hidden test, the judge's own work included
    questions: float = 300.0  # all questions together: answers that are slow each time must not add up to hours
    memory_mb: int = 4096
    output_kb: int = 256  # kept per cell; the rest is counted and dropped


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an assignment, as `assignment.toml` states it."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    title: str
    section: str
    points: float
    rows: tuple[str, ...] = ()  # the curriculum rows that this question covers
    needs: tuple[str, ...] = ()  # questions without which this one cannot succeed
    defines: tuple[str, ...] = ()  # the names that the notebook must define; default: the id
    weights: dict[str, float] = field(default_factory=dict)  # per check; a check not named here weighs 1
    guards: tuple[str, ...] = ()  # checks that senseless answers pass too: they count once another one passes

    @property
    def names(self) -> tuple[str, ...]:
        return self.defines or (self.id,)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment of the course."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    title: str
    summary: str
    questions: tuple[Question, ...]
    device: Literal["cpu", "cuda"] = "cpu"  # "cuda": its code is judged on a CUDA device, if need be a simulated one
    limits: Limits = Limits()
    curriculum: dict[str, str] = field(default_factory=dict)  # row id -> what it is about
    taught: dict[str, str] = field(default_factory=dict)  # row id -> the section whose text works it through

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)

    def question(self, id: str) -> Question:
        """The question with this id. Raises KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)


# ---- a submission and what became of it -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell. `number` is what Jupyter shows after "Restart and run all": `In [number]`."""

    number: int
    source: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A readable notebook of one student; stored outputs are already dropped."""

    student: str
    assignment: str
    path: str
    sha: str  # of the cells, so that a re-saved notebook with the same code is the same submission
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()  # what was odd about the file, in sentences for the student


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A submission that no grade can be given for; `reason` is one sentence."""

    student: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback, in a cell of the notebook."""

    cell: int
    line: int
    function: str
    code: str


@dataclass(frozen=True, slots=True)
class Trace:
    """An exception of student code, its traceback trimmed to the notebook's own cells."""

    kind: str
    message: str
    frames: tuple[Frame, ...] = ()
    kinds: tuple[str, ...] = ()  # the names of the exception's classes, its own first


@dataclass(frozen=True, slots=True)
class CellRun:
    """What one cell did. Display data: no verdict rests on it."""

    number: int
    status: CellStatus
    seconds: float
    text: str = ""
    images: tuple[str, ...] = ()  # PNG, base64
    trace: Trace | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Execution:
    """What the notebook did when it ran from top to bottom."""

    cells: tuple[CellRun, ...]
    seconds: float
    deaths: tuple[str, ...] = ()  # how each kernel ended that ended before its time

    def run_of(self, number: int) -> CellRun | None:
        return next((run for run in self.cells if run.number == number), None)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a class is graded; the same for every worker."""

    root: Path
    seed: int = 0
    kernels: str = "warm"  # or "cold"
    device: str = "simulated"  # what assignments about CUDA are judged on, see grader.devices.choose
    walls: str = "none"  # the name of a sandbox level

    def device_for(self, assignment: Assignment) -> str:
        """What the assignment's code finds: assignments that are not about CUDA see no device."""
        return self.device if assignment.device == "cuda" else "cpu"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of one submission: by default every question of the hidden suite, with the setting's seed."""

    public: bool = False  # the public checks instead of the hidden suite
    questions: tuple[str, ...] = ()  # only these; default: all
    seed: int | None = None


EVERYTHING = Order()


# ---- what was judged ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The known mistake that gives the same answers as the student's code."""

    mistake: str
    title: str
    hint: str


NOT_WRITTEN = "This is not written yet."  # the message of a check that met the handout's own placeholder


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

    student: str
    assignment: str
    earned: float
    points: float
    status: Status
    scores: tuple[Score, ...]

    @property
    def percent(self) -> float:
        return 100.0 * self.earned / self.points if self.points else 0.0
