"""`grader run --dask`: a scheduler and two workers as processes of this machine, with TLS; what is lost is redone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import GRADER, TOY, Case, hand_in, typed
from clusters import Running, by_ssh, secured, wait_for_workers
from test_run import family_of, verdicts, wait_until_gone

pytest.importorskip("distributed")
from distributed import Client

from grader.running.cluster import crew

pytestmark = pytest.mark.slow

NAMES = ("all_right", "returns_none", "calls_os_exit", "cell_raises")


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "class"
    for name in NAMES:
        hand_in(Case(name, TOY.parent / name), folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(handed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    assert typed("run", handed, "--out", out).returncode == 0
    return out


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with by_ssh(tmp_path_factory.mktemp("cluster")) as running:
        wait_for_workers(running.address, running.env, 2)
        yield running


def pages(out: Path) -> dict[str, str]:
    """What students get, without how long it took."""
    return {page.name: page.read_text() for page in (out / "students").glob("*.html")}


def test_the_same_grades_as_at_home(cluster: Running, handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Byte for byte, but for durations; its processes end with it, on the workers, too."""
    done = typed("run", handed, "--out", tmp_path, "--dask", cluster.address, env=cluster.env)
    assert done.returncode == 0, done.stderr
    assert verdicts(tmp_path) == verdicts(undisturbed)
    assert (tmp_path / "grades.csv").read_bytes() == (undisturbed / "grades.csv").read_bytes()
    assert pages(tmp_path).keys() == pages(undisturbed).keys()
    grading = {pid for pid in family_of(cluster.pid) if "grader.kernel.inside.ancestor" in words_of(pid)}
    assert not wait_until_gone(grading)


def test_doctor_shows_each_workers_walls(cluster: Running) -> None:
    """Each worker is a line, with the level of its sandbox and what makes it."""
    here = typed("doctor").stdout.splitlines()
    done = typed("doctor", "--dask", cluster.address, course=None, env=cluster.env)
    assert done.returncode == 0, done.stderr
    level = here[0].split()[1]
    assert done.stdout.count(f": sandbox: {level}") == 2
    assert done.stdout.count("system-call filter: seccomp") == 2


def test_others_may_not_talk_to_it(cluster: Running, handed: Path, tmp_path: Path) -> None:
    """Who has no certificate is not answered, and is told in a line what to look at."""
    env = {name: value for name, value in cluster.env.items() if not name.startswith("DASK_")}
    done = typed("run", handed, "--out", tmp_path, "--dask", cluster.address, env=env)
    assert done.returncode == 2
    assert f"--dask {cluster.address}: no scheduler answers there" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "gradebook.db").exists()


def run_beside(cluster: Running, handed: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [*GRADER, "run", str(handed), "--out", str(out), "--course", str(TOY), "--dask", cluster.address]
    return subprocess.Popen([*command, *options], env=cluster.env, stdout=-1, stderr=-1, text=True)


@pytest.mark.parametrize("deaths", [1, crew.LOST])
def test_lost_workers(deaths: int, cluster: Running, handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """What a lost worker had is graded elsewhere; who ends three of them is unjudged, and a person reads why."""
    killed: list[int] = []

    def began(event: tuple[float, dict[str, Any]]) -> None:
        if len(killed) < deaths:
            killed.append(event[1]["pid"])
            os.kill(event[1]["pid"], signal.SIGKILL)
        if len(killed) == deaths:
            cluster.hold.unlink(missing_ok=True)

    (tmp_path / "class").mkdir()
    shutil.copytree(handed / "all_right", tmp_path / "class" / "all_right")
    beside = Client(cluster.address, security=secured(cluster.env), set_as_default=False)
    with beside as watching, cluster.held(0):  # no worker is done before it is killed
        watching.subscribe_topic("grader-began", began)
        process = run_beside(cluster, tmp_path / "class", tmp_path / "out")
        said, told = process.communicate(timeout=300)
    assert len(killed) == deaths, told
    if deaths < crew.LOST:
        assert process.returncode == 0, told
        mine = [row for row in verdicts(undisturbed) if row[0] == "all_right"]
        assert verdicts(tmp_path / "out") == mine
    else:
        assert process.returncode == 3, told
        assert f"{crew.LOST} workers died while they graded it" in said


def test_the_coordinator_is_lost(cluster: Running, handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """What its workers had is nobody's; the same command finishes the gradebook."""
    with cluster.held(1):  # it does not come to its end meanwhile
        process = run_beside(cluster, handed, tmp_path)
        assert process.stderr is not None
        assert "1/4" in process.stderr.readline()
        process.kill()
        process.communicate()
    assert 0 < len({row[0] for row in verdicts(tmp_path)}) < len(NAMES)
    done = typed("run", handed, "--out", tmp_path, "--dask", cluster.address, env=cluster.env)
    assert done.returncode == 0, done.stderr
    assert verdicts(tmp_path) == verdicts(undisturbed)


def test_the_scheduler_is_lost(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """The run says so in a line; when a scheduler is back, the same command finishes the gradebook."""
    with by_ssh(tmp_path, machines=1) as cluster, cluster.held(1):
        process = run_beside(cluster, handed, tmp_path / "out")
        assert process.stderr is not None
        assert "1/4" in process.stderr.readline()
        [scheduler] = [pid for pid in family_of(cluster.pid) if "scheduler" in words_of(pid)]
        os.kill(scheduler, signal.SIGKILL)
        told = process.communicate(timeout=120)[1]
    assert process.returncode == 1 and "the connection was lost" in told and "Traceback" not in told, told
    assert typed("run", handed, "--out", tmp_path / "out").returncode == 0
    assert verdicts(tmp_path / "out") == verdicts(undisturbed)


def words_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def test_a_cluster_to_try_it(handed: Path, undisturbed: Path, tmp_path: Path) -> None:
    """`--dask local` needs nothing beside it, and leaves no process."""
    command = [*GRADER, "run", str(handed), "--out", str(tmp_path), "--course", str(TOY), "--dask", "local", "-j", "2"]
    process = subprocess.Popen(command, stdout=-1, stderr=-1, text=True)
    assert process.stderr is not None
    first = process.stderr.readline()
    family = family_of(process.pid)
    told = first + process.communicate(timeout=300)[1]
    assert process.returncode == 0, told
    assert verdicts(tmp_path) == verdicts(undisturbed)
    assert not wait_until_gone(family)
