"""A worker: a trusted process with torch, pytest and the reference loaded, that forks processes which grade.

    python -P -s -B -m grader.running.worker FD    be one in a process of its own (where forking is not safe)

A grading process that dies is our fault, not the student's: the submission is unjudged. The worker itself runs no
thread and touches no device, so that its forks work; where a loaded process cannot be forked it grades in place.

It is told what to do on a socket: first a setting, then one submission after another; each is answered with a Result.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

import numpy.ctypeslib
import numpy.random  # noqa: F401  # NumPy loads these two when they are first asked for
import torch

from grader.course.catalog import Course
from grader.devices import CPU, is_real, lease
from grader.errors import CourseError, InternalError
from grader.grading.environment import versions_for
from grader.grading.needed import Given, given
from grader.grading.pipeline import Bench, evidence, grade, together
from grader.judge.suite import Suite, load_public_suite, load_suite, rehearse
from grader.kernel.outside.launch import ColdLauncher, Launcher, WarmLauncher
from grader.kernel.outside.patience import MOST
from grader.kernel.outside.provisioner import find_provisioners
from grader.locks import try_lock
from grader.records import Check, Execution, Result, Status, Submission
from grader.running.grader import Grader, Learned
from grader.running.listener import Listener, for_order
from grader.running.setting import EVERYTHING, MOST_NEWS, Kernels, Order, Setting
from grader.sandbox.linux import die_with_parent
from grader.sandbox.scratch import make_scratch, remove_tree
from grader.storage import adapter, from_json, to_json

SLOTS = 300
CHANGED = "it was changed while the class was graded"

for _kind in (Setting, Submission, Order, Result):  # what every worker needs, made before they are forked
    adapter(_kind)
find_provisioners()


def serve(sock: socket.socket, control: socket.socket | None = None) -> None:
    """Be a worker until the other end of `sock` closes. Without the control socket of a host, kernels are cold."""
    die_with_parent()
    connection = Connection(sock.detach())
    told = json.loads(connection.recv_bytes())
    os.environ.update(told["environment"])
    os.chdir(told["folder"])
    setting = from_json(Setting, told["setting"])
    warm = WarmLauncher(control, Path(told["log"]), told["guarded"]) if control else None
    worker = Worker(setting, warm or ColdLauncher(setting.walls), told["hashes"])
    while True:
        try:
            told = json.loads(connection.recv_bytes())
        except EOFError:
            return
        worker.learn(told["news"])
        said = worker.answer(from_json(Submission, told["submission"]), from_json(Order, told["order"]))
        try:
            connection.send_bytes(said.encode("utf-8", "replace"))
            connection.send_bytes(worker.news().encode())
        except OSError:  # nobody waits for it any more
            return


class Worker:
    """Grades submissions one after another.

    Args:
        hashes: of the suites, by assignment, when the class began.
    """

    def __init__(self, setting: Setting, launcher: Launcher, hashes: Mapping[str, str] | None = None) -> None:
        torch.set_num_threads(1)
        self.hashes = hashes or {}
        self.setting, self.course = setting, Course(setting.root)
        self.versions = versions_for(self.course)
        self.launcher = launcher
        self.slot, self._slot_lock = take_slot()
        self.suites: dict[tuple[str, bool], Suite] = {}
        self.given: dict[str, Given | None] = {}  # by assignment: which cells need not run
        self.listeners: dict[str, Listener] = {}  # by assignment
        self.graders: dict[tuple[str, bool], Grader] = {}  # by assignment, and for its public checks
        self.heard: dict[tuple[str, bool], list[Learned]] = {}  # from other workers, until it is needed
        self.told: list[tuple[str, bool, Learned]] = []  # for other workers

    def bench(self, id: str, public: bool) -> Bench:
        """The bench of an assignment, its suite loaded on first use. Raises CourseError."""
        setting, device = self.setting, self.setting.device_for(self.course.assignment(id))
        if (id, public) not in self.suites:
            early = device == CPU  # otherwise the reference runs in each submission's own process
            suite = load_public_suite(self.course, id) if public else load_suite(self.course, id, reference=early)
            if suite.reference:
                rehearse(suite)
            self._must_be_as_told(suite)
            self.suites[id, public] = suite
            if not public:  # who asks public checks wants to see every cell run
                self.given[id] = given(self.course, id)
        suite = self.suites[id, public]
        for learned in self.heard.pop((id, public), ()):
            learned.by(suite)
        handed_out = None if public else self.given[id]
        common = (suite, self.launcher, self.versions, device, setting.walls, setting.seed, self.slot)
        return Bench(*common, given=handed_out)

    def answer(self, submission: Submission, order: Order) -> str:
        """`+` and the JSON of a Result; `-` and the JSON of what is wrong with the course; or `!` and a traceback."""
        try:
            return "+" + self.grade(submission, order)
        except CourseError as error:
            return "-" + json.dumps([error.where, error.what, error.fix])
        except Exception:
            return "!" + traceback.format_exc()

    def news(self) -> str:
        """What others need not find out any more, as JSON, and nothing twice; empty where there is nothing."""
        told, self.told = self.told, []
        return json.dumps([(id, public, one.played, one.passed) for id, public, one in told]) if told else ""

    def learn(self, news: Sequence[str]) -> None:
        """Hear what other workers of this class have to tell."""
        for id, public, played, passed in (one for text in news for one in json.loads(text)):
            heard, learned = self.heard.setdefault((id, public), []), Learned(played, passed)
            if sum(one.length for one in heard) + learned.length <= MOST_NEWS:
                heard.append(learned)

    def _must_be_as_told(self, suite: Suite) -> None:
        """Raise CourseError for a suite that is not what it was when the class began: students' code ran since."""
        id = suite.assignment.id
        due = self.hashes.get(id, suite.sha)
        if suite.sha and not suite.sha == due == self.course.suite_hash(id):
            raise CourseError(suite.folder, CHANGED, "put it back, and run again: it goes on from there")

    def grade(self, submission: Submission, order: Order = EVERYTHING) -> str:
        """The Result of a submission as JSON; every check unjudged when we fail. Raises CourseError for a broken suite.

        On a real device it is graded alone, and once more if the device's memory ran out: that may have been another
        program's fault.
        """
        bench = for_order(self.bench(submission.assignment, order.public), order)
        if order.given_up:
            return to_json(unjudged(submission, bench, order.given_up))
        if order.heard and self.setting.kernels is Kernels.WARM and not is_real(bench.device):
            if result := self._judged_again(submission, order, bench):
                return result
            order, bench = replace(order, heard={}), replace(bench, heard={})
        with lease(bench.device) as card:
            bench = replace(bench, card=card)
            result = self._grade(submission, order, bench)
            if is_real(bench.device) and out_of_memory(from_json(Result, result)):
                result = self._grade(submission, order, bench)
        return result

    def _judged_again(self, submission: Submission, order: Order, bench: Bench) -> str:
        """The Result as JSON, of what a kernel answered before; nothing where one must be asked."""
        id = submission.assignment
        listener = self.listeners.get(id) or self.listeners.setdefault(id, Listener(bench))
        result = listener.result(submission, order, longest(bench))
        if result is None:
            self.listeners.pop(id).close()
        return result or ""

    def _grade(self, submission: Submission, order: Order, bench: Bench) -> str:
        scratch = make_scratch()
        try:
            if self.setting.kernels is Kernels.COLD:
                return to_json(grade(submission, bench, scratch))
            return self._by_fork(submission, order, bench, scratch)
        except (InternalError, CourseError) as error:
            return to_json(unjudged(submission, bench, str(error)))
        except Exception:  # whatever it is, it costs this submission only
            return to_json(unjudged(submission, bench, traceback.format_exc()[-4000:]))
        finally:
            with suppress(OSError):  # processes that it left without walls; what stays goes at the next start
                remove_tree(scratch)

    def _by_fork(self, submission: Submission, order: Order, bench: Bench, scratch: Path) -> str:
        """The Result as JSON, of a grading process: of one that there is, or of a new one."""
        key = submission.assignment, order.public
        if key not in self.graders:
            self.graders[key] = Grader(self.bench(*key))  # and not as this order changes it
        grader = self.graders[key]
        try:
            result = grader.result(submission, order, bench.card, scratch, longest(bench))
            if grader.learned:
                self.told.append((*key, grader.learned))
            return result
        finally:
            if grader.used_up:
                self.graders.pop(key).close()


