"""How far a run is, as it is counted and written; and who is graded when."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from grader.classroom.summary import Outcome
from grader.classroom.turns import in_turn
from grader.classroom.watching import SLOWEST, Watch, is_alive, progress_in
from grader.cli.watching import pace
from grader.errors import UsageError
from grader.records import Grade, Standing, Student, Unreadable


def outcome(name: str, seconds: float, *troubles: str, fresh: bool = True) -> Outcome:
    grade = Grade(Student(name, name), "01_toy", 1.0, 1.0, Standing.COMPLETE, ())
    return Outcome(grade, Path("page"), fresh, seconds=seconds, troubles=troubles)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_what_a_run_has_come_to(tmp_path: Path) -> None:
    """Throughput and what is left are told by those that were run, once the first is there."""
    clock = Clock()
    watch = Watch(tmp_path, 24, "grader run", clock)
    clock.now += 10
    watch.note(Unreadable(Student("x", "x"), "x", "torn"))
    watch.note(outcome("known", 0.0, fresh=False))
    assert watch.progress.left == 0
    watch.note(outcome("first", 9.0, "unjudged"))
    for number in range(10):
        clock.now += 2
        watch.note(outcome(f"s{number}", number / 10, "a cell raised"))
    told = progress_in(tmp_path)
    assert told == watch.progress
    assert (told.done, told.fresh, told.seconds, told.total) == (13, 11, 30, 24)
    assert told.per_minute == 22
    assert told.left == 22  # two seconds for each of eleven
    assert told.troubles == {"unreadable": 1, "unjudged": 1, "a cell raised": 10}
    assert [slow.name for slow in told.slowest] == ["first", "s9", "s8", "s7", "s6"][:SLOWEST]
    assert pace(told) == "22 a minute, 0:00:22 left, a cell raised: 10, unjudged: 1, unreadable: 1"
    assert is_alive(told) and not told.ending
    watch.end("finished")
    assert progress_in(tmp_path).ending == "finished"


def test_a_clock_that_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's seconds are counted by the time of day."""
    watch = Watch(tmp_path, 2, "grader run")
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert 0 <= watch.note(outcome("a", 1.0)).seconds < 100
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert 0 <= watch.note(outcome("b", 1.0)).seconds < 100


def test_it_is_written_now_and_then(tmp_path: Path) -> None:
    """Not for each of a hundred thousand; at the end always."""
    clock = Clock()
    watch = Watch(tmp_path, 3, "grader run", clock)
    watch.note(outcome("a", 1.0))
    watch.note(outcome("b", 1.0))
    assert progress_in(tmp_path).done == 1
    watch.end("finished")
    assert progress_in(tmp_path).done == 2
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


@pytest.mark.parametrize(("text", "said"), [(None, "no run was there"), ("{", "cannot be read")])
def test_nothing_to_tell(text: str | None, said: str, tmp_path: Path) -> None:
    """One line says where to look, or what is wrong with what is there."""
    if text:
        (tmp_path / "run.json").write_text(text)
    with pytest.raises(UsageError, match=said):
        progress_in(tmp_path)


def test_a_run_that_was_cut_off(tmp_path: Path) -> None:
    """Its process is not there any more; on another machine nobody can tell."""
    watch = Watch(tmp_path, 1, "grader run")
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    object.__setattr__(watch.progress, "process", pid)
    assert is_alive(watch.progress) is False
    object.__setattr__(watch.progress, "host", "another")
    assert is_alive(watch.progress) is None


def test_sections_take_turns() -> None:
    """Who handed in first is graded first; no section waits for a larger one; what has no time comes last."""
    handed = {"a1": "T3", "a2": "T1", "b1": "", "a3": "T2", "b2": "T9", "c1": "T5"}
    found = in_turn(handed, lambda name: name[0], lambda name: handed[name])
    assert found == ["a2", "b2", "c1", "a3", "b1", "a1"]
    assert in_turn(["y", "x"], lambda _: "", lambda _: "") == ["y", "x"]
