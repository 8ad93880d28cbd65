"""Starting the ancestor of a run: as early as can be, since loading PyTorch is what a run waits for.

So this module loads little itself.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from grader.errors import KernelHostError
from grader.folders import cache_folder
from grader.sandbox.policy import FOR_TORCH, PROGRAMS
from grader.sandbox.scratch import make_scratch, remove_tree, tail

# Not -I: it would not read the seed of hashes, and the environment is ours anyway.
PYTHON = (sys.executable, "-P", "-s", "-B", "-m")


def tuned_environment() -> dict[str, str]:
    """What every process of ours that loads PyTorch is started with.

    With huge pages for what libraries allocate there are fewer page tables to copy in a fork. Python's small objects
    stay apart from it, in its own allocator: each fork writes to them, if only to count references, and what it writes
    to is copied. With a fixed seed of hashes a set of texts has the same order in every run: to grade twice gives the
    same grade.
    """
    return {
        **FOR_TORCH,
        "PYTHONHASHSEED": "0",
        "MPLCONFIGDIR": str(cache_folder() / "matplotlib"),  # keeps the list of fonts between runs
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    }


def clean_environment() -> dict[str, str]:
    """What a host or a cold kernel may know of the instructor's environment: nothing of it."""
    return {"PATH": PROGRAMS, "LANG": "C.UTF-8", "HOME": "/", **tuned_environment()}


class Ancestor:
    """The process that loads PyTorch once, and what is forked from it: a kernel host, one for all workers, and they."""

    control: socket.socket  # of the host

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._opened = False
        self._folder = make_scratch()
        self.log = self._folder / "host.log"
        self._log = self.log.open("wb")
        self.process = subprocess.Popen(
            [*PYTHON, "grader.kernel.inside.ancestor", str(theirs.fileno())],
            env=clean_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C is for the coordinator
        )
        theirs.close()

    def host(self, walls: str, parts: Iterable[str], many: bool = False) -> None:
        """Have a kernel host forked, once, that has loaded some parts; it hears on the socket `control`.

        Args:
            many: submissions will follow: what makes each faster may cost time now.
        """
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._opened = True
        with theirs:
            self._order({"load": list(parts), "walls": walls, "many": many}, theirs)

    def worker(self, module: str) -> socket.socket:
        """Have a process forked that runs `module.serve` with two sockets: one to us, and the host's."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._order({"run": module}, theirs, self.control)
        return ours

    def _order(self, order: dict[str, object], *sockets: socket.socket) -> None:
        try:
            socket.send_fds(self._orders, [json.dumps(order).encode()], [sock.fileno() for sock in sockets])
        except OSError as error:
            raise KernelHostError(f"the process that kernels come from is gone: {last_line(self.log)}") from error

    def close(self) -> None:
        """End it, and with it every worker and kernel. One that has loaded for nothing is not waited for."""
        if self._opened:
            self.control.close()
        else:
            self.process.kill()
        self._orders.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
        remove_tree(self._folder)


_waiting: list[Ancestor] = []


def start_early() -> None:
    """Start an ancestor that the next run will want."""
    _waiting.append(Ancestor())


def open_ancestor(walls: str, parts: Iterable[str], many: bool = False) -> Ancestor:
    """The ancestor that waits for a run, or a new one, with a kernel host that has loaded some parts."""
    ancestor = _waiting.pop() if _waiting else Ancestor()
    ancestor.host(walls, parts, many)
    return ancestor


def end_unused() -> None:
    """End the ancestor that nobody wanted."""
    while _waiting:
        _waiting.pop().close()


def last_line(log: Path) -> str:
    """The last line of a log file, empty when there is none."""
    lines = tail(log).decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
