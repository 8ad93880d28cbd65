"""Options that commands share, and what they choose together."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.course.catalog import Course
from grader.devices import Device, choose
from grader.errors import UsageError
from grader.running.setting import KERNELS, Kernels, Setting
from grader.sandbox.policy import Level
from grader.text import spelled

if TYPE_CHECKING:
    from grader.running.cluster.connection import Cluster


class Walls(StrEnum):
    """What `--walls` may say: a level of the sandbox."""

    AUTO = "auto"
    FULL = "full"
    ROOT = "root"
    LITE = "lite"
    NONE = "none"


CourseOption = Annotated[
    Path | None, typer.Option("--course", help="The course's folder. Default: the one around here.")
]
SeedOption = Annotated[int, typer.Option(help="Of the suites' random inputs; the same seed gives the same grades.")]
JobsOption = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Submissions at a time. Default: one per core.")]
RequireOption = Annotated[bool, typer.Option("--require-sandbox", help="Refuse to grade without a sandbox.")]
WallsOption = Annotated[Walls, typer.Option(help="The sandbox. auto: the best there is.")]
DeviceOption = Annotated[Device, typer.Option(help="For CUDA. auto: a real one, else simulated.")]
KernelsOption = Annotated[Kernels, typer.Option(help="warm: forked from a loaded process. cold: a fresh process each.")]
GithubOption = Annotated[
    bool, typer.Option("--github", help="In a job of GitHub Actions: mark lines, and write the page of the job.")
]
RosterOption = Annotated[
    Path | None,
    typer.Option("--roster", help="Who takes the course, as a platform exports it. Default: the course's roster.csv."),
]
CacheOption = Annotated[
    Path | None, typer.Option("--cache", envvar="GRADER_CACHE", help="For proofs. Default: the user's cache.")
]
DaskOption = Annotated[
    str,
    typer.Option("--dask", help="A Dask cluster to use: its scheduler's address, or `local` for one to try here."),
]
CORES = os.cpu_count() or 1


def command_line() -> str:
    """What was typed, as it is stored and shown; a path in it need not be text."""
    return spelled(shlex.join(["grader", *sys.argv[1:]]))


def setting_of(
    course: Course,
    seed: int = 0,
    kernels: Kernels = KERNELS,
    walls: Walls = Walls.AUTO,
    device: Device = Device.AUTO,
    cluster: Cluster | None = None,
) -> Setting:
    """What the options choose on this machine, or there. Raises UsageError for a device that is not there."""
    from grader.sandbox.levels import best_level

    best = cluster.walls if cluster else best_level
    level = best() if walls is Walls.AUTO else Level[walls.name]
    return Setting(course.root, seed, kernels, cluster.device(device) if cluster else choose(device), level)


@contextmanager
def cluster_at(address: str, jobs: int) -> Iterator[Cluster | None]:
    """The Dask cluster that `--dask` names, while it is used; None where it names none. Raises UsageError."""
    if not address:
        yield None
        return
    try:
        from grader.running.cluster.connection import connect
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "grader":
            raise
        raise UsageError(f"--dask needs Dask: {sys.executable} -m pip install 'grader[dask]'") from error
    with connect(address, jobs) as cluster:
        yield cluster
