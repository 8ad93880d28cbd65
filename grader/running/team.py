"""The workers of a run as the coordinator sees them: each holds one submission at a time.

The coordinator names the worker's module and loads nothing of it, PyTorch above all.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
from collections.abc import Collection, Iterator, Mapping
from multiprocessing.connection import Connection, wait
from pathlib import Path

from grader.errors import CourseError, InternalError
from grader.kernel.modules import EVERYTHING
from grader.kernel.outside.start import PYTHON, Ancestor, open_ancestor, tuned_environment
from grader.records import Result, Submission
from grader.running.setting import Kernels, Order, Setting
from grader.storage import from_json, to_json

WORKER = "grader.running.worker"
AWAKE = 0.5  # seconds between looks whether Ctrl-C was pressed

Ordered = tuple[Submission, Order]


class Team:
    """Workers, and the kernel host that they share. Who makes one closes it.

    Args:
        parts: what the class uses beside PyTorch, see grader.kernel.modules.
        hashes: of the suites, when the class began; a worker that finds another one refuses.
    """

    def __init__(self, setting: Setting, parts: Collection[str], hashes: Mapping[str, str]) -> None:
        self.setting, self.parts, self.hashes = setting, frozenset(parts), hashes
        self._ancestor: Ancestor | None = None
        if setting.kernels is Kernels.WARM:
            self._ancestor = open_ancestor(setting.walls.word, sorted(parts))
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}
        self._cold: list[subprocess.Popen[bytes]] = []

    def close(self) -> None:
        """End the workers, then the host. What they were doing is lost."""
        for connection in (*self._idle, *self._busy):
            connection.close()
        for process in self._cold:
            process.kill()
            process.wait()
        if self._ancestor is not None:
            self._ancestor.close()

    def answer(self, orders: Iterator[tuple[int, Ordered]], workers: int) -> Iterator[tuple[int, Result | None]]:
        """The number of each order with its Result as soon as it is there; None when the worker that had it died.

        Raises CourseError when a suite is broken, KernelHostError when no worker can be had.
        """
        upcoming = next(orders, None)
        try:
            while upcoming or self._busy:
                while upcoming and len(self._busy) < workers:
                    number, (submission, order) = upcoming
                    connection = self._idle.pop() if self._idle else self._hire()
                    self._busy[connection] = number
                    _tell(connection, {"submission": to_json(submission), "order": to_json(order)})
                    upcoming = next(orders, None)  # loaded while the workers are busy
                for ready in wait(list(self._busy), AWAKE):
                    assert isinstance(ready, Connection)
                    yield self._busy.pop(ready), self._hear(ready)
        finally:  # what nobody waits for any more is answered to nobody
            while self._busy:
                self._busy.popitem()[0].close()

    def _hire(self) -> Connection:
        """A new worker, who hears the setting."""
        if self._ancestor is not None:
            log, sock = str(self._ancestor.log), self._ancestor.worker(WORKER)
        else:
            log, sock = "", self._start_cold()
        connection = Connection(sock.detach())
        tuned = tuned_environment()
        own = {name: value for name, value in os.environ.items() if name not in tuned}
        guarded = not self.parts.issuperset(EVERYTHING)
        told = {"setting": to_json(self.setting), "folder": str(Path.cwd()), "environment": own}
        _tell(connection, {**told, "log": log, "guarded": guarded, "hashes": dict(self.hashes)})
        return connection

    def _start_cold(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            environment = {**os.environ, **tuned_environment()}
            command = [*PYTHON, WORKER, str(fd)]
            self._cold.append(subprocess.Popen(command, env=environment, pass_fds=[fd], start_new_session=True))
        return ours

    def _hear(self, connection: Connection) -> Result | None:
        """What a worker says, who is then idle again; None when it has died."""
        try:
            said = connection.recv_bytes().decode()
        except (EOFError, OSError):
            connection.close()
            return None
        self._idle.append(connection)
        if said[0] == "-":
            raise CourseError(*json.loads(said[1:]))
        if said[0] == "!":
            raise InternalError(said[1:])
        return from_json(Result, said[1:])


def _tell(connection: Connection, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):  # it has died; reading from it will say so
        connection.send_bytes(json.dumps(message).encode())
