"""Options that commands share, and what they choose together."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.course.catalog import Course
from grader.errors import UsageError
from grader.records import Setting

CourseOption = Annotated[
    Path | None, typer.Option("--course", help="The course's folder. Default: the one around here.")
]
SeedOption = Annotated[int, typer.Option(help="Of the suites' random inputs; the same seed gives the same grades.")]
JobsOption = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Submissions at a time. Default: one per core.")]
RequireOption = Annotated[bool, typer.Option("--require-sandbox", help="Refuse to grade without a sandbox.")]
WallsOption = Annotated[str, typer.Option(help="The sandbox: auto (the best there is), full, root, lite or none.")]
DeviceOption = Annotated[str, typer.Option(help="For CUDA: auto (a real one, else simulated), cuda or simulated.")]
KernelsOption = Annotated[str, typer.Option(help="warm: forked from a loaded process. cold: a fresh process each.")]
CORES = os.cpu_count() or 1
WARM = "warm" if sys.platform == "linux" else "cold"


def setting_of(
    course: Course, seed: int = 0, kernels: str = WARM, walls: str = "auto", device: str = "auto"
) -> Setting:
    from grader.devices import choose
    from grader.sandbox.levels import best_level

    if kernels not in ("warm", "cold"):
        raise UsageError(f"--kernels {kernels}: it is warm or cold")
    if walls not in ("auto", "full", "root", "lite", "none"):
        raise UsageError(f"--walls {walls}: it is auto, full, root, lite or none")
    level = best_level().name.lower() if walls == "auto" else walls
    return Setting(course.root, seed, kernels, choose(device), level)
