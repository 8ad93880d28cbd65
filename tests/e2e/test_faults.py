"""Whatever is killed, stopped or full amid a class: the finished gradebook is that of an undisturbed run."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from cases import GRADER, TOY, Case, grader, hand_in
from test_run import family_of, verdicts, wait_until_gone

from grader.gradebook import database
from grader.running.setting import KERNELS, Kernels

ODD = ("all_right", "returns_none", "forgets_whole_numbers", "calls_os_exit", "cell_raises", "function_defined_twice")
SMALL, LARGE = 8, 200  # students of a class: every day, and on demand
MOMENTS = 50
SEED = 19
HERE, THERE = ("coordinator", "ancestor", "host", "worker"), ("Dask worker", "scheduler")  # who is killed


def handed_in(folder: Path, size: int) -> Path:
    """A class whose members hand in the same few notebooks, each with a line of their own."""
    patterns = []
    for name in ODD:
        hand_in(Case(name, TOY.parent / name), folder / "patterns")
        patterns.append((folder / "patterns" / name / "notebook.ipynb").read_text())
    (folder / "class").mkdir()
    for number in range(size):
        notebook = json.loads(patterns[number % len(patterns)])
        first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        first["source"] = [f"mine = {number}\n", *first["source"]]
        (folder / "class" / f"s{number:03d}.ipynb").write_text(json.dumps(notebook))
    return folder / "class"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return handed_in(tmp_path_factory.mktemp("faults"), SMALL)


@pytest.fixture(scope="module")
def undisturbed(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    assert grader("run", small, "--out", out).returncode == 0
    return out


def started(handed: Path, out: Path, *options: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    command = [*GRADER, "run", str(handed), "--out", str(out), "--course", str(TOY), "-j", "2", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env)


def wait_for(process: subprocess.Popen[str], graded: int) -> str:
    """Until so many students are told of; what was said so far."""
    assert process.stderr is not None
    said = ""
    while said.count("01_toy:") < graded:
        line = process.stderr.readline()
        assert line, said
        said += line
    return said


def parts_of(process: subprocess.Popen[str]) -> dict[str, list[int]]:
    """What a run consists of: the coordinator, the ancestor, and its forks: the host, workers, and theirs."""
    family = family_of(process.pid) - {process.pid}
    ancestors = [pid for pid in family if parent_of(pid) == process.pid]
    forks = sorted(pid for pid in family if parent_of(pid) in ancestors)
    return {"coordinator": [process.pid], "ancestor": ancestors, "host": forks[:1], "worker": forks[1:]}


def words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def kill_one(victims: list[int], chance: random.Random) -> None:
    """Somewhere within a submission."""
    time.sleep(chance.random() / 10)
    assert victims
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(victims), signal.SIGKILL)


def disturbed(who: str, after: int, handed: Path, out: Path, chance: random.Random) -> None:
    """A run in which somebody was killed once so many were graded, brought to its end."""
    process = started(handed, out)
    wait_for(process, after)
    kill_one(parts_of(process)[who], chance)
    family = family_of(process.pid)
    told = process.communicate(timeout=540)[1]
    assert "Traceback" not in told, told
    if who == "coordinator":
        assert not wait_until_gone(family)
    done = grader("run", handed, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr


def disturbed_there(who: str, after: int, handed: Path, out: Path, chance: random.Random, scratch: Path) -> None:
    """The same on a Dask cluster of its own: one of its processes is killed."""
    pytest.importorskip("distributed")
    from clusters import by_ssh, wait_for_workers

    with by_ssh(scratch) as cluster:
        wait_for_workers(cluster.address, cluster.env, 2)
        process = started(handed, out, "--dask", cluster.address, env=cluster.env)
        wait_for(process, after)
        mark = {"scheduler": "scheduler", "Dask worker": "spawn_main"}[who]
        kill_one([pid for pid in family_of(cluster.pid) if mark in words_of(pid)], chance)
        told = process.communicate(timeout=540)[1]
    assert "Traceback" not in told, told
    assert process.returncode == 0 or who == "scheduler", told
    done = grader("run", handed, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(KERNELS is Kernels.COLD, reason="workers are forks")
@pytest.mark.parametrize("who", ["ancestor", "host", "worker"])
@pytest.mark.slow
def test_killed(who: str, small: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Of the coordinator, see test_run."""
    disturbed(who, 2, small, tmp_path, random.Random(SEED))
    assert verdicts(tmp_path) == verdicts(undisturbed)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    handed = handed_in(tmp_path_factory.mktemp("large"), LARGE)
    out = tmp_path_factory.mktemp("large-undisturbed")
    assert grader("run", handed, "--out", out).returncode == 0
    return handed, out


