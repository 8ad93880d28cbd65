"""What a pool's processes are asked to do: these functions are named to them, and the coordinator, which names them,
need not load what they load, PyTorch above all.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import select
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from grader.records import Result, Submission
from grader.running.setting import Order, Setting

if TYPE_CHECKING:
    from grader.running.worker import Worker

_worker: Worker | None = None


def start(setting: Setting, control: socket.socket | None, log: Path) -> None:
    """The initializer of a pool's process. Without the control socket of a host, kernels are cold."""
    global _worker
    end_with_coordinator()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the coordinator's to handle
    from grader.kernel.outside.launch import ColdLauncher, WarmLauncher
    from grader.running.worker import Worker

    _worker = Worker(setting, WarmLauncher(control, log) if control else ColdLauncher(setting.walls))


def grade_here(submission: Submission, order: Order) -> Result:
    """The task of a pool's process."""
    assert _worker is not None
    return _worker.grade(submission, order)


def end_with_coordinator() -> None:
    """End this pool process when the coordinator ends, however that happens.

    Its parent is the process that it was forked from, which lives as long as its children do. What tells is a pipe
    that only the coordinator can write to: when it closes, the system sends SIGIO, and that ends us.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None
    fd = parent.sentinel
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(fd, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([fd], [], [], 0)[0]:  # it closed before we asked to be told
        os._exit(1)
