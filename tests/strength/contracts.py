"""Which promises could a student's function break without notice? Contract mutants of every question.

    python tests/strength/contracts.py 01_tensors [--question ID] [--promise NAME] [--limit N] [--least 100]

Each function or class that a question asks for is wrapped so that it breaks one common promise and keeps everything
else (see promises.py), and the question's own checks must fail. What breaks nothing that anybody could notice is not
counted (see observed.py). What the question's text does not promise is written down, with the reason, in
`promises/NN_topic.toml`:

    [[not_promised]]
    promises = ["detached", "raises for a tensor that requires gradients"]
    questions = ["describe"]    # or left out: all of the assignment
    reason = "no tensor of this notebook records a graph"
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import time
import tomllib
import warnings
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from pathlib import Path

from common import BROKEN, DIED, SLOW, Options, exit_code, in_child, options, prepare, run, scratch, spread
from observed import Recorder, answered, shows
from promises import PROMISES, UNBROKEN, Promise

from grader.authoring.local import LocalNotebook
from grader.course.catalog import Course
from grader.errors import CourseError
from grader.judge.replaying import time_limit
from grader.judge.suite import Suite, load_suite
from grader.records import Check, Status

CAUGHT, LISTED, SURVIVED, NOTHING = "caught", "listed", "surviving", "no effect"
PATIENCE = 5.0  # seconds, and as many times what the reference takes
LOOKING = 120.0  # seconds for all promises of one function


@dataclass(frozen=True, slots=True)
class Mutant:
    """One name of a question that breaks one promise."""

    question: str
    name: str
    promise: Promise


@dataclass(frozen=True, slots=True)
class Excuse:
    """A promise that questions do not make; without questions: no question of the assignment."""

    promises: tuple[str, ...]
    questions: tuple[str, ...]
    reason: str

    def covers(self, mutant: Mutant) -> bool:
        return mutant.promise.name in self.promises and (not self.questions or mutant.question in self.questions)


def excuses(
    course: Course,
    id: str,
    table: str = "not_promised",
    key: str = "promises",
    every: Sequence[Promise] = PROMISES,
) -> list[Excuse]:
    """What the texts of an assignment do not promise, or what they forbid. Raises CourseError."""
    file = course.root / "tests" / "strength" / "promises" / f"{id}.toml"
    if not file.is_file():
        return []
    known, keys = {promise.name for promise in every}, {key, "questions", "reason"}
    found = []
    for entry in tomllib.loads(file.read_text(encoding="utf-8")).get(table, []):
        if set(entry) | {"questions"} != keys or not entry.get("reason"):
            raise CourseError(file, f"an entry has {', '.join(entry)}", f"give it {', '.join(sorted(keys))}")
        if unknown := set(entry[key]) - known:
            raise CourseError(file, f"there is no {sorted(unknown)[0]!r}", f"{table} names one of {sorted(known)}")
        found.append(Excuse(tuple(entry[key]), tuple(entry.get("questions", ())), entry["reason"]))
    return found


def named(course: Course, id: str, questions: Sequence[str], promises: Sequence[Promise]) -> Iterator[Mutant]:
    """Every one of these put on every name of every question, or of some questions.

    A prediction promises nothing but its form.
    """
    for question in course.assignment(id).questions:
        if (question.id in questions or not questions) and question.kind != "predicted":
            for name in question.names:
                yield from (Mutant(question.id, name, one) for one in promises)


class Judge:
    """Asks a question's checks of one broken function after another, in processes that nothing else needs."""

    stopped = CAUGHT  # what is said of one that does not come to its end

    def __init__(self, course: Course, id: str) -> None:
        prepare(course, id)
        self.suite = replace(load_suite(course, id), mistakes={})  # nobody reads a mutant's diagnosis
        self.notebook = LocalNotebook(course, self.suite)
        self.limits: dict[str, float] = {}
        self.showing: dict[str, set[str]] = {}

    def asking(self, suite: Suite) -> Judge:
        """The same with another suite of the assignment."""
        other = copy(self)
        other.suite = replace(suite, mistakes={})
        other.notebook = self.notebook.asked_by(other.suite)
        return other

    def verdicts(self, mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
        """CAUGHT, SURVIVED, NOTHING, or what else became of each. Those of one name are judged in one process."""
        for name, own in groupby(mutants, lambda mutant: mutant.name):
            group = list(own)
            self._meet(group[0].question)
            showing = [mutant for mutant in group if mutant.promise.name in self.showing[name]]
            said = dict(zip(showing, self.judged(showing), strict=True))
            yield from ((mutant, said.get(mutant, NOTHING)) for mutant in group)

    def judged(self, mutants: Sequence[Mutant]) -> Iterator[str]:
        """A verdict for each; with one that kills its process, the next begins another."""
        left = list(mutants)
        while left:
            with tempfile.NamedTemporaryFile("r") as notes:
                limit = self.limits[left[0].question]

                def work(left: Sequence[Mutant] = left, notes: str = notes.name, limit: float = limit) -> str:
                    for mutant in left:
                        with time_limit(limit):
                            said = self._ask(mutant)
                        with Path(notes).open("a", encoding="utf-8") as file:
                            file.write(said.replace("\n", " ") + "\n")
                    return "done"

                ended = self._in_child(work, 600)
                found = notes.read().splitlines()
            if ended != "done":
                found.append(self.stopped if ended in (SLOW, DIED) or "TimeoutError" in ended else ended)
            yield from found
            left = left[len(found) :]

    def _in_child(self, work: Callable[[], str], seconds: float) -> str:
        return in_child(work, seconds, self.suite.assignment.limits.memory_mb)

    def clock(self, question: str) -> dict[str, Recorder]:
        """Find out how long a question's checks take, and what the reference is called with; once only."""
        if question in self.limits:
            return {}
        names = self.suite.assignment.question(question).names
        recorders = {name: Recorder(self.notebook.namespace[name]) for name in names}
        started = time.monotonic()
        stand_ins = {name: one.stand_in() for name, one in recorders.items()}
        with self.notebook.replaced({name: value for name, value in stand_ins.items() if value is not None}):
            self.notebook.ask([question])
        self.limits[question] = PATIENCE * (1 + time.monotonic() - started)
        for name in names:
            said = self._in_child(lambda: self._ask(Mutant(question, name, UNBROKEN)), self.limits[question])  # noqa: B023
            if said not in (SURVIVED, NOTHING):
                raise CourseError(question, f"{name}, wrapped only, is {said}", "make the checks accept a wrapper")
        return recorders

    def _meet(self, question: str) -> None:
        """Find out, too, which promises show."""
        for name, recorder in self.clock(question).items():
            said = self._in_child(lambda: "\n".join(self._showing(recorder)), LOOKING)  # noqa: B023
            every = {promise.name for promise in PROMISES}  # where it cannot be told: then they all count
            self.showing[name] = every if said in (SLOW, DIED) or said.startswith(BROKEN) else set(said.split("\n"))

    def _ask(self, mutant: Mutant) -> str:
        value = mutant.promise.broken(self.notebook.namespace[mutant.name])
        if value is None:
            return NOTHING
        with self.notebook.replaced({mutant.name: value}):
            checks = self.notebook.ask([mutant.question])
        if any(check.status is Status.FAILED for check in checks):
            return self.failing(checks)
        for check in checks:
            if check.status is Status.UNJUDGED:
                last = check.staff.strip().splitlines()[-1:] or ["no reason"]
                return f"{check.question}::{check.name} is unjudged ({last[0]})"
        return SURVIVED

    def failing(self, checks: Sequence[Check]) -> str:
        """What is said where some of the checks failed."""
        return CAUGHT

    def _showing(self, recorder: Recorder) -> Iterator[str]:
        """The promises that somebody could notice to be broken."""
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if (self.suite.home / "data").is_dir():
                Path("data").symlink_to(self.suite.home / "data")
            end = time.process_time() + 5
            calls = answered(recorder.value, recorder.chosen())
            known = list(takewhile(lambda _: time.process_time() < end, calls))
            yield from (promise.name for promise in PROMISES if shows(promise, recorder.value, known))


def report(chosen: Options, found: Sequence[tuple[Mutant, str]], known: Sequence[Excuse]) -> int:
    """Print a line for each promise, then for each question; the exit code."""
    said = [(mutant, _final(mutant, verdict, known)) for mutant, verdict in found]
    print()
    _table("promise", [(mutant.promise.name, verdict) for mutant, verdict in said])
    print()
    _table("question", [(mutant.question, verdict) for mutant, verdict in said])
    print()
    if {mutant.promise.name for mutant, _ in found} == {one.name for one in PROMISES} and not chosen.questions:
        for excuse in known:
            if not any(verdict == SURVIVED and excuse.covers(mutant) for mutant, verdict in found):
                print(f"stale: {', '.join(excuse.promises)} for {', '.join(excuse.questions) or 'all'}")
    counted = [verdict for _, verdict in said if verdict != NOTHING]
    good = sum(verdict in (CAUGHT, LISTED) for verdict in counted)
    return exit_code(chosen, good, len(counted), "contract mutants caught or listed")


def _final(mutant: Mutant, verdict: str, known: Sequence[Excuse]) -> str:
    return LISTED if verdict == SURVIVED and any(excuse.covers(mutant) for excuse in known) else verdict


def _table(title: str, rows: Sequence[tuple[str, str]]) -> None:
    kinds = (CAUGHT, LISTED, SURVIVED, NOTHING)
    print(f"{title:48}" + "".join(f"{kind:>11}" for kind in kinds))
    for label in [*dict.fromkeys(label for label, _ in rows), ""]:
        own = [verdict for one, verdict in rows if label in ("", one)]
        counts = [own.count(kind) for kind in kinds]
        print(f"{label or 'all':48}" + "".join(f"{count:11}" for count in counts))


def main(arguments: Sequence[str] | None = None) -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--promise", action="append", default=[], metavar="NAME")
    asked, rest = parser.parse_known_args(arguments)
    chosen = options(__doc__, "mutants", 100, rest)
    judge_ = Judge(chosen.course, chosen.assignment)
    known = excuses(chosen.course, chosen.assignment)
    promises = [one for one in PROMISES if one.name in asked.promise or not asked.promise]
    mutants = spread(named(chosen.course, chosen.assignment, chosen.questions, promises), chosen.limit)
    found: list[tuple[Mutant, str]] = []
    with scratch():
        for mutant, verdict in judge_.verdicts(mutants):
            if verdict.startswith(BROKEN):
                raise CourseError(mutant.question, verdict, f"judge by hand: {mutant.name} {mutant.promise.name}")
            found.append((mutant, verdict))
            if _final(mutant, verdict, known) not in (CAUGHT, LISTED, NOTHING):  # at once: the whole takes a while
                print(f"{mutant.question}: {mutant.name} {mutant.promise.name} ({verdict})", flush=True)
    return report(chosen, found, known)


if __name__ == "__main__":
    run(main)
