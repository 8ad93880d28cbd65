"""A fork of a worker that judges what kernels answered before, one notebook after another.

Nothing of a student's runs in it, it reads data. So it is one for many: a fork, and a reference that must not run in
the worker itself, cost more than such a verdict does.
"""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NoReturn

from grader import devices
from grader.grading.pipeline import Bench, judged_again
from grader.judge.suite import with_reference
from grader.records import Submission
from grader.running.setting import Order
from grader.sandbox.linux import die_with_parent
from grader.storage import from_json, to_json


class Listener:
    """To be used where processes are forked, and where the assignment's device is no real one, which is leased."""

    def __init__(self, bench: Bench) -> None:
        self._connection, theirs = Pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            self._connection.close()
            _serve(theirs, bench, parent)
        theirs.close()

    def result(self, submission: Submission, order: Order, seconds: float) -> str | None:
        """The Result as JSON, nothing where only a kernel can tell; None when it has died or takes too long."""
        try:
            told = {"submission": to_json(submission), "order": to_json(order)}
            self._connection.send_bytes(json.dumps(told).encode())
            return self._connection.recv_bytes().decode() if self._connection.poll(seconds) else None
        except (EOFError, OSError):
            return None

    def close(self) -> None:
        """End it."""
        self._connection.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def for_order(bench: Bench, order: Order) -> Bench:
    """The bench, set for what is asked of one submission."""
    return replace(
        bench,
        seed=bench.seed if order.seed is None else order.seed,
        questions=order.questions,
        kept=order.kept,
        kept_deaths=order.kept_deaths,
        heard=order.heard,
        ran=order.ran,
    )


def _serve(connection: Connection, bench: Bench, parent: int) -> NoReturn:
    """In the fork: judge until the worker is gone."""
    try:
        die_with_parent(parent)
        with devices.on(bench.device):
            suite = with_reference(bench.suite)
            while True:
                told = json.loads(connection.recv_bytes())
                submission, order = from_json(Submission, told["submission"]), from_json(Order, told["order"])
                result = judged_again(submission, for_order(bench, order), suite)
                connection.send_bytes(to_json(result).encode("utf-8", "replace") if result else b"")
    finally:
        os._exit(0)  # whatever it was: then a kernel is asked
