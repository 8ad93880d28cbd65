"""The kernel host: a process that has loaded torch once and forks a kernel for each submission.

It is forked from the run's ancestor (kernel/inside/ancestor.py) and answers requests on a control socket. Where
forking is not safe, each kernel is a fresh process:

    python -P -s -B -m grader.kernel.inside.host LEVEL FD PARENT    become one kernel, which ends with that process

It holds nothing worth stealing: its children inherit its memory, so it comes from a process that was exec'ed with a
clean environment, and never sees a notebook, a suite or a reference. It stays single-threaded, opens no ZeroMQ
context, runs no parallel torch operation and does not touch CUDA: a child of a process that did any of these can hang
for ever.

Each request on the control socket carries two sockets: `questions`, which goes to the kernel, and `lifeline`, which
stays here. On the lifeline the host first hands over where the system counts how long the kernel waits for a
processor, and in the end says how it ended; it hears `I` (interrupt) there, and when the other
end closes, for whatever reason, it kills the kernel. So no kernel outlives the process that asked for it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import stat
import sys
import threading
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

from grader.kernel import wire
from grader.kernel.modules import EVERYTHING, FIRST, Guard, load
from grader.sandbox.children import Child
from grader.sandbox.policy import Level, Policy
from grader.sandbox.runqueue import open_schedstat
from grader.sandbox.walls import Sandbox

MAX_REQUEST = 1 << 16
MODULES = (
    "IPython.core.completer",
    "IPython.core.logger",
    "faulthandler",
    "ipykernel.kernelapp",
    "tornado.platform.asyncio",
    "grader.kernel.inside.app",
)


def preload(parts: Collection[str]) -> Guard:
    """Load everything that a kernel needs, without starting a thread; gives a guard against what is left out."""
    gc.disable()  # it would look at all that is loaded again and again
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # 30 MB and 0.1 s that no graded notebook needs
    load((*FIRST, *MODULES), parts)
    import numpy as np
    import torch

    torch.set_num_threads(1)
    torch.randn(4, 4) @ torch.randn(4, 4)  # reads /proc/cpuinfo, which a walled kernel cannot
    np.linalg.inv(np.eye(2))
    guard = Guard(parts)
    guard.install()
    sys.modules["grader.kernel.inside.app"].prepare()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    gc.enable()
    return guard


def check_quiet() -> None:
    """Raise RuntimeError if this process has become one that must not be forked."""
    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    if threads != 1:
        raise RuntimeError(f"the kernel host runs {threads} threads; it must run one before it forks")
    if sys.modules["torch"].cuda.is_initialized():
        raise RuntimeError("the kernel host has initialised CUDA; its children could not use it")


class Host:
    """The fork server's loop."""

    def __init__(self, control: socket.socket, sandbox: Sandbox, guard: Guard) -> None:
        self.control, self.sandbox, self.guard = control, sandbox, guard
        self.kernels: dict[int, tuple[Child, socket.socket]] = {}  # by pid, with the lifeline
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        self.wake, wake_in = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(wake_in, False)
        self.selector.register(self.wake, selectors.EVENT_READ)
        signal.signal(signal.SIGCHLD, lambda signum, frame: None)
        signal.set_wakeup_fd(wake_in)

    def serve(self) -> None:
        """Answer until the control socket closes."""
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.control:
                    if not self.fork():
                        return
                elif key.fileobj == self.wake:
                    self.reap()
                else:
                    self.listen(key.data)

    def fork(self) -> bool:
        """Take one request and fork. Returns False when the control socket has closed."""
        message, fds, _, _ = socket.recv_fds(self.control, MAX_REQUEST, 2)
        if not message:
            return False
        questions, lifeline = (socket.socket(fileno=fd) for fd in fds)
        request = wire.KernelRequest.from_bytes(message)
        child = self.sandbox.fork()
        if child is None:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.guard.stand()
            run_kernel(request, questions, self.sandbox)  # in this very frame: no socket object may be collected
        questions.close()
        clock = open_schedstat(child.pid)
        with contextlib.suppress(OSError):  # who asked is gone: it is noticed on the lifeline
            socket.send_fds(lifeline, [b"C"], [clock] if clock is not None else [])
        if clock is not None:
            os.close(clock)
        self.kernels[child.pid] = (child, lifeline)
        self.selector.register(lifeline, selectors.EVENT_READ, child.pid)
        return True

    def listen(self, pid: int) -> None:
        """Do what a lifeline says: interrupt, or kill when it has closed."""
        if pid not in self.kernels:  # it was reaped a moment ago, in the same round
            return
        child, lifeline = self.kernels[pid]
        try:
            word = lifeline.recv(1)
        except OSError:
            word = b""
        if word == b"I":
            child.interrupt()
        elif not word:
            self.selector.unregister(lifeline)
            child.kill()

    def reap(self) -> None:
        """Look for kernels that are over, and say on their lifelines how they ended."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 4096)
        for pid, (child, lifeline) in list(self.kernels.items()):
            code = child.poll()
            if code is not None:
                del self.kernels[pid]
                with contextlib.suppress(KeyError):
                    self.selector.unregister(lifeline)
                with contextlib.suppress(OSError):
                    lifeline.send(str(code).encode())
                lifeline.close()


def run_kernel(request: wire.KernelRequest, questions: socket.socket, sandbox: Sandbox) -> NoReturn:
    """In the child: redirect what it prints, raise the walls, become the kernel."""
    code = 1
    try:
        _redirect(request.stderr)
        sandbox.enter(Policy.from_plain(request.policy, keep=(questions.fileno(),)))
        from grader.kernel.inside import app

        app.become_kernel(request, questions)
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()  # type: ignore[union-attr]
    finally:
        os._exit(code)


def _redirect(stderr: str) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NOCTTY | os.O_NONBLOCK  # wait for no reader
    log = os.open(stderr, flags, 0o600)
    if not stat.S_ISREG(os.fstat(log).st_mode):
        raise OSError(f"{stderr} is no ordinary file")
    os.set_blocking(log, True)
    for source, target in ((null, 0), (null, 1), (log, 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(log)


def become_one(sandbox: Sandbox, questions: socket.socket) -> NoReturn:
    """Become the one kernel that this process was started for."""
    _, body = wire.receive(questions)
    request = wire.KernelRequest.from_bytes(body)
    child = sandbox.fork() if sandbox.level > Level.NONE else None
    if child is None:
        run_kernel(request, questions, sandbox)
    sandbox.stand_in(child)


def serve(level: str, control: socket.socket, parts: Collection[str], parent: int) -> NoReturn:
    """Be the host, in a process that `parent` forked after loading some parts. At the level FULL its child is."""
    sandbox = Sandbox.prepare(Level[level.upper()], parent)
    guard = preload(parts)
    check_quiet()
    Host(control, sandbox, guard).serve()
    os._exit(0)  # at once: Python would take its leave of every module


def main() -> None:
    level, number, parent = sys.argv[1:]
    sandbox = Sandbox.prepare(Level[level.upper()], int(parent))  # first of all: one thread, no torch yet
    preload(EVERYTHING)
    check_quiet()
    become_one(sandbox, socket.socket(fileno=int(number)))


if __name__ == "__main__":
    main()