@pytest.mark.slow
@pytest.mark.skipif(KERNELS is Kernels.COLD, reason="workers are forks")
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_seeded_moments(moment: int, large: tuple[Path, Path], tmp_path: Path) -> None:
    """Fifty times, each somebody else at another moment of a class of 200."""
    handed, undisturbed = large
    chance = random.Random(SEED + moment)
    who, after, out = (*HERE, *THERE)[moment % 6], chance.randrange(1, LARGE - 20), tmp_path / "out"
    if who in THERE:
        disturbed_there(who, after, handed, out, chance, tmp_path)
    else:
        disturbed(who, after, handed, out, chance)
    assert verdicts(out) == verdicts(undisturbed)


def test_ctrl_c_once(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    """What runs is finished, pages and tables are written, and running again goes on."""
    process = started(small, tmp_path)
    told = wait_for(process, 1)
    process.send_signal(signal.SIGINT)
    told += process.communicate(timeout=300)[1]
    assert process.returncode == 130 and "finishing what runs" in told and "running again goes on" in told, told
    told_of = len(set(re.findall(r"(s\d+) 01_toy:", told)))
    found = {row[0] for row in verdicts(tmp_path)}
    assert len(found) == told_of < SMALL, told
    assert (tmp_path / "grades.csv").is_file() and (tmp_path / "class-01_toy.html").is_file()
    assert "stopped with Ctrl-C" in grader("status", tmp_path, course=None).stdout
    assert grader("run", small, "--out", tmp_path).returncode == 0
    assert verdicts(tmp_path) == verdicts(undisturbed)
    assert ": finished" in grader("status", tmp_path, course=None).stdout


@pytest.mark.slow
def test_ctrl_c_twice(small: Path, tmp_path: Path) -> None:
    """Nothing is waited for, and nothing is left."""
    process = started(small, tmp_path)
    wait_for(process, 1)
    family = family_of(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    while "finishing what runs" not in (line := process.stderr.readline()):
        assert line
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "Traceback" not in told, told
    assert not wait_until_gone(family)


@pytest.mark.slow
def test_a_machine_that_sleeps(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    """All processes stand still for longer than a cell may take, and go on."""
    process = started(small, tmp_path)
    wait_for(process, 1)
    family = family_of(process.pid)
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for pid in sorted(family):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        if number == signal.SIGSTOP:
            time.sleep(4)
    told = process.communicate(timeout=300)[1]
    assert process.returncode == 0, told
    assert verdicts(tmp_path) == verdicts(undisturbed)


def test_status_of_a_run(small: Path, tmp_path: Path) -> None:
    """From beside it: who runs it and how far it is; of one that was killed, that it was cut off."""
    process = started(small, tmp_path)
    wait_for(process, 2)
    process.send_signal(signal.SIGSTOP)  # it shall not come to its end meanwhile
    said = grader("status", tmp_path, course=None).stdout
    assert f"running as process {process.pid}" in said and f" of {SMALL} done" in said
    told = json.loads(grader("status", tmp_path, "--json", course=None).stdout)
    assert told["total"] == SMALL and told["process"] == process.pid and not told["ending"]
    process.kill()
    process.communicate()
    assert "cut off" in grader("status", tmp_path, course=None).stdout
    assert grader("status", tmp_path / "nowhere", course=None).returncode == 2


def test_a_log_for_programs(small: Path, tmp_path: Path) -> None:
    """A JSON object a line on stderr: the beginning, and each student with what it came to."""
    shutil.copytree(small, tmp_path / "class")
    (tmp_path / "class" / "torn.ipynb").write_text("{")
    for path in sorted((tmp_path / "class").glob("s*"))[2:]:
        path.unlink()
    done = grader("run", tmp_path / "class", "--out", tmp_path / "out", "--log", "json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["begun", "unreadable", "graded", "graded"]
    assert [line.get("done") for line in lines] == [0, 1, 2, 3]
    assert {line["student"]: line["earned"] for line in lines[2:]} == {"s000": 10, "s001": 8}


@pytest.mark.parametrize("answers", [(False,), (True, True)], ids=["none can be had", "they keep nobody out"])
def test_a_file_system_without_locks(
    answers: tuple[bool, ...], small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said in a line, before anything is written there."""
    left = list(answers)
    monkeypatch.setattr("grader.locks.try_lock", lambda _: left.pop(0))
    done = grader("run", small, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert database.WITHOUT_LOCKS in done.stderr and len(done.stderr.splitlines()) == 1
    assert not list((tmp_path / "out").iterdir())
