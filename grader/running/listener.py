"""A fork of a worker that judges what kernels answered before, one notebook after another.

Nothing of a student's runs in it, it reads data. So it is one for many: a fork, and a reference that must not run in
the worker itself, cost more than such a verdict does.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from functools import partial

from grader import devices
from grader.errors import InternalError
from grader.grading.pipeline import Bench, judged_again
from grader.judge.suite import Suite, with_reference
from grader.records import Submission
from grader.running.fork import Answers, Fork
from grader.running.setting import Order
from grader.storage import from_json, to_json


class Listener:
    """To be used where processes are forked, and where the assignment's device is no real one, which is leased."""

    def __init__(self, bench: Bench) -> None:
        self._fork = Fork(partial(_begin, bench))

    def result(self, submission: Submission, order: Order, seconds: float) -> str | None:
        """The Result as JSON, nothing where only a kernel can tell; None when it has died or takes too long."""
        told = {"submission": to_json(submission), "order": to_json(order)}
        try:
            return self._fork.ask(json.dumps(told), seconds)
        except InternalError:
            return None

    def close(self) -> None:
        """End it."""
        self._fork.close()


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


def _begin(bench: Bench) -> Answers:
    """In the fork, which goes on as a process on the device."""
    contextlib.ExitStack().enter_context(devices.on(bench.device))
    return partial(_answer, bench, with_reference(bench.suite))


def _answer(bench: Bench, suite: Suite, text: str) -> str:
    """In the fork; whatever is raised ends it, and then a kernel is asked."""
    told = json.loads(text)
    submission, order = from_json(Submission, told["submission"]), from_json(Order, told["order"])
    result = judged_again(submission, for_order(bench, order), suite)
    return to_json(result) if result else ""
