"""A fork of a worker that grades submissions, one after another.

What suite and reference keep in memory is there for the next submission, too, as where nothing can be forked. So it is
one for some, and no more once anything else has run in it, such as known mistakes, or something has gone wrong.
"""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from grader.devices import is_real
from grader.errors import CourseError, InternalError
from grader.grading.pipeline import Bench, grade
from grader.judge.state import may_remember
from grader.judge.suite import Suite
from grader.records import Status, Submission
from grader.running.fork import Fork
from grader.running.listener import for_order
from grader.running.setting import Order
from grader.storage import from_json, to_json

SUBMISSIONS = 25  # what they leave in memory ends with the process


@dataclass(frozen=True, slots=True)
class Learned:
    """What mistakes, and what notebooks that passed, have answered, as text."""

    played: str = ""
    passed: str = ""

    def __bool__(self) -> bool:
        return bool(self.played or self.passed)

    @property
    def length(self) -> int:
        return len(self.played) + len(self.passed)

    def by(self, suite: Suite) -> None:
        """See to it that a suite knows it."""
        suite.replies.learn(self.played)
        suite.precedents.learn(self.passed)
        if self.played:  # so that not each process after this one must read it in its mistakes
            for mistake in chain.from_iterable(suite.mistakes.values()):
                may_remember(mistake.source)


class Grader:
    """One of them.

    Attributes:
        used_up: it is to be closed.
        learned: what came to be known with the last result.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._fork = Fork(lambda: partial(_answer, bench))
        self._left = 1 if is_real(bench.device) else SUBMISSIONS  # a device's memory is handed on
        self.used_up, self.learned = False, Learned()

    def result(self, submission: Submission, order: Order, card: int, scratch: Path, seconds: float) -> str:
        """The Result as JSON. What was answered need not be found out for the next. Raises InternalError."""
        told = {"submission": to_json(submission), "order": to_json(order), "card": card, "scratch": str(scratch)}
        told["last"] = self._left == 1
        self.used_up = True  # if it comes to nothing
        said = json.loads(self._fork.ask(json.dumps(told), seconds))
        if "wrong" in said:
            raise InternalError(said["wrong"])
        self.learned = Learned(said["played"], said["passed"])
        self.learned.by(self._bench.suite)
        self._left -= 1
        self.used_up = said["last"]
        return str(said["result"])

    def close(self) -> None:
        """End it."""
        self._fork.close()


def _answer(bench: Bench, text: str) -> str:
    """In the fork: the Result, what mistakes and notebooks answered, and if it was the last; or what went wrong."""
    try:
        told = json.loads(text)
        submission, order = from_json(Submission, told["submission"]), from_json(Order, told["order"])
        bench = replace(for_order(bench, order), card=told["card"])
        result = grade(submission, bench, Path(told["scratch"]))
        played = bench.suite.replies.told()
        odd = any(check.status is Status.UNJUDGED for check in result.checks)
        last = told["last"] or bool(played) or odd
        passed = bench.suite.precedents.told() if last else ""  # until then they are for those who come here
        return json.dumps({"result": to_json(result), "played": played, "passed": passed, "last": last})
    except (InternalError, CourseError) as error:
        return json.dumps({"wrong": str(error)})
    except BaseException:
        return json.dumps({"wrong": traceback.format_exc()[-4000:]})
