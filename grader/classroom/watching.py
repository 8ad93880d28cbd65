"""How far a run is, for whoever watches it: kept in a small file beside the gradebook, renewed every second."""

from __future__ import annotations

import heapq
import os
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.classroom.summary import Outcome
from grader.errors import UsageError
from grader.folders import replacing
from grader.records import CellStatus, Result, Status, Unreadable
from grader.storage import from_json, to_json

FILE = "run.json"
SLOWEST = 5
EVERY = 1.0  # seconds between two writings

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Slow:
    """A submission that took long, in seconds."""

    seconds: float
    name: str
    assignment: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A run, as it is or was.

    Attributes:
        started: ISO 8601, UTC; all else is counted by a clock that nobody sets.
        seconds: since then.
        left: seconds, as it has gone so far; 0 where that cannot be told.
        done: of `total` that were handed in; `fresh` of them were run, the others were known.
        troubles: how many met what; one submission may meet several.
        ending: "" while it runs; "finished", "stopped" by Ctrl-C, or what ended it.
    """

    command: str
    host: str
    process: int
    started: str
    total: int
    done: int = 0
    fresh: int = 0
    seconds: float = 0.0
    left: float = 0.0
    troubles: dict[str, int] = field(default_factory=dict)
    slowest: tuple[Slow, ...] = ()
    ending: str = ""

    @property
    def per_minute(self) -> float:
        """Submissions that were run."""
        return 60 * self.fresh / self.seconds if self.seconds else 0.0


class Watch:
    """Counts what becomes of a run, and writes it down.

    Args:
        out: the folder of results. It is there once something is noted.
        clock: seconds, never set back.
    """

    def __init__(self, out: Path, total: int, command: str, clock: Clock = time.monotonic) -> None:
        self.out, self.clock = out, clock
        self.progress = Progress(command, socket.gethostname(), os.getpid(), f"{datetime.now(UTC):%FT%TZ}", total)
        self._began, self._written = clock(), float("-inf")
        self._first = 0.0  # when the first one that was run was there: before it, PyTorch was loaded
        self._troubles, self._slowest = Counter[str](), list[tuple[float, str, str]]()
        self._done = self._fresh = 0

    def note(self, entry: Outcome | Unreadable) -> Progress:
        """What a run has come to with this entry."""
        self._done += 1
        if isinstance(entry, Unreadable):
            self._troubles["unreadable"] += 1
        elif entry.fresh:
            self._fresh += 1
            self._first = self._first or self.clock()
            self._troubles.update(entry.troubles)
            slow = (entry.seconds, entry.grade.student.name, entry.grade.assignment)
            heapq.heappush(self._slowest, slow)
            if len(self._slowest) > SLOWEST:
                heapq.heappop(self._slowest)
        self.progress = self._now()
        if self.clock() - self._written >= EVERY:
            self._write()
        return self.progress

    def end(self, how: str) -> None:
        """Say how it ended. Raises OSError when the disk is full."""
        self.progress = self._now(how)
        self._write()

    def _now(self, ending: str = "") -> Progress:
        now, fresh = self.clock(), self._fresh - 1
        left = (now - self._first) / fresh * (self.progress.total - self._done) if fresh > 0 else 0.0
        return replace(
            self.progress,
            done=self._done,
            fresh=self._fresh,
            seconds=round(now - self._began, 3),
            left=round(left, 3),
            troubles=dict(self._troubles),
            slowest=tuple(Slow(*one) for one in sorted(self._slowest, reverse=True)),
            ending=ending,
        )

    def _write(self) -> None:
        self._written = self.clock()
        if self._done and self.out.is_dir():  # of a run that was refused there is nothing to tell
            with replacing(self.out / FILE) as new:
                new.write_text(to_json(self.progress), encoding="utf-8", errors="replace")


def progress_in(out: Path) -> Progress:
    """What is written there. Raises UsageError."""
    try:
        return from_json(Progress, (out / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"{out}: no run was there; say where with --out, as for `grader run`") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{out / FILE} cannot be read: {error}; the next run writes it anew") from error


def is_alive(progress: Progress) -> bool | None:
    """Whether the process of a run is there; None where that cannot be told from here."""
    if progress.host != socket.gethostname():
        return None
    try:
        os.kill(progress.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def troubles_of(result: Result) -> tuple[str, ...]:
    """What a submission met that somebody who watches a class wants to see piling up."""
    ran = {cell.status for cell in result.execution.cells}
    met = {
        "unjudged": any(check.status is Status.UNJUDGED for check in result.checks),
        "its kernel ended": bool(result.execution.deaths),
        "a limit was met": CellStatus.STOPPED in ran,
        "a cell raised": CellStatus.RAISED in ran,
    }
    return tuple(name for name, holds in met.items() if holds)