def longest(bench: Bench) -> float:
    """Seconds after which a grading process has gone wrong."""
    limits = bench.suite.assignment.limits
    return MOST * (limits.submission + limits.check * len(bench.suite.planned)) * 2 + 60


def out_of_memory(result: Result) -> bool:
    """Whether a cell or a check met the end of a device's memory."""
    traces = [*(cell.trace for cell in result.execution.cells), *(check.trace for check in result.checks)]
    return any("OutOfMemoryError" in trace.kinds for trace in traces if trace)


def take_slot() -> tuple[int, IO[str]]:
    """A number that no other worker on this machine has, and the lock that says so while it is open."""
    for slot in range(SLOTS):
        try:
            lock = Path(tempfile.gettempdir(), f"grader-slot-{slot}.lock").open("a")  # noqa: SIM115  (held for life)
        except OSError:  # another user's
            continue
        if try_lock(lock.fileno()):
            return slot, lock
        lock.close()
    raise InternalError(f"more than {SLOTS} workers on one machine")


def unjudged(submission: Submission, bench: Bench, why: str) -> Result:
    """A Result that judges nothing that was to be asked; `why` is for staff."""
    planned = [one for one in bench.suite.planned if not bench.questions or one.question in bench.questions]
    checks = [Check(one.question, one.name, one.promise, Status.UNJUDGED, staff=why) for one in planned]
    ran = Execution((), 0.0, bench.kept_deaths)
    return Result(submission, ran, together(checks, bench), evidence(submission, bench, 0.0))


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
