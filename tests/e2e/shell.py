"""A shell in which `grader` is the command line of this process: the script is a shell's, PyTorch is loaded already."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cases import Done, grader

ASKS = """
import json, os, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect(os.environ["GRADER_DOOR"])
door.sendall(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode())
door.shutdown(socket.SHUT_WR)
code, printed, told = json.load(door.makefile())
sys.stdout.write(printed)
sys.stderr.write(told)
sys.exit(code)
"""


def install(folder: Path) -> None:
    """Put the command `grader` there."""
    (folder / "grader").write_text(f"#!{sys.executable} -SI\n{ASKS}", encoding="utf-8")
    (folder / "grader").chmod(0o755)


def bash(script: str, cwd: Path, env: Mapping[str, str], folder: Path) -> Done:
    """What a runner starts; `folder` is where the command was put, on the path that `env` names, and is short.

    The command line answers in the main thread, since it listens for Ctrl-C.
    """
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    with socket.socket(socket.AF_UNIX) as door, ThreadPoolExecutor(1) as beside:
        door.bind(str(folder / "door"))
        try:
            door.listen()
            door.settimeout(0.02)
            told = {**env, "GRADER_DOOR": str(folder / "door")}
            done = beside.submit(
                subprocess.run, command, cwd=cwd, env=told, capture_output=True, text=True, timeout=600
            )
            while not done.done():
                _answer(door)
            return done.result()
        finally:
            (folder / "door").unlink()


def _answer(door: socket.socket) -> None:
    """One command, if there is one by now."""
    try:
        guest = door.accept()[0]
    except TimeoutError:
        return
    with guest, guest.makefile("rw", encoding="utf-8") as file:
        words, cwd, env = json.load(file)
        done = grader(*words, course=None, cwd=Path(cwd), env=env)
        json.dump([done.returncode, done.stdout, done.stderr], file)
