"""Many submissions: a pool of workers, results as they come, nothing run twice that has not changed.

A worker that dies takes no submission with it: what was in its hands is given to a new pool, once, and is unjudged if
that does not help either. Only where not even that can be said does the run end.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from grader.course.catalog import Course, hash_files
from grader.devices import SIMULATED
from grader.errors import InternalError, KernelHostError
from grader.gradebook.rows import Key
from grader.grading.environment import environment_hash, versions_for
from grader.kernel import modules
from grader.records import Result, Status, Submission
from grader.running.crew import Crew, Hire, Ordered, answers
from grader.running.setting import Order, Setting
from grader.running.team import Team
from grader.sandbox.scratch import left_over, remove_tree

ATTEMPTS = 2
MANY = 100  # submissions, from which on it pays to make forks cheap first
OWN = Path(__file__).resolve().parents[1]
OWN_CODE = ""  # stands for it where suites stand under their ids

Load = Callable[[Ordered], Ordered | None]


def keys_of(course: Course, setting: Setting, submissions: Iterable[Submission]) -> dict[str, Key]:
    """By assignment, what a result must have been made with to need no new run."""
    known = versions_for(course)
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
        hire: makes who grades; processes on this machine where nothing is said.
    """

    def __init__(self, setting: Setting, workers: int, hire: Hire | None = None) -> None:
        self.setting, self.workers, self._hire = setting, workers, hire
        self._parts: frozenset[str] = frozenset()
        self._crew: Crew | None = None
        self._deaths = 1  # of workers, where there is no result
        self._hashes: dict[str, str] = {}  # of suites and of our own code, before the first line of a student's

    def __enter__(self) -> Pool:
        remove_leftovers()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()
        if any(error):
            remove_leftovers()  # workers may have been ended in the middle of their work

    def _stop(self) -> None:
        """End the workers, then the host; the next submission starts others."""
        if self._crew is not None:
            self._crew.close()
        self._crew = None

    def grade(self, submissions: Sequence[Submission], *, public: bool = False) -> Iterator[Result]:
        """Grade submissions; yields each Result as soon as it is there. Raises like `answer`.

        Args:
            public: ask the public checks instead of the hidden suite.
        """
        yield from self.answer([(submission, Order(public)) for submission in submissions])

    def answer(self, orders: Sequence[Ordered], load: Load = lambda ordered: ordered) -> Iterator[Result]:
        """Ask each submission what its order says; yields each Result as soon as it is there.

        Args:
            load: makes a submission whole before it is graded, so that few are in memory at a time, and its order what
                it must then be; None: leave it out.

        Raises CourseError when a suite is broken, InternalError when workers cannot be kept alive.
        """
        self._load(named_by(self.setting, orders))
        self._note({submission.assignment for submission, _ in orders})
        hurried: list[Ordered] = []
        for ordered, result in self._try(orders, load):
            if result.execution.hurried:
                hurried.append(ordered)
            else:
                yield result
        for ordered in hurried:  # a limit that was met while others had the processor: each alone, before it counts
            yield from (result for _, result in self._try([ordered], load))

    def _try(self, orders: Sequence[Ordered], load: Load) -> Iterator[tuple[Ordered, Result]]:
        """Each order with its result; one that needs a person is tried once more, with other processes."""
        waiting, attempts = list(orders), 0
        while waiting:
            attempts += 1
            again: list[tuple[Ordered, Result | None]] = []
            later: list[Ordered] = []  # what needs more than is loaded: after all others, in a new pool
            for ordered, result in self._attempt(waiting, load, later):
                if result is None or (attempts < ATTEMPTS and needs_human(result)):
                    again.append((ordered, result))
                else:
                    yield ordered, result
            if again:
                self._stop()  # whatever went wrong may be in these processes
            if again and attempts > ATTEMPTS:
                names = ", ".join(submission.student.name for (submission, _), _ in again[:5])
                raise InternalError(f"the workers that grade {names} die again and again; grade these alone to see why")
            if again and (changed := self._changed()):
                yield from _refused(again, changed)
                again = []
            if again or later:
                self._load(modules.EVERYTHING)
            attempts -= not again
            died = attempts * self._deaths
            waiting = later + [
                _given_up(ordered, died) if result is None and died >= ATTEMPTS else ordered
                for ordered, result in again
            ]

    def _note(self, ids: Iterable[str]) -> None:
        """Remember what will judge. What was noted first counts: a student's code may have run since."""
        for id in (OWN_CODE, *ids):
            self._hashes.setdefault(id, self._hash(id))

    def _hash(self, id: str) -> str:
        return hash_files(OWN, [OWN]) if id == OWN_CODE else Course(self.setting.root).suite_hash(id)

    def _changed(self) -> str:
        """What is not what it was when the class began, or nothing."""
        return ", ".join(id or "the grader's own code" for id, due in self._hashes.items() if self._hash(id) != due)

    def _load(self, parts: Iterable[str]) -> None:
        """See to it that the next submissions find some parts loaded, beside all that earlier ones have found."""
        if not self._parts.issuperset(parts):
            self._stop()
            self._parts |= set(parts)

    def _attempt(
        self, orders: Sequence[Ordered], load: Load, later: list[Ordered]
    ) -> Iterator[tuple[Ordered, Result | None]]:
        """Each order with its result; None when its worker died."""
        loaded = ((ordered, whole) for ordered in orders if (whole := load(ordered)) is not None)
        first = list(itertools.islice(loaded, self.workers))
        for _, (submission, _) in first:
            self._load(modules.needed(code_of(submission)))
        told: dict[int, Ordered] = {}

        def ready() -> Iterator[tuple[int, Ordered]]:
            for ordered, whole in itertools.chain(first, loaded):
                if self._parts.issuperset(modules.needed(code_of(whole[0]))):
                    told[len(told)] = ordered
                    yield len(told) - 1, whole
                else:
                    later.append(ordered)

        answered = set[int]()
        try:
            hire = self._hire or Team
            self._crew = self._crew or hire(self.setting, self._parts, self._hashes, self.workers, len(orders) >= MANY)
            self._deaths = self._crew.deaths
            for number, result in answers(self._crew, ready()):
                answered.add(number)
                yield told[number], result
        except KernelHostError:
            done = [id(ordered) for ordered in (*later, *(told[number] for number in answered))]
            yield from ((ordered, None) for ordered in orders if id(ordered) not in done)


