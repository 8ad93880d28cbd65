"""What both measurements need: work in a child that may hang or die, a score, and a command line."""

from __future__ import annotations

import argparse
import gc
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import torch

from grader.course.catalog import Course, find_course
from grader.devices import CARDS, CUDA
from grader.errors import GraderError, UsageError
from grader.simcuda import start_simulation
from grader.simcuda.machine import Machine

SLOW, DIED, BROKEN = "ran out of time", "died", "broken: "

T = TypeVar("T")


def in_child(work: Callable[[], str], seconds: float, memory_mb: int = 4096) -> str:
    """What some work says, done in a fork of this process: nothing that it does is left behind in ours.

    SLOW when it does not come to an end, DIED when its process did, BROKEN with a traceback when it raised.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    gc.freeze()  # a collector would write to every page that both processes share
    pid = os.fork()
    if pid == 0:
        _be_child(work, writing, memory_mb)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        try:
            ready, _, _ = select.select([pipe], [], [], seconds)
            return (pipe.read().decode() or DIED) if ready else SLOW
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _be_child(work: Callable[[], str], writing: int, memory_mb: int) -> NoReturn:
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
        said = work()
    except BaseException:
        said = BROKEN + traceback.format_exc()
    try:
        os.write(writing, said.encode(errors="replace")[:60_000])  # less than a pipe holds
    finally:
        os._exit(0)


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder for whatever is made in the block: a child that is stopped cannot clear up behind itself."""
    with tempfile.TemporaryDirectory(prefix="strength-") as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = before


def prepare(course: Course, id: str) -> None:
    """Make this process fit for one assignment: no threads, which a fork would wait for forever, and its device."""
    torch.set_num_threads(1)
    if course.assignment(id).device == CUDA:
        start_simulation(devices=CARDS)
        # Each child is this process gone on. As on a real device it would be refused, but there is nothing to break.
        Machine.check_process = lambda machine: None  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of a measurement."""

    course: Course
    assignment: str
    questions: Sequence[str]
    limit: int
    least: float
    started: float


def options(what: str, things: str, least: float, arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", help="such as 01_tensors")
    parser.add_argument("--question", action="append", default=[], metavar="ID", help="only this one; may be repeated")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help=f"only N {things}, evenly spread")
    parser.add_argument("--least", type=float, default=least, metavar="PERCENT", help=f"that is due, default {least:g}")
    parser.add_argument("--course", type=Path, help="the course's folder; default: the one around here")
    given = parser.parse_args(arguments)
    course = Course(given.course.resolve()) if given.course else find_course()
    known = {question.id for question in course.assignment(given.assignment).questions}
    if unknown := set(given.question) - known:
        raise UsageError(f"there is no question {sorted(unknown)[0]!r} in {given.assignment}")
    return Options(course, given.assignment, given.question, given.limit, given.least, time.monotonic())


def spread(items: Iterable[T], limit: int) -> list[T]:
    """At most so many of them, from all over; 0 means all."""
    every = list(items)
    count = min(limit or len(every), len(every))
    return [every[i * len(every) // count] for i in range(count)]


def percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def exit_code(chosen: Options, noticed: int, whole: int, things: str) -> int:
    """Print the score; 1 when it is below what is due, or there is nothing to measure."""
    score, seconds = percent(noticed, whole), time.monotonic() - chosen.started
    print(f"{chosen.assignment}: {score:.1f} % of {whole} {things} in {seconds:.0f} s; {chosen.least:g} % are due")
    return 0 if whole and score >= chosen.least else 1


def run(main: Callable[[], int]) -> NoReturn:
    """Run a command line; a fault that we foresaw is one line."""
    try:
        sys.exit(main())
    except GraderError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
