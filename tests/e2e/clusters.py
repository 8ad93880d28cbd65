"""A Dask cluster on this machine as the recipes of deploy/dask start it: with TLS, and an `ssh` that stays here."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases import ROOT

pytest.importorskip("distributed")
from distributed import Client, Security

RECIPES = ROOT / "deploy" / "dask"
DASK = str(Path(sys.executable).with_name("dask"))
SSH = """#!/bin/sh
while [ "${1#-}" != "$1" ]; do [ "$1" = -o ] && shift; shift; done
shift  # the machine: it is this one
exec sh -c "$*"
"""


@dataclass(frozen=True)
class Running:
    """A cluster that runs: `env` is what `. FOLDER/tls.env` sets."""

    address: str
    env: dict[str, str]
    pid: int
    hold: Path  # see held.py

    @contextmanager
    def held(self, answers: int) -> Iterator[None]:
        """Each worker answers so many, and then waits; until the end, or until `hold` is removed."""
        self.hold.write_text(str(answers))
        try:
            yield
        finally:
            self.hold.unlink(missing_ok=True)


def certificates(folder: Path) -> dict[str, str]:
    """Made by the recipe; the environment with what it tells to source."""
    subprocess.run(["sh", RECIPES / "certificates.sh", folder], check=True, capture_output=True)
    said = subprocess.check_output(["sh", "-c", '. "$0"/tls.env && env', folder], text=True)
    told = dict(line.partition("=")[::2] for line in said.splitlines())
    return {**os.environ, **{name: value for name, value in told.items() if name.startswith("DASK_")}}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def by_ssh(folder: Path, workers: int = 1, machines: int = 2, **more: str) -> Iterator[Running]:
    """What deploy/dask/machines.sh starts."""
    env, port, path = certificates(folder / "tls"), free_port(), folder / "bin"
    path.mkdir()
    (path / "ssh").write_text(SSH)
    (path / "ssh").chmod(0o755)
    told = {"PATH": f"{path}:{os.environ['PATH']}", "HERE": "127.0.0.1", "DASK": DASK, "WORKERS": str(workers)}
    scratch = {"DASK_TEMPORARY_DIRECTORY": str(folder / "scratch"), "GRADER_TEST_HOLD": str(folder / "hold")}
    scratch["DASK_DISTRIBUTED__WORKER__PRELOAD"] = str(Path(__file__).with_name("held.py"))
    command = ["sh", str(RECIPES / "machines.sh"), str(folder / "tls"), str(port)]
    command += [f"machine{number}" for number in range(machines)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, env={**env, **told, **scratch, **more}, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield Running(f"tls://127.0.0.1:{port}", env, process.pid, folder / "hold")
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(folder / "scratch", ignore_errors=True)


def secured(env: dict[str, str]) -> Security:
    told = {name.removeprefix("DASK_DISTRIBUTED__COMM__TLS__").lower(): value for name, value in env.items()}
    names = {f"tls_{name.replace('__', '_')}": told[name] for name in ("client__cert", "client__key", "ca_file")}
    return Security(require_encryption=True, **names)


def wait_for_workers(address: str, env: dict[str, str], count: int) -> None:
    """Until so many have come."""
    with Client(address, security=secured(env), set_as_default=False, timeout=60) as client:
        client.wait_for_workers(count, timeout=120)
