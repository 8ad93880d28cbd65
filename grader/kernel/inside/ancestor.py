"""The ancestor of a run: a process that loads PyTorch once, for the kernel host and the workers, its forks.

    python -P -s -B -m grader.kernel.inside.ancestor FD

Between the two lies the line between what stands beside students' code and what is trusted. It is exec'ed with a clean
environment and is told nothing of a course, a notebook or a suite: so there is nothing in its memory that the host's
children must not see. Workers hear what they are to do on sockets of their own, after the fork.

Orders come on the socket FD, each a JSON object with the sockets that it is about:

    {"load": [parts], "walls": level, "many": true}    load these parts and fork the host, with its control socket; many
                                                       forks will follow, or not. Comes first, once.
    {"run": module}                      fork a process and call `module.serve`; with the sockets that it is given
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

MAX_ORDER = 1 << 12


def main() -> None:
    orders = socket.socket(fileno=int(sys.argv[1]))
    gc.disable()
    from grader.kernel.modules import FIRST, load
    from grader.sandbox.hugepages import gather

    load(FIRST)
    told, fds = receive(orders)
    if told is None:
        os._exit(0)
    load((), told["load"])
    if told["many"]:
        gather()
    host = fork([orders], be_host, told["walls"], fds[0], told["load"], os.getpid())
    os.close(fds[0])
    workers: list[int] = []
    while True:
        order, fds = receive(orders)
        if order is None:
            end(host, workers)
        module = importlib.import_module(order["run"])  # before the fork: once for all
        gc.freeze()
        workers.append(fork([orders], be_worker, module.serve, fds))
        for fd in fds:
            os.close(fd)


def receive(orders: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """The next order, None when nobody is there any more to give one; and the descriptors that came with it."""
    message, fds, _, _ = socket.recv_fds(orders, MAX_ORDER, 2)
    return (json.loads(message) if message else None), list(fds)


def fork(closed: Sequence[socket.socket], work: Callable[..., None], *arguments: object) -> int:
    """Fork a child that does some work and ends; returns its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        for sock in closed:
            sock.close()
        work(*arguments)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def be_host(walls: str, control: int, parts: Sequence[str], parent: int) -> None:
    from grader.kernel.inside import host

    host.serve(walls, socket.socket(fileno=control), parts, parent)


def be_worker(serve: Callable[..., None], fds: Sequence[int]) -> None:
    gc.enable()
    serve(*(socket.socket(fileno=fd) for fd in fds))


def end(host: int, workers: Sequence[int]) -> NoReturn:
    """End what is left of the run. The host ends by itself, and its kernels with it, now that nobody asks it."""
    for pid in workers:
        os.kill(pid, signal.SIGKILL)  # nobody has waited for it: the number is still its own
    for pid in (*workers, host):
        os.waitpid(pid, 0)
    os._exit(0)


if __name__ == "__main__":
    main()
