"""What a question's public checks found in a namespace."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader.asking.effects import Effect, Seen, charge
from grader.asking.local import Generators, LocalChannel
from grader.asking.messages import Exchange
from grader.asking.student import Interview
from grader.asking.traces import CellOf
from grader.asking.verdict import unwritten, verdict
from grader.errors import Failure, StudentError
from grader.notebook.handout import Handout
from grader.notebook.public import Comparison, PublicTest, load_tests, run_test
from grader.notebook.values import last_call, shown
from grader.records import Status, Trace, worst
from grader.text import clean

PRINTED = 4000  # characters of what the student's code printed that are kept

# What a check raises that takes an answer for what it is not: an item where there is none, a tensor where a list came.
# The reference passes every check, so the answer is the cause.
MISTAKEN = (AttributeError, LookupError, TypeError, ValueError, RuntimeError)
OTHER_FORM = (
    "What your code gave has another form than this check expects ({}). Compare it with what the text asks for."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a promise is held. `facts` says of a failure what was called, what came and what was expected."""

    promise: str
    status: Status
    message: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    trace: Trace | None = None
    printed: str = ""
    staff: str = ""
    unwritten: bool = False  # it met the handout's own placeholder


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, and what was found of it."""

    id: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def status(self) -> Status:
        """The worst of its findings."""
        return worst(finding.status for finding in self.findings)

    @property
    def unwritten(self) -> bool:
        """Whether nothing else is wrong with it."""
        return self.status is Status.FAILED and all(
            finding.unwritten for finding in self.findings if finding.status is Status.FAILED
        )


@dataclass(frozen=True, slots=True)
class _Tried:
    """A check that was run: whom it asked, what left it, what it was comparing then, and what was printed."""

    test: PublicTest
    interview: Interview
    fault: BaseException | None
    compared: Comparison | None
    printed: str


class Asker:
    """Asks the questions of a handout of what a notebook has defined so far, in this process.

    Args:
        namespace: the notebook's names.
        cell_of: the execution count of the cell whose code has this file name.
    """

    def __init__(self, handout: Handout, namespace: dict[str, Any], cell_of: CellOf = lambda name: None) -> None:
        self.handout = handout
        self.channel = LocalChannel(namespace, cell_of)

    def ask(self, id: str, *, quiet: bool = False) -> Answer:
        """What is found of a question. Raises CourseError for checks that cannot be used, UsageError for no question.

        Args:
            quiet: keep what the student's code prints with the findings, instead of letting it through.
        """
        title = self.handout.questions[self.handout.nearest(id)]
        tests = load_tests(self.handout.public, id)
        with contextlib.chdir(self.handout.folder), Generators():
            tried = [self._try(test, quiet) for test in tests]
        paying = charge([Seen(id, one.fault, one.interview.effects) for one in tried]).failed
        names = self.handout.names.get(id, ())
        return Answer(id, title, tuple(_finding(one, names, paying.get(place)) for place, one in enumerate(tried)))

    def all(self) -> Iterator[Answer]:
        """What is found of every question, one after another; their prints are kept with the findings."""
        return (self.ask(id, quiet=True) for id in self.handout.questions)

    def _try(self, test: PublicTest, quiet: bool) -> _Tried:
        interview = Interview(self.channel, call=math.inf, check=math.inf, functions=test.calls)
        said = io.StringIO()
        with contextlib.redirect_stdout(said) if quiet else contextlib.nullcontext():
            interview.begin(test.seed)
            fault, compared = run_test(test, interview)
        if isinstance(fault, StudentError) and fault.trace.kind == "KeyboardInterrupt":
            raise KeyboardInterrupt
        return _Tried(test, interview, fault, compared, said.getvalue())


def _finding(tried: _Tried, names: Collection[str], effect: Effect | None) -> Finding:
    """What a check found of these names; `effect` is what it pays for, of all that was seen beside results."""
    test, fault = tried.test, Failure(effect.sentence) if effect else tried.fault
    if fault is None:
        return Finding(test.promise, Status.PASSED)
    status, message, trace, staff = verdict(fault)
    if status is Status.UNJUDGED and isinstance(fault, MISTAKEN) and tried.interview.exchanges:
        status, message, staff = Status.FAILED, OTHER_FORM.format(_in_a_line(fault)), ""
    if trace and (said := unwritten(trace, test.question, names)):
        return Finding(test.promise, status, said, unwritten=True)
    asked = tried.interview.exchanges[: effect.asked if effect else None]
    facts = tuple(_facts(asked, tried.compared)) if status is Status.FAILED else ()
    return Finding(test.promise, status, message, facts, trace, clean(tried.printed, PRINTED), staff)


def _in_a_line(fault: BaseException) -> str:
    return clean(f"{type(fault).__name__}: {fault}".strip().rstrip(".:").splitlines()[0], 160)


def _facts(asked: Sequence[Exchange], compared: Comparison | None) -> Iterator[tuple[str, str]]:
    if call := last_call(asked):
        yield "called", call
    if compared:
        yield "came", shown(compared.got)
        yield "expected", shown(compared.expected)
