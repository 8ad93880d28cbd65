"""The recipes of deploy/dask, as far as one machine allows: what they start grades a class, with TLS, on two workers.

The machines of the SSH recipe are this one (test_dask.py grades on it); the jobs of Slurm are processes that a stand-in
for its commands starts; the pods of Kubernetes are the commands of their containers. What only a real cluster can show
is not tried: queues and their limits, images, volumes, network policies.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import ROOT, TOY, Case, hand_in, typed
from clusters import DASK, RECIPES, certificates, free_port, wait_for_workers

pytest.importorskip("distributed")

SBATCH = """#!/bin/sh
cp "$1" "$JOBS/$$.sh"
setsid sh "$JOBS/$$.sh" > "$JOBS/$$.log" 2>&1 &
echo "$!" > "$JOBS/$$.pid"
echo "Submitted batch job $$"
"""
SCANCEL = """#!/bin/sh
for job; do kill -- -"$(cat "$JOBS/$job.pid")"; done
"""


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed")
    for name in ("all_right", "returns_none"):
        hand_in(Case(name, TOY.parent / name), folder)
    return folder


def grades(handed: Path, out: Path, address: str, env: dict[str, str]) -> None:
    """A class is graded there."""
    wait_for_workers(address, env, 2)
    done = typed("run", handed, "--out", out, "--dask", address, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    table = (out / "grades.csv").read_text()
    assert "all_right" in table and "returns_none" in table
    said = typed("doctor", "--dask", address, course=None, env=env)
    assert said.stdout.count(": sandbox: ") == 2, said.stdout + said.stderr


@pytest.mark.slow
def test_slurm(handed: Path, tmp_path: Path) -> None:
    """Two jobs, each with one worker; they end with the program that asked for them."""
    pytest.importorskip("dask_jobqueue")
    tls, jobs, path = tmp_path / "tls", tmp_path / "jobs", tmp_path / "bin"
    env = certificates(tls)
    for folder in (jobs, path):
        folder.mkdir()
    for name, script in (("sbatch", SBATCH), ("scancel", SCANCEL)):
        (path / name).write_text(script)
        (path / name).chmod(0o755)
    command = [sys.executable, RECIPES / "slurm.py", tls, "--jobs", "2", "--cores", "1", "--port", str(free_port())]
    mine = {**env, "PATH": f"{path}:{os.environ['PATH']}", "JOBS": str(jobs)}
    process = subprocess.Popen(command, env=mine, stdout=-1, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path)
    try:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        assert said[:4] == ["grader", "run", "submissions", "--dask"]
        grades(handed, tmp_path / "out", said[4], env)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        for file in jobs.glob("*.pid"):
            subprocess.run(["kill", "--", f"-{file.read_text().strip()}"], capture_output=True)
    assert all("#SBATCH -n 1" in file.read_text() for file in jobs.glob("*.sh"))


@contextmanager
def pods(tls: Path, address: str, env: dict[str, str]) -> Iterator[None]:
    """The containers of deploy/dask/kubernetes.yaml as processes, two of the worker's."""
    parts = list(yaml.safe_load_all((RECIPES / "kubernetes.yaml").read_text()))
    [told] = [part["data"] for part in parts if part["kind"] == "ConfigMap"]
    told = {name: value.replace("/tls/", f"{tls}/") for name, value in told.items()}
    containers = [part["spec"]["template"]["spec"]["containers"][0] for part in parts if part["kind"] == "Deployment"]
    host, _, port = address.removeprefix("tls://").partition(":")
    started = []
    try:
        for container in [containers[0], *[containers[1]] * 2]:
            words = [word.replace("grader-scheduler:8786", f"{host}:{port}") for word in container["command"]]
            words = [DASK, *(port if word == "8786" else word for word in words[1:])]
            mine = {**os.environ, **told}
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            started.append(subprocess.Popen(words, env=mine, start_new_session=True, **quiet))  # type: ignore[call-overload]
        yield
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


@pytest.mark.slow
def test_kubernetes(handed: Path, tmp_path: Path) -> None:
    """A scheduler and two workers, as their containers start them."""
    env, address = certificates(tmp_path / "tls"), f"tls://127.0.0.1:{free_port()}"
    with pods(tmp_path / "tls", address, env):
        grades(handed, tmp_path / "out", address, env)


def test_pods_have_the_walls_of_the_job() -> None:
    """Nothing runs as root, gains rights, or writes to its image; what a worker mounts is there."""
    for file in ("dask/kubernetes.yaml", "job.yaml"):
        for part in yaml.safe_load_all((ROOT / "deploy" / file).read_text()):
            if part["kind"] not in ("Deployment", "Job"):
                continue
            pod: dict[str, Any] = part["spec"]["template"]["spec"]
            assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
            [container] = pod["containers"]
            walls = container["securityContext"]
            assert walls["readOnlyRootFilesystem"] and not walls["allowPrivilegeEscalation"]
            assert walls["capabilities"] == {"drop": ["ALL"]}
            volumes = {volume["name"] for volume in pod["volumes"]}
            assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
