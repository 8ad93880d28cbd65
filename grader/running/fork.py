"""A fork of a worker that answers it, one text after another, until it is closed or the worker is gone."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NoReturn

from grader.errors import InternalError
from grader.sandbox.linux import die_with_parent

Answers = Callable[[str], str]


class Fork:
    """One of them.

    Args:
        begin: called in the fork; what it returns answers there.
    """

    def __init__(self, begin: Callable[[], Answers]) -> None:
        self._connection, theirs = Pipe()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            self._connection.close()
            _serve(theirs, begin, parent)
        theirs.close()

    def ask(self, text: str, seconds: float) -> str:
        """Its answer within some seconds. Raises InternalError when none comes; then it is to be closed."""
        with suppress(EOFError, OSError):
            self._connection.send_bytes(text.encode("utf-8", "replace"))
            if not self._connection.poll(seconds):
                raise InternalError(f"the grading process took more than {seconds:.0f} s")
            return self._connection.recv_bytes().decode()
        raise InternalError(f"the grading process ended with exit code {self.close()}")

    def close(self) -> int:
        """End it, if it has not ended itself; its exit code."""
        self._connection.close()
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            ended, self.pid = os.waitpid(self.pid, 0)[1], 0
            self._code = os.waitstatus_to_exitcode(ended)
        return self._code


def _serve(connection: Connection, begin: Callable[[], Answers], parent: int) -> NoReturn:
    """In the fork: answer until nobody asks any more, or until something raises."""
    try:
        die_with_parent(parent)
        gc.freeze()  # to look at what the worker has loaded would touch, and so copy, every page of it
        answers = begin()
        while True:
            connection.send_bytes(answers(connection.recv_bytes().decode()).encode("utf-8", "replace"))
            gc.collect()
    finally:
        os._exit(0)
