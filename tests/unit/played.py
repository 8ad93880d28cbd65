"""Verdicts without a kernel: a namespace of this process answers, in as many seconds as a test says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from grader.asking.responder import Responder
from grader.course.catalog import Course
from grader.errors import KernelDied, LimitExceeded
from grader.judge.precedents import Precedents
from grader.judge.replaying import scratch_directory
from grader.judge.suite import Suite, judge, load_suite
from grader.kernel import wire
from grader.kernel.outside.channel import KernelChannel
from grader.kernel.outside.session import Session
from grader.kernel.questions import Heard, Written, reply_header, to_bytes
from grader.kernel.said import Said
from grader.records import Check, Status

TOY, ID = Path(__file__).parents[1] / "submissions" / "course", "01_toy"


class Played(Session):
    """Args:
        names: the namespace.
        seconds: that an answer takes, by how many there were before it.
        dies: the numbers of the questions that end it.
        writes: the numbers of the checks in which too much is written.

    Attributes:
        asked: the questions; limits: the seconds that each was given.
        begun: how many checks have begun.
    """

    def __init__(
        self,
        names: Mapping[str, Any],
        seconds: Callable[[int], float] = lambda number: 0.0,
        dies: frozenset[int] = frozenset(),
        writes: frozenset[int] = frozenset(),
    ) -> None:
        self.responder, self.seconds, self.dies, self.writes = Responder(dict(names)), seconds, dies, writes
        self.asked, self.limits, self.deaths, self.hurried = list[Written](), list[float](), list[str](), False
        self.time, self.begun, self.checks, self.said = 0.0, 0, 0, Said(b"", b"", b"")
        self.clock = SimpleNamespace(now=lambda: self.time)  # type: ignore[assignment]
        self.living = SimpleNamespace(numbered=lambda trace: trace)  # type: ignore[assignment]

    def ready(self) -> None:
        self.begun += 1

    def settle(self) -> None:
        self.checks += 1
        if self.checks in self.writes:
            self._die()

    def hear(self, written: Written, seconds: float) -> Heard:
        number = len(self.asked)
        self.asked.append(written)
        self.limits.append(seconds)
        taken = self.seconds(number)
        self.time += min(taken, seconds)
        if taken > seconds:
            raise LimitExceeded(seconds)
        if number in self.dies:
            self._die()
        reply = self.responder.answer(written.query().fresh())
        return Heard("7", wire.to_text({"id": "7", **reply_header(reply)}), to_bytes(reply.tensors))

    def _die(self) -> None:
        self.deaths.append("The kernel died.")
        self.hurried = True
        raise KernelDied("The kernel died.")

    def channel(self) -> KernelChannel:
        return KernelChannel(self, lambda name: f"`{name}` is not there.")


@cache
def _loaded() -> Suite:
    return load_suite(Course(TOY), ID)


def toy() -> Suite:
    """The suite of the toy course, by which nobody has been judged yet."""
    return replace(_loaded(), precedents=Precedents())


def judged(suite: Suite, session: Played) -> tuple[list[Check], KernelChannel]:
    channel = session.channel()
    with scratch_directory(suite.home) as home:  # the toy suite writes files where it is
        checks = judge(replace(suite, home=home), channel, 0, turn=channel.recorder.turn)
    return [replace(check, seconds=0.0) for check in checks], channel


def alone(suite: Suite, session: Played) -> tuple[list[Check], KernelChannel]:
    """Judged as the first."""
    return judged(replace(suite, precedents=Precedents()), session)


def with_precedent(suite: Suite) -> Suite:
    """The suite, when a right notebook has passed."""
    checks, _ = judged(suite, Played(suite.reference))
    assert {check.status for check in checks} == {Status.PASSED}
    return suite