def _given_up(ordered: Ordered, died: int) -> Ordered:
    """It as it is told of, unjudged, when no worker has lived to grade it."""
    submission, order = ordered
    return submission, replace(order, given_up=f"{died} workers died while they graded it; grade it alone")


def _refused(again: Sequence[tuple[Ordered, Result | None]], changed: str) -> Iterator[tuple[Ordered, Result]]:
    """What is not tried once more, because something else would judge now. Raises InternalError."""
    why = f"not tried again: {changed} was changed while the class was graded; put it back, and run again"
    for ordered, result in again:
        if result is None:
            raise InternalError(f"the worker that graded {ordered[0].student.name} died, and was {why}")
        checks = tuple(replace(c, staff=why) if c.status is Status.UNJUDGED else c for c in result.checks)
        yield ordered, replace(result, checks=checks)


def code_of(submission: Submission) -> list[str]:
    """What Python a student has handed in."""
    files = (file.data.decode(errors="replace") for file in submission.files if file.name.endswith(".py"))
    return [*(cell.source for cell in submission.cells), *files]


def named_by(setting: Setting, orders: Sequence[Ordered]) -> tuple[str, ...]:
    """The parts (see grader.kernel.modules) that solutions, and what asks a notebook, speak of."""
    course = Course(setting.root)
    suites = {(submission.assignment, order.public) for submission, order in orders}
    folders = [course.public(id) if public else course.hidden(id) for id, public in suites]
    ids = {id for id, _ in suites}
    paths = [*(path for folder in folders for path in folder.rglob("*.py")), *(course.solution(id) for id in ids)]
    texts = {path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()}
    texts |= {"simulated_cuda" for id in ids if setting.device_for(course.assignment(id)) == SIMULATED}
    return modules.needed(texts)


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
