"""How a class is graded, the same for every worker; and what is asked of one submission."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from grader.devices import CPU, SIMULATED
from grader.records import Assignment, Check, Execution
from grader.sandbox.policy import Level

MOST_NEWS = 32 << 20  # characters that are kept for one worker of what others found out


class Kernels(StrEnum):
    """How a kernel comes to be."""

    WARM = "warm"  # forked from a process that has loaded PyTorch
    COLD = "cold"  # a fresh process each


KERNELS = Kernels.WARM if sys.platform == "linux" else Kernels.COLD  # where a loaded process can be forked


@dataclass(frozen=True, slots=True)
class Setting:
    """How a class is graded.

    Attributes:
        device: what assignments about CUDA are judged on, see grader.devices.choose.
    """

    root: Path
    seed: int = 0
    kernels: Kernels = KERNELS
    device: str = SIMULATED
    walls: Level = Level.NONE

    def device_for(self, assignment: Assignment) -> str:
        """What the assignment's code finds: assignments that are not about CUDA see no device."""
        return self.device if assignment.device == "cuda" else CPU


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of one submission: by default every question of the hidden suite, with the setting's seed."""

    public: bool = False  # the public checks instead of the hidden suite
    questions: tuple[str, ...] = ()  # only these; default: all
    kept: tuple[Check, ...] = ()  # of other questions: they were judged before, and become part of the result
    kept_deaths: tuple[str, ...] = ()  # of kernels, as these checks tell of them
    heard: dict[str, str] = field(default_factory=dict)  # what a kernel answered before, by question
    ran: Execution | None = None  # what the notebook did then: with both, a kernel may not be needed
    seed: int | None = None
    given_up: str = ""  # why: it is not graded any more, and every check is unjudged


EVERYTHING = Order()
