"""A submission and what became of it when it ran."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from enum import StrEnum

from grader.text import identity, name_of


class CellStatus(StrEnum):
    """How a cell's execution ended."""

    RAN = "ran"
    RAISED = "raised"
    STOPPED = "stopped"  # outlived its limit and was interrupted
    DIED = "died"  # the kernel ended while the cell ran
    SKIPPED = "skipped"  # the submission's time was used up before it
    LEFT_OUT = "left out"  # it is as it was handed out, and nothing that is graded rests on it


@dataclass(frozen=True, slots=True)
class Student:
    """Who handed something in. Two are one person when their keys are equal, and only then.

    Attributes:
        key: the identity: a platform's id, or the name as it was written. Never cut, never cleaned, never shown.
        name: what is shown: one clean line.
        ids: what platforms know the student by, such as {"canvas": "1003"}.
    """

    key: str
    name: str = field(compare=False)
    ids: dict[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def named(cls, name: str) -> Student:
        """A student of whom nothing is known but a name."""
        return cls(identity(name), name_of(name))


@dataclass(frozen=True, slots=True)
class HandIn:
    """When and how something was handed in, as far as a platform says it.

    Attributes:
        time: ISO 8601, UTC.
        late: None where nobody says it.
        saved: the file's own time, where that may say when it was handed in; ISO 8601, UTC.
    """

    time: str = ""
    late: bool | None = None
    attempt: str = ""
    group: str = ""
    saved: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell. `number` is what Jupyter shows after "Restart and run all": `In [number]`."""

    number: int
    source: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A Markdown cell. `after` is the number of the code cell before it, 0 where there is none."""

    after: int
    source: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that was handed in beside the notebook: a module or data of the student's own.

    Attributes:
        name: relative to the notebook, with `/` between folders.
        content: base64, for the record is stored as JSON.
    """

    name: str
    content: str = field(repr=False)

    @property
    def data(self) -> bytes:
        return base64.b64decode(self.content)


@dataclass(frozen=True, slots=True)
class Submission:
    """A readable notebook of one student; stored outputs are already dropped."""

    student: Student
    assignment: str
    path: str
    sha: str  # of the cells, so that a re-saved notebook with the same code is the same submission
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()  # what was odd about the file, in sentences for the student
    files: tuple[OwnFile, ...] = ()  # what lay beside the notebook, as far as it may be read and imported
    handed: HandIn = HandIn()
    receipt: str = ""  # a short code of the notebook, which its student can compare
    texts: tuple[Text, ...] = ()  # its Markdown, where persons judge some of it


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A submission that no grade can be given for; `reason` is one sentence."""

    student: Student
    path: str
    reason: str
    assignment: str = ""  # where that is known


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

    @property
    def said(self) -> str:
        """The exception as Python prints it: its kind, and its message if it has one."""
        return f"{self.kind}: {self.message}" if self.message else self.kind


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
    missing: tuple[str, ...] = ()  # packages that it imports and that are not installed
    hurried: bool = False  # a limit was met while the machine was busy
    notes: tuple[str, ...] = ()  # what broke and cost later answers, what was not there; sentences for the student

    def run_of(self, number: int) -> CellRun | None:
        return next((run for run in self.cells if run.number == number), None)
