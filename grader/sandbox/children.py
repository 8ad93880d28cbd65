"""Forked processes as their host sees them: how they end, and that nothing of them is left."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import ClassVar, NoReturn

from grader.sandbox import limits, linux

_PAUSE = 0.001  # seconds between looks at a process that is ending


class Child:
    """A forked process. It is over when all that it started is over too.

    Attributes:
        pid: as its host numbers it; the host signals it, nobody else.
        first: the first process of its PID namespace, without which the system lets no other live there.
        may_fork: it has no such namespace, and yet may have children.
    """

    alive: ClassVar[dict[int, Child]] = {}  # every one of this host, by pid

    def __init__(self, pid: int, first: int | None = None, may_fork: bool = False) -> None:
        self.pid, self.first, self.may_fork = pid, first, may_fork
        self._code: int | None = None
        self.alive[pid] = self

    def poll(self) -> int | None:
        """The exit code, negative for the signal that ended it; None as long as anything of it is left."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if not pid:
                return None
            self._code = os.waitstatus_to_exitcode(status)
            del self.alive[self.pid]
            self._end_the_rest()
        if self.first is not None:  # it ends after all others of its namespace
            if not os.waitpid(self.first, os.WNOHANG)[0]:
                return None
            self.first = None
        return self._code

    def wait(self, seconds: float) -> int | None:
        """As `poll`, after at most so many seconds."""
        deadline = time.monotonic() + seconds
        while (code := self.poll()) is None and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        return code

    def interrupt(self) -> None:
        """SIGINT, to this process only."""
        if self._code is None:  # so not collected, and the number is still its own
            os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """End it and everything that it started; `poll` or `wait` says when that is done."""
        self._end_the_rest()
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)

    def _end_the_rest(self) -> None:
        if self.first is not None:
            os.kill(self.first, signal.SIGKILL)
        elif self.may_fork and linux.LINUX:
            kill_tree(self.pid, spare=self.alive)
        elif self.may_fork:
            _each([self.pid], lambda pid: os.killpg(pid, signal.SIGKILL))


def kill_tree(root: int, spare: Collection[int] = ()) -> None:
    """Stop, then kill a process, its descendants, and the daemons that escaped to us, who adopt orphans.

    Killing without stopping loses against a fork bomb: it forks faster than a loop can kill.

    Args:
        spare: children of ours that are not to be touched.
    """
    stopped: set[int] = set()
    while found := _descendants(root, spare) - stopped:
        _each(found, lambda pid: os.kill(pid, signal.SIGSTOP))
        stopped |= found
    _each(stopped, lambda pid: os.kill(pid, signal.SIGKILL))
    _each(stopped - {root}, lambda pid: os.waitpid(pid, 0))  # those that are ours; the root is its owner's


def _each(pids: Collection[int], do: Callable[[int], object]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, ChildProcessError, PermissionError):
            do(pid)


def _descendants(root: int, spare: Collection[int]) -> set[int]:
    me, parents = os.getpid(), _parents()
    found = {pid for pid, parent in parents.items() if pid == root or (parent == me and pid not in spare)}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _parents() -> dict[int, int]:
    """Every process that /proc shows, with its parent."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text(errors="replace").rpartition(")")[2].split()
            parents[int(entry.parent.name)] = int(fields[1])
    return parents


def stand_in(pid: int, keep: Collection[int] = ()) -> NoReturn:
    """Be, for our own parent, our child `pid`: pass interrupts on to it, end when and as it ends.

    Args:
        keep: descriptors to leave open. Of the others, a copy of a socket here would hide its closing.
    """
    signal.signal(signal.SIGINT, lambda signum, frame: os.kill(pid, signum))
    limits.close_all_but(set(keep))
    _, status = os.waitpid(pid, 0)
    end_as(os.waitstatus_to_exitcode(status))


def end_as(code: int) -> NoReturn:
    """Exit with a code, or die of the signal that a negative one names."""
    if code < 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the host's memory
        if -code not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(-code, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [-code])
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 128 - code)
