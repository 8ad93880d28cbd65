"""A class in the hands of workers that die, on a host that has not loaded everything."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from ancestors import SharedAncestor, shared_ancestor
from walls_here import BEST

from grader.errors import InternalError
from grader.kernel.modules import EVERYTHING, NOT_LOADED
from grader.kernel.outside.start import Ancestor, open_ancestor
from grader.records import Cell, Result, Status, Student, Submission
from grader.running import pool as pools
from grader.running import team
from grader.running.pool import ATTEMPTS, Pool
from grader.running.setting import KERNELS, Kernels, Setting
from grader.running.team import Team

TOY = Path(__file__).parents[1] / "submissions" / "course"
SOLVED = (TOY / "solutions" / "01_toy.py").read_text().split("# %%")[1:]
SETTING = Setting(TOY, walls=BEST)


@pytest.fixture
def teams(monkeypatch: pytest.MonkeyPatch) -> list[Team]:
    """The teams that a test has had, in order."""
    had: list[Team] = []

    def noted(*arguments: object) -> Team:
        had.append(Team(*arguments))  # type: ignore[arg-type]
        return had[-1]

    monkeypatch.setattr(pools, "Team", noted)
    return had


def solved(name: str, *before: str) -> Submission:
    """The reference solution, handed in by somebody whose notebook begins with some cells more."""
    sources = [*before, *(source.partition("\n")[2] for source in SOLVED)]
    cells = tuple(Cell(number, source) for number, source in enumerate(sources, start=1))
    return Submission(Student(name, name), "01_toy", name, name, cells)


def verdicts(result: Result) -> list[tuple[str, Status, str]]:
    return [(check.name, check.status, check.message) for check in result.checks]


def killed(monkeypatch: pytest.MonkeyPatch, teams: Sequence[Team], doom: Mapping[str, int]) -> None:
    """Have workers killed that were just given somebody's notebook, so many times for each name.

    As by somebody who needs the memory. The kernel host is the ancestor's first child, its workers are the others.
    """
    left, workers, tell = dict(doom), dict[int, int](), team._tell

    def told(connection: Connection, message: dict[str, Any]) -> None:
        tell(connection, message)
        ancestor = teams[-1]._ancestor
        assert ancestor is not None
        pid = ancestor.process.pid
        workers[pid] = workers.get(pid, 0) + ("setting" in message)
        name = json.loads(message.get("submission", "{}")).get("sha")
        if left.get(name):
            left[name] -= 1
            forked: list[str] = []
            while len(forked) < 1 + workers[pid]:
                time.sleep(0.01)
                forked = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            os.kill(int(forked[-1]), signal.SIGKILL)

    monkeypatch.setattr(team, "_tell", told)


@pytest.mark.skipif(KERNELS is Kernels.COLD, reason="workers are forks")
def test_a_worker_that_is_killed(monkeypatch: pytest.MonkeyPatch, teams: list[Team]) -> None:
    """Another takes its place, and its notebook is graded; one that no worker outlives is left to a person."""
    killed(monkeypatch, teams, {"once": 1, "always": ATTEMPTS})
    kept = SharedAncestor()  # what it has loaded lives on; test_faults.py ends all of it
    kept.host(BEST.word, ())
    monkeypatch.setattr(team, "open_ancestor", lambda *asked: kept)
    with Pool(SETTING, 1) as pool:
        found = {result.submission.sha: result for result in pool.grade([*map(solved, ("once", "always", "right"))])}
    Ancestor.close(kept)
    assert len(teams) == ATTEMPTS + 1
    assert {check.status for check in found["right"].checks} == {Status.PASSED}
    assert verdicts(found["once"]) == verdicts(found["right"])
    lost = found["always"].checks
    assert [check.name for check in lost] == [check.name for check in found["right"].checks]
    assert all(check.status is Status.UNJUDGED and "workers died" in check.staff for check in lost)


@pytest.mark.slow
@pytest.mark.skipif(KERNELS is Kernels.COLD, reason="workers are forks")
def test_workers_that_always_die(monkeypatch: pytest.MonkeyPatch, teams: list[Team]) -> None:
    """Where not even the word that a notebook is given up can be had, the run ends, and says whose it was."""
    killed(monkeypatch, teams, {"always": ATTEMPTS + 1})
    with Pool(SETTING, 1) as pool, pytest.raises(InternalError, match="always die again and again"):
        list(pool.grade([solved("always")]))


@pytest.mark.skipif(KERNELS is Kernels.COLD, reason="a cold kernel loads what it likes")
def test_notebooks_that_a_lean_host_cannot_run(monkeypatch: pytest.MonkeyPatch, teams: list[Team]) -> None:
    """They are graded in a pool that has loaded everything, with no other grade; an exit code proves nothing there."""
    handed = [
        solved("right"),
        solved("late", "name = 'torch' + 'vision'", "vision = __import__(name)\nprint(vision.__name__)"),
        solved("pretends", f"import os\nos._exit({NOT_LOADED})"),
        solved("exits", f"import os\nos._exit({NOT_LOADED - 1})"),
    ]
    whole = shared_ancestor(BEST.word)
    monkeypatch.setattr(team, "open_ancestor", lambda walls, parts, many: whole if parts else open_ancestor(walls, ()))
    with Pool(SETTING, 2) as pool:
        found = {result.submission.sha: result for result in pool.grade(handed)}
    assert [set(one.parts) == set(EVERYTHING) for one in teams] == [False, True]
    assert {check.status for check in found["right"].checks} == {Status.PASSED}
    assert verdicts(found["late"]) == verdicts(found["right"])
    assert "torchvision" in "".join(run.text for run in found["late"].execution.cells)
    assert verdicts(found["pretends"]) == verdicts(found["exits"])
    for name, code in (("pretends", NOT_LOADED), ("exits", NOT_LOADED - 1)):
        assert f"exit code {code}" in " ".join(found[name].execution.deaths)
    assert not found["right"].execution.deaths and not found["late"].execution.deaths


@pytest.mark.skipif(KERNELS is Kernels.COLD, reason="workers are forks")
def test_a_mistake_is_played_once_for_a_class(tmp_path: Path) -> None:
    """Whoever gives the same wrong answer later is told the same, and the mistake does not run again."""
    root, played = tmp_path / "course", tmp_path / "played"
    shutil.copytree(TOY, root)
    mistakes = root / "tests/mistakes/01_toy/double.py"
    noted = f"    open({str(played)!r}, 'a').write('x')\n    return t + 2"
    mistakes.write_text(mistakes.read_text().replace("    return t + 2", noted))
    wrong = {name: solved(name) for name in ("ada", "grace")}
    for name, one in wrong.items():
        cells = tuple(replace(cell, source=cell.source.replace("return t * 2", "return 2 + t")) for cell in one.cells)
        wrong[name] = replace(one, cells=cells)
    runs = []
    with Pool(replace(SETTING, root=root), 1) as pool:
        for one in wrong.values():
            [result] = pool.grade([one])
            told = [check.diagnosis.mistake for check in result.checks if check.diagnosis]
            runs.append((told, played.read_text()))
    assert runs[0] == runs[1] == (["MX01"], runs[0][1])
