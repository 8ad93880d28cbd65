"""What is written too much costs what wrote it, whenever somebody looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kernels import Make, asked, interview, run, sessions
from walls_here import BEST

from grader.asking.student import Student
from grader.errors import KernelDied
from grader.kernel.outside import watch
from grader.kernel.outside.launch import ColdLauncher, Launcher, WarmLauncher
from grader.kernel.outside.start import open_ancestor
from grader.kernel.outside.watch import Watch
from grader.records import CellStatus
from grader.sandbox.policy import Level
from grader.sandbox.scratch import tree_size

NEVER = 1e6
LITE = min(BEST, Level.LITE)  # at the level full a kernel's disk is private
WRITER = """
import os, threading, time
def write(name, megabytes=8):
    with open(name, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, megabytes << 20)
    return 1
def later(name):
    threading.Timer(0.2, write, (name,)).start()
    return 1
def ok():
    return 1
"""


@pytest.fixture(scope="module")
def warm() -> Iterator[Launcher]:
    ancestor = open_ancestor(LITE.word, ())
    yield WarmLauncher(ancestor.control, ancestor.log)
    ancestor.close()


@pytest.fixture
def start(warm: Launcher) -> Iterator[Make]:
    yield from sessions(warm)


@pytest.fixture(params=["warm", pytest.param("cold", marks=pytest.mark.slow)])
def start_any(request: pytest.FixtureRequest, warm: Launcher) -> Iterator[Make]:
    yield from sessions(warm if request.param == "warm" else ColdLauncher(LITE))


def test_a_cell_pays_for_what_it_wrote(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nobody looked while it ran: not a later cell, and no question."""
    monkeypatch.setattr(watch, "PERIOD", NEVER)
    session = start(WRITER, disk=4 << 20)
    wrote = run(session, "print('before')\nwrite('a')")
    assert (wrote.status, wrote.text) == (CellStatus.DIED, "before\n1\n")
    assert wrote.note == "The kernel was ended because more than 4 MB of files had been written."
    assert run(session, "os.listdir()").text == "[]\n"
    assert asked(session).ok() == 1 and session.deaths == [wrote.note]


def test_a_check_pays_for_what_it_wrote(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nobody looked while it asked: not the one after it."""
    monkeypatch.setattr(watch, "PERIOD", NEVER)
    asking = interview(session := start(WRITER, disk=12 << 20))
    student = Student(asking)
    asking.begin(1)
    assert student.write("a") == student.ok() == 1
    asking.end()
    asking.begin(2)
    assert student.write("b") == student.ok() == 1
    with pytest.raises(KernelDied, match="more than 12 MB of files"):
        asking.end()
    asking.begin(3)
    assert student.ok() == 1 and len(session.deaths) == 1
    asking.end()


def test_what_is_written_between_checks_costs_none(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one goes to a new kernel."""
    asking = interview(session := start(WRITER, disk=4 << 20))
    student = Student(asking)
    monkeypatch.setattr(watch, "PERIOD", 0.0)
    asking.begin(1)
    assert student.later("a") == 1
    asking.end()
    while tree_size(session.folder / "work", 4 << 20) <= 4 << 20:
        time.sleep(0.01)
    asking.begin(2)
    assert student.ok() == 1 and len(session.deaths) == 1


def test_a_kernel_that_writes_on_is_ended_soon(start_any: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long before the cell is over."""
    monkeypatch.setattr(watch, "PERIOD", 0.1)
    session = start_any(WRITER, disk=4 << 20)
    ended = run(session, "write('a'); time.sleep(50); print('still there')")
    assert (ended.status, ended.text) == (CellStatus.DIED, "")
    assert "more than 4 MB" in ended.note


def test_what_is_found_too_late_strikes_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that began in one turn and ends in the next, when all is clean again, says nothing of that one."""
    monkeypatch.setattr(watch, "PERIOD", 0.01)
    looking, ended, strikes = threading.Event(), threading.Event(), []

    def look(folder: Path, limit: int) -> int:
        if threading.current_thread() is threading.main_thread() or ended.is_set():
            return 0
        looking.set()
        ended.wait(10)
        return limit + 1

    monkeypatch.setattr(watch, "tree_size", look)
    watched = Watch(tmp_path, 1, lambda: strikes.append("struck"))
    assert looking.wait(10)
    assert not watched.end_turn()
    ended.set()
    watched.close()
    assert not watched.end_turn() and strikes == []
