"""What a sandboxed process does in test_sandbox.py, one stunt per process. Its result goes back as JSON."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import resource
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import sandbox_attacks
import sandbox_chores
import torch
import zmq
from sandbox_attacks import Target, call, connect, names

STUNTS: dict[str, Any] = {}


def stunt(function: Any) -> Any:
    STUNTS[function.__name__] = function
    return function


@stunt
def describe(target: Target) -> dict[str, Any]:
    fds = map(int, names("/proc/self/fd"))
    return {
        "environment": dict(os.environ),
        "cwd": str(Path.cwd()),
        "uid": os.getuid(),
        "umask": os.umask(0),
        "fds": sorted(fd for fd in fds if _is_open(fd)),
        "limits": {name: resource.getrlimit(getattr(resource, name))[1] for name in dir(resource) if "RLIMIT_" in name},
        "oom": Path("/proc/self/oom_score_adj").read_text().strip(),
        "root": names("/") if target.get("full") else [],
        "etc": names("/etc") if target.get("full") else [],
        "host": socket.gethostname(),
    }


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


@stunt
def attack_all(target: Target) -> dict[str, str]:
    return sandbox_attacks.attempt_all(target)


@stunt
def work(target: Target) -> dict[str, str]:
    return sandbox_chores.do_chores(target["forking"])


@stunt
def exit_seven(target: Target) -> None:
    os._exit(7)


@stunt
def abort(target: Target) -> None:
    os.abort()


@stunt
def kill_ourselves(target: Target) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@stunt
def terminate_ourselves(target: Target) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@stunt
def crash(target: Target) -> None:
    ctypes.string_at(0)


@stunt
def use_the_32_bit_door(target: Target) -> None:
    call(0x40000000 | 39)


@stunt
def touch_the_first_process(target: Target) -> list[str]:
    """What can be done to process 1 of the namespace, which is outside of the walls."""
    ways = {
        "read its memory": lambda: os.close(os.open("/proc/1/mem", os.O_RDONLY)),
        "read its environment": lambda: Path("/proc/1/environ").read_bytes(),
        "see its root": lambda: Path("/proc/1/root").readlink(),
        "see its files": lambda: Path("/proc/1/fd/0").readlink(),
        "trace it": lambda: call(101, 0x4206, 1, 0, 0),
        "signal it": lambda: os.kill(1, signal.SIGKILL),
    }
    done = []
    for name, way in ways.items():
        with contextlib.suppress(OSError):
            way()
            done.append(name)
    return done


@stunt
def spin(target: Target) -> None:
    while True:
        pass


@stunt
def wait_for_an_interrupt(target: Target) -> str:
    try:
        report(target, "waiting")
        time.sleep(20)
    except KeyboardInterrupt:
        return "interrupted"
    return "slept"


@stunt
def leave_daemons(target: Target) -> str:
    """Children in sessions of their own, deaf to signals, whose parents are gone."""
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                time.sleep(60)
            os._exit(0)
    time.sleep(0.1)
    return "left"


@stunt
def leave_daemons_and_wait(target: Target) -> None:
    report(target, leave_daemons(target))
    time.sleep(60)


@stunt
def signal_everybody(target: Target) -> None:
    with contextlib.suppress(OSError):
        os.kill(-1, signal.SIGURG)


@stunt
def bomb_with_processes(target: Target) -> int:
    """How many children can be made."""
    for count in range(1000):
        try:
            if os.fork() == 0:
                time.sleep(60)
        except OSError:
            return count
    return 1000


@stunt
def fork_for_ever(target: Target) -> None:
    """Each process forks as fast as it can, in a session of its own."""
    report(target, "now")
    while True:
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                os.setsid()


@stunt
def bomb_with_threads(target: Target) -> int:
    threading.stack_size(65536)
    for count in range(2500):
        try:
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        except RuntimeError:
            return count
    return 5000


@stunt
def take_memory(target: Target) -> list[str]:
    """What stops each way of taking 3 GB."""
    stopped = []
    ways = [
        lambda: torch.ones(3 << 28),
        lambda: bytearray(3 << 30),
        lambda: mmap.mmap(-1, 3 << 30),
        lambda: mmap.mmap(-1, 3 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS),
        lambda: np.ones(3 << 27),
    ]
    for way in ways:
        try:
            way()
            stopped.append("nothing")
        except (MemoryError, RuntimeError, OSError) as error:
            stopped.append(type(error).__name__)
    torch.ones(1 << 20).sum()
    return stopped


@stunt
def fill_the_disk(target: Target) -> int:
    """Megabytes that can be written."""
    block = bytes(1 << 20)
    for count in range(1000):
        try:
            Path(f"{target.get('where', '.')}/{count}").write_bytes(block)
        except OSError:
            return count
    return 1000


@stunt
def write_one_file(target: Target) -> int:
    """Megabytes that fit into one file."""
    with Path("big").open("wb", buffering=0) as file:
        for count in range(1000):
            try:
                if file.write(bytes(1 << 20)) < 1 << 20:
                    return count
            except OSError:
                return count
    return 1000


@stunt
def create_in_scratch(target: Target) -> str:
    try:
        Path("../planted").write_text("x")
    except OSError as error:
        return str(error.errno)
    return "created"


@stunt
def spoil_the_folder_for_the_judge(target: Target) -> None:
    """So that a kernel cannot be started in it again."""
    scratch = Path.cwd().parent
    for spoil in (lambda: scratch.chmod(0), lambda: (scratch / "log").unlink(), lambda: (scratch / "work").rename("x")):
        with contextlib.suppress(OSError):
            spoil()


@stunt
def open_files(target: Target) -> int:
    files = []
    try:
        while len(files) < 5000:
            files.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return len(files)
    return 5000


@stunt
def answer_by_zeromq(target: Target) -> str:
    with zmq.Context() as context, context.socket(zmq.REP) as sock:
        sock.bind(f"ipc://{Path.cwd().parent}/z")
        report(target, "bound")
        question = sock.recv()
        sock.send(question.upper())
    return "answered"


@stunt
def nest_folders(target: Target) -> str:
    for _ in range(5000):
        Path("d").mkdir()
        os.chdir("d")
    call(90, b"..", 0)
    return "nested"


@stunt
def leave_a_message(target: Target) -> None:
    """For the neighbour, in every place that two processes could share; then stay."""
    Path("message").write_text("x")
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(f"{Path.cwd().parent}/door")
    sock.listen()
    if target["forking"]:
        other = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        other.bind("\0grader-neighbour")
        other.listen()
        Path("/dev/shm/message").write_text("x")
        Path("/tmp/message").write_text("x")
    report(target, str(os.getpid()))
    time.sleep(60)


@stunt
def read_the_message(target: Target) -> list[str]:
    """What of it can be reached: the neighbour is the target."""
    ways = {
        "its file": lambda: Path(target["folder"], "work/message").read_text(),
        "its folder": lambda: names(target["folder"]),
        "its socket": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, f"{target['folder']}/door"),
        "an abstract socket": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, "\0grader-neighbour"),
        "shared memory": lambda: Path("/dev/shm/message").read_text(),
        "/tmp": lambda: Path("/tmp/message").read_text(),
        "its process": lambda: os.kill(target["pid"], 0),
        "its memory": lambda: os.close(os.open(f"/proc/{target['pid']}/mem", os.O_RDONLY)),
    }
    reached = []
    for name, way in ways.items():
        with contextlib.suppress(OSError):
            way()
            reached.append(name)
    return reached


def report(target: Target, word: str) -> None:
    """Tell the test something while the stunt goes on."""
    os.write(target["report"], word.encode())
