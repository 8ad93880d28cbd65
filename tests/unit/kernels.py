"""Kernels for tests: sessions in folders of their own, and the short words to use them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import grader
from grader.asking.student import Interview, Student
from grader.kernel.outside.channel import KernelChannel
from grader.kernel.outside.launch import Launcher
from grader.kernel.outside.session import Session
from grader.records import Cell, CellRun, Limits
from grader.sandbox.levels import interpreter_paths
from grader.sandbox.policy import Policy, Resources, default_environment

LIMITS = Limits(cell=60, submission=120, memory_mb=1000, output_kb=4)
SHORT = replace(LIMITS, cell=1)  # for cells that never end: others may be slow, on a busy machine
Make = Callable[..., Session]


def sessions(launcher: Launcher) -> Iterator[Make]:
    """A function that starts a session in a folder of its own."""
    made: list[tuple[Session, Path]] = []

    def make(*sources: str, limits: Limits = LIMITS, device: str = "cpu", disk: int = 512 << 20) -> Session:
        scratch = Path(tempfile.mkdtemp(prefix="grader-0-")).resolve()
        readable, optional = interpreter_paths()
        package = Path(grader.__file__).resolve().parent
        policy = Policy(
            scratch,
            scratch / "work",
            default_environment(scratch / "work"),
            (*readable, package),
            optional,
            resources=Resources(memory=limits.memory_mb << 20, disk=disk),
        )
        session = Session(launcher, limits, policy, seed=3, device=device)
        made.append((session, scratch))
        session.start()
        for number, source in enumerate(sources, start=1):
            session.run(Cell(number, source))
        return session

    yield make
    for session, scratch in made:
        session.close()
        shutil.rmtree(scratch, ignore_errors=True)


def asked(session: Session, call: float = 60.0) -> Student:
    return Student(interview(session, call))


def interview(session: Session, call: float = 60.0) -> Interview:
    return Interview(KernelChannel(session, lambda name: ""), call=call, check=120.0)


def run(session: Session, source: str, number: int = 9) -> CellRun:
    return session.run(Cell(number, source))
