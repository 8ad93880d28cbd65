"""Many submissions: a pool of workers, results as they come, nothing run twice that has not changed.

The pool is a `concurrent.futures` executor. A worker that dies takes no submission with it: those in its hands are
given to a new pool, once, and are unjudged if that does not help either.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from grader.course.catalog import Course
from grader.course.requirements import packages
from grader.errors import InternalError
from grader.gradebook.store import Key
from grader.grading.environment import environment_hash, versions
from grader.kernel.outside.launch import WarmHost, clean_environment
from grader.records import Result, Status, Submission
from grader.running.setting import Kernels, Order, Setting
from grader.running.tasks import grade_here, start
from grader.sandbox.scratch import left_over, remove_tree

ATTEMPTS = 2
AHEAD = 2  # submissions in the hands of each worker: the one that it grades, and the next
SLOW_MODULES = ("torchvision",)

Ordered = tuple[Submission, Order]
Load = Callable[[Submission], Submission | None]


def keys_of(course: Course, setting: Setting, submissions: Iterable[Submission]) -> dict[str, Key]:
    """By assignment, what a result must have been made with to need no new run."""
    known = versions(packages(course.root))
    return {
        id: Key(course.suite_hash(id), environment_hash(known, device, setting.walls.word), setting.seed)
        for id in {submission.assignment for submission in submissions}
        for device in [setting.device_for(course.assignment(id))]
    }


class Pool:
    """Workers that stay warm between calls; to be used as a context manager.

    Args:
        setting: the same for all workers.
        workers: how many submissions are graded at a time.
    """

    def __init__(self, setting: Setting, workers: int) -> None:
        self.setting, self.workers = setting, workers
        self._executor: Executor | None = None
        self._host: WarmHost | None = None

    def __enter__(self) -> Pool:
        remove_leftovers()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()

    def _start(self, submissions: Sequence[Submission]) -> Executor:
        """A kernel host, and workers that are forked from one process with torch in it.

        That process is exec'ed: what the coordinator has loaded is none of its business.
        """
        os.environ.update({k: v for k, v in clean_environment().items() if k not in ("HOME", "PATH", "LANG")})
        warm = self.setting.kernels is Kernels.WARM
        self._host = WarmHost(self.setting.walls) if warm else None
        context = multiprocessing.get_context("forkserver" if warm else "spawn")
        modules = slow_modules(Course(self.setting.root), {submission.assignment for submission in submissions})
        context.set_forkserver_preload([*modules, "grader.running.preload"])
        told = (self.setting, self._host.control, self._host.log) if self._host else (self.setting, None, Path())
        workers = min(self.workers, len(submissions))
        self._executor = ProcessPoolExecutor(workers, mp_context=context, initializer=start, initargs=told)
        return self._executor

    def _stop(self) -> None:
        """End the workers, then the host; the next submission starts others."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
        if self._host is not None:
            self._host.close()
        self._executor = self._host = None

    def grade(
        self, submissions: Sequence[Submission], *, public: bool = False, load: Load = lambda submission: submission
    ) -> Iterator[Result]:
        """Grade submissions; yields each Result as soon as it is there.

        Args:
            public: ask the public checks instead of the hidden suite.
            load: makes a submission whole before it is graded, so that few are in memory at a time; None: leave it out.

        Raises CourseError when a suite is broken, InternalError when workers cannot be kept alive.
        """
        yield from self.answer([(submission, Order(public)) for submission in submissions], load)

    def answer(self, orders: Sequence[Ordered], load: Load = lambda submission: submission) -> Iterator[Result]:
        """Ask each submission what its order says; yields each Result as soon as it is there. Raises like `grade`."""
        waiting, attempts = list(orders), 0
        while waiting:
            attempts += 1
            again: list[Ordered] = []
            for ordered, result in self._attempt(waiting, load):
                if result is None or (attempts < ATTEMPTS and needs_human(result)):
                    again.append(ordered)
                else:
                    yield result
            if again:
                self._stop()  # whatever went wrong may be in these processes
            if again and attempts > ATTEMPTS:
                names = ", ".join(submission.student.name for submission, _ in again[:5])
                raise InternalError(f"the workers that grade {names} die again and again; grade these alone to see why")
            waiting = again

    def _attempt(self, orders: Sequence[Ordered], load: Load) -> Iterator[tuple[Ordered, Result | None]]:
        """Each order with its result; None when its worker died."""
        executor = self._executor or self._start([submission for submission, _ in orders])
        waiting, running = deque(orders), dict[Future[Result], Ordered]()
        while waiting or running:
            while waiting and len(running) < AHEAD * self.workers:
                ordered = waiting.popleft()
                submission = load(ordered[0])
                if submission is None:
                    continue
                try:
                    running[executor.submit(grade_here, submission, ordered[1])] = ordered
                except BrokenProcessPool:
                    yield ordered, None
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)  # it wakes up to hear Ctrl-C
            for future in done:
                ordered = running.pop(future)
                try:
                    yield ordered, future.result()
                except BrokenProcessPool:
                    yield ordered, None


def slow_modules(course: Course, ids: Collection[str]) -> list[str]:
    """Which modules that take seconds to load the reference solutions speak of: loaded once, not by each worker.

    Where there are no solutions, as on a student's machine, nothing is.
    """
    paths = [path for id in ids if (path := course.solution(id)).is_file()]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return [name for name in SLOW_MODULES if any(name in text for text in texts)]


def needs_human(result: Result) -> bool:
    """Whether a check of it could not be judged."""
    return any(check.status is Status.UNJUDGED for check in result.checks)


def remove_leftovers(alive: Callable[[int], bool] | None = None) -> None:
    """Remove scratch folders of graders that were killed."""
    for path in left_over(alive or _alive):
        with contextlib.suppress(OSError):
            remove_tree(path)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
