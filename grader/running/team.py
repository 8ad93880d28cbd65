"""The crew of one machine: worker processes, each of which holds one submission at a time.

Who has it names the worker's module and loads nothing of it, PyTorch above all.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
from collections.abc import Collection, Mapping
from multiprocessing.connection import Connection, wait
from pathlib import Path

from grader.kernel.modules import EVERYTHING
from grader.kernel.outside.start import PYTHON, Ancestor, open_ancestor, tuned_environment
from grader.records import Result
from grader.running.crew import Ordered, understood
from grader.running.setting import MOST_NEWS, Kernels, Setting
from grader.storage import to_json

WORKER = "grader.running.worker"
AWAKE = 0.5  # seconds between looks whether Ctrl-C was pressed


class Team:
    """Workers, and the kernel host that they share; see Crew.

    Args:
        parts: what the class uses beside PyTorch, see grader.kernel.modules.
        hashes: of the suites, when the class began; a worker that finds another one refuses.
        workers: how many there are at most.
        many: submissions will come, see grader.kernel.outside.start.
    """

    deaths = 1

    def __init__(
        self,
        setting: Setting,
        parts: Collection[str],
        hashes: Mapping[str, str],
        workers: int = 1,
        many: bool = True,
    ) -> None:
        self.setting, self.parts, self.hashes, self.workers = setting, frozenset(parts), hashes, workers
        self._ancestor: Ancestor | None = None
        if setting.kernels is Kernels.WARM:
            self._ancestor = open_ancestor(setting.walls.word, sorted(parts), many)
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}
        self._cold: list[subprocess.Popen[bytes]] = []
        self._news: dict[Connection, list[str]] = {}  # what each worker has not heard yet of what others found out

    def close(self) -> None:
        """End the workers, then the host. What they were doing is lost."""
        for connection in (*self._idle, *self._busy):
            connection.close()
        for process in self._cold:
            process.kill()
            process.wait()
        if self._ancestor is not None:
            self._ancestor.close()

    def room(self) -> bool:
        return len(self._busy) < self.workers

    def submit(self, number: int, ordered: Ordered) -> None:
        self.send(number, *map(to_json, ordered))

    def result(self) -> tuple[int, Result | None]:
        number, said = self.said()
        return number, None if said is None else understood(said)

    def send(self, number: int, submission: str, order: str) -> None:
        """As `submit`, of what is JSON already."""
        connection = self._idle.pop() if self._idle else self._hire()
        self._busy[connection] = number
        news, self._news[connection] = self._news.get(connection, []), []
        _tell(connection, {"submission": submission, "order": order, "news": news})

    def said(self) -> tuple[int, str | None]:
        """As `result`, in the worker's own words; see `understood`."""
        while not (ready := wait(list(self._busy), AWAKE)):
            pass
        connection = ready[0]
        assert isinstance(connection, Connection)
        return self._busy.pop(connection), self._hear(connection)

    def forget(self) -> None:
        while self._busy:  # to whom nobody listens any more, nobody can answer
            connection, _ = self._busy.popitem()
            self._news.pop(connection, None)
            connection.close()

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

    def _hear(self, connection: Connection) -> str | None:
        """What a worker says, who is then idle again; None when it has died."""
        try:
            said, news = connection.recv_bytes().decode(), connection.recv_bytes().decode()
        except (EOFError, OSError):
            self._news.pop(connection, None)
            connection.close()
            return None
        self._idle.append(connection)
        if news:
            self._pass_on(connection, news)
        return said

    def _pass_on(self, teller: Connection, news: str) -> None:
        """Keep what one worker found out until the others are told; of too much they must find out some themselves."""
        for connection, known in self._news.items():
            if connection is not teller and sum(map(len, known)) + len(news) <= MOST_NEWS:
                known.append(news)


def _tell(connection: Connection, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):  # it has died; reading from it will say so
        connection.send_bytes(json.dumps(message).encode())
