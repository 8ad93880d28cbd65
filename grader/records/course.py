"""The course as its files state it: assignments, their questions, their limits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple, dataclass, field, replace
from typing import Literal

NO_OTHER_KEYS = {"extra": "forbid"}  # for what reads a record from a file: a key that is not a field is an error

BY_HAND = ("written", "looked_at")  # the kinds of questions that a person judges


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
class RubricLine:
    """One line of a rubric: what an answer may show, and the points for it, or less than nothing for an error."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Part:
    """One sitting of an assignment: what it is called, and how long it takes, as students read it."""

    __pydantic_config__ = NO_OTHER_KEYS

    title: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Where a row of the curriculum is covered without a question: in which section, and a word of it that shows it."""

    __pydantic_config__ = NO_OTHER_KEYS

    section: str
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an assignment, as `assignment.toml` states it.

    Its kind says who judges what: checks judge code, and of what is predicted the form alone; a person reads what is
    written, and looks at what is drawn.
    """

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    title: str
    section: str
    points: float
    kind: Literal["code", "predicted", "written", "looked_at"] = "code"
    rows: tuple[str, ...] = ()  # the curriculum rows that this question covers
    needs: tuple[str, ...] = ()  # questions without which this one cannot succeed
    defines: tuple[str, ...] = ()  # the names that the notebook must define; default: the id
    weights: dict[str, float] = field(default_factory=dict)  # per check; a check not named here weighs 1
    guards: tuple[str, ...] = ()  # checks that senseless answers pass too: they count once another one passes
    rubric: tuple[RubricLine, ...] = ()  # by which a person judges it
    part: int = 1  # of the assignment's parts, counted from 1
    beyond: bool = False  # whether it goes beyond the core, for the willing
    quest: Literal["", "highest", "lowest"] = ""  # of an open task that a number is measured of: which one is best

    @property
    def by_hand(self) -> bool:
        """Whether a person judges it, by its rubric: it has no checks."""
        return self.kind in BY_HAND

    @property
    def names(self) -> tuple[str, ...]:
        return () if self.by_hand else self.defines or (self.id,)

    def weight_of(self, check: str) -> float:
        """What a check weighs among those of this question."""
        return self.weights.get(check, 1.0)


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
    parts: tuple[Part, ...] = ()  # its sittings; none: it is one
    shown_by: str = ""  # the decorator of cells that show something; with it only needed cells are graded
    curriculum: dict[str, str] = field(default_factory=dict)  # row id -> what it is about
    taught: dict[str, Claim] = field(default_factory=dict)  # row id -> the section whose text works it through
    shown: dict[str, Claim] = field(default_factory=dict)  # row id -> the section in which a cell shows it
    missing: dict[str, str] = field(default_factory=dict)  # row id -> why it is not covered
    of: str = ""  # for a sitting: the assignment whose notebook is handed in for it

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)

    @property
    def coded(self) -> tuple[Question, ...]:
        """The questions that checks judge."""
        return tuple(question for question in self.questions if not question.by_hand)

    @property
    def rests(self) -> tuple[object, ...]:
        """What of it verdicts depend on, whichever question they are about."""
        return self.id, self.device, astuple(self.limits), self.shown_by

    def asking(self, ids: Collection[str]) -> Assignment:
        """The assignment with some of its questions only, and their order as it is."""
        return replace(self, questions=tuple(question for question in self.questions if question.id in ids))

    def question(self, id: str) -> Question:
        """The question with this id. Raises KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)
