"""What a test may ask of an executed notebook: names, calls, handles, probes.

An `Interview` asks through a channel: a kernel's socket, or, in-process, a responder over a namespace. Whatever comes
back is decoded as plain data; an exception of the student's code becomes a StudentError. `Student` is what a test
sees of it: the notebook's names and nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, Protocol

from grader.asking import surroundings
from grader.asking.codec import Encoder, MalformedValue, NotPlainData
from grader.asking.decoder import Decoder
from grader.asking.effects import Effect, Kind
from grader.asking.messages import Exchange, Op, Query, Reply
from grader.asking.probes import Probe
from grader.asking.remote import Handle, Remote, as_node, first_handle
from grader.asking.traces import Raised, in_short
from grader.asking.words import a
from grader.errors import (
    CodecError,
    CourseError,
    Failure,
    KernelFault,
    LimitExceeded,
    MissingName,
    ProtocolViolation,
    StudentError,
    Unusable,
)

__tracebackhide__ = True  # in pytest an author sees the test that failed, not how we asked

MAX_RECORDED = 64 << 20  # bytes of one check's questions that are kept for the diagnosis
MAX_KEPT = 512 << 20  # the same, of all checks
OUR_OWN = ("NameError", "ImportError", "ModuleNotFoundError", "SyntaxError")  # what no answer makes a probe raise
BYTES_PER_CHARACTER = 30  # of JSON, once it is read: `[]` takes 64 bytes


class Channel(Protocol):
    """A way to ask a namespace."""

    def ready(self) -> None:
        """See to it that there is somebody to ask, which `ask` would do in time of its own. Raises KernelDied."""
        ...

    def settle(self) -> None:
        """End what `ready` began. Raises KernelDied for what only shows now: that too much has been written."""
        ...

    def ask(self, query: Query, seconds: float) -> Reply:
        """What is answered within some seconds. Raises KernelFault, and MalformedValue for what is no answer."""
        ...

    def now(self) -> float:
        """Seconds on the clock that limits go by."""
        ...

    def why_missing(self, name: str) -> str:
        """A sentence on a name that the notebook does not define."""
        ...


class Interview:
    """Asks a notebook, within limits, and keeps the record of one check.

    Args:
        call, check, questions: seconds for one question, for those of one check, and for all.
        functions: names that must not be plain data; a suite may call them.
        more: answers what is asked when the check has failed, see grader.asking.later.

    Attributes:
        fault: what the check has failed for, if it goes on all the same.
        weight: bytes of this check's exchanges.
    """

    def __init__(
        self,
        channel: Channel,
        *,
        call: float = 10.0,
        check: float = 60.0,
        questions: float = math.inf,
        functions: Collection[str] = (),
        more: Callable[[Query], Reply] | None = None,
    ) -> None:
        self.more = more
        self.fault: Failure | None = None
        self.channel, self.call, self.check, self.functions = channel, call, check, functions
        self.questions = self.left = questions
        self.deadline, self.spare = channel.now() + check, check
        self._exchanges: list[Exchange] = []
        self._seen: tuple[Effect, ...] = ()  # effects, until it failed
        self._begin: int | None = None  # the seed of a check that has not asked yet: its first question tells it
        self.weight = self._kept = 0
        self.asked = 0  # questions since `begin`
        self.beyonds: list[tuple[int, int]] = []  # of them those that no author wrote: from which to which
        self.effects: list[Effect] = []  # what calls did beside giving their results, since `begin`
        self.left_now: tuple[str, ...] = ()  # what the last question left changed, see asking/surroundings.py
        self.left_by: list[tuple[str, tuple[str, ...]]] = []  # the same since `begin`, each with whose code did it

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was asked since `begin`, and answered; nothing when it is too much to keep."""
        return tuple(self._exchanges) if self.complete else ()

    def begin(self, seed: int) -> None:
        """A new check: its own time, random state and record. What an earlier one ended is not for it to pay."""
        self.channel.ready()
        self.deadline, self.spare = self.channel.now() + self.check, self.check
        self._exchanges, self.weight, self.effects, self.left_by = [], 0, [], []
        self.asked, self.beyonds = 0, []
        self._begin, self.fault = seed, None

    def end(self) -> None:
        """The check is over. Raises what it has failed for, and KernelDied for what it must still pay."""
        if self.fault is None:
            return self.channel.settle()
        self.effects = list(self._seen)
        with suppress(KernelFault):  # it has failed already
            self.channel.settle()
        raise self.fault

    def weigh(self, size: int) -> None:
        """Count for this check's exchanges so many bytes more."""
        self.weight += size
        self._kept += size

    def fails_with(self, fault: Failure) -> None:
        """The check has failed, and goes on; what its calls do from now on is nobody's."""
        if self.fault is None:
            self.fault, self._seen = fault, tuple(self.effects)

    @contextmanager
    def beyond(self) -> Iterator[None]:
        """Questions that no author wrote: the same ones varied, and a look at what a call leaves behind.

        A slow answer is not wrong because we ask more often. These have a time of their own, as long as a check's; only
        what goes beyond it counts as the check's, and as that of all questions.
        """
        started, room, left, first = self.channel.now(), self.spare, self.left, self.asked
        self.deadline += room
        self.left += room
        try:
            yield
        finally:
            self.spare = max(room - (self.channel.now() - started), 0.0)
            self.deadline -= self.spare
            self.left = min(self.left - self.spare, left)
            self.beyonds.append((first, self.asked))

    def value_of(self, name: str) -> Any:
        """The value of a name that the notebook defined. Raises MissingName, and Failure for one of a wrong kind."""
        found = self.ask(Op.NAME, name=name)
        if type(found) is not list or len(found) > 1:
            raise ProtocolViolation("The kernel's answer was no answer.")
        if not found:
            raise MissingName(name, self.channel.why_missing(name))
        if name in self.functions and type(found[0]) is not Remote:
            raise Failure(f"`{name}` is {a(found[0])} when the notebook has run, and should be a function or a class.")
        return found[0]

    def run(self, what: Probe, *args: Any, **kwargs: Any) -> Any:
        """Run a probe in the kernel. That a student's function leaves something of all changed is noted."""
        found = self.ask(Op.PROBE, (args, kwargs), name=what.name, source=what.source)
        left = [name for name in self.left_now if name not in surroundings.FREE]
        whose = first_handle((args, kwargs)) if left else None
        if whose is not None:
            said = f"`{whose.name or whose.kind}` changes {surroundings.told(left)}, and does not put it back."
            self.saw(Effect(Kind.SURROUNDINGS, whose.name, said))
        return found

    def saw(self, effect: Effect) -> None:
        """Note what the last call did beside giving its result."""
        self.effects.append(replace(effect, asked=len(self._exchanges)))

    def ask(self, op: Op, value: Any = None, *, name: str = "", source: str = "", number: int = 0) -> Any:
        """The answer to one question. Raises StudentFault, and CodecError for a value that cannot be sent."""
        encoder = Encoder(as_node, layout=True)
        try:
            query = Query(op, encoder.encode(value), encoder.tensors, name, source, number, self._begin)
        except NotPlainData as error:
            raise CodecError(f"a suite sends {error}") from error
        self._begin = None
        if self.fault is not None and self.more is not None:
            return self._answered_more(query, self.more(query))
        try:
            reply = self._reply(query)
            self._note(reply.left, value)
            if reply.error is None and not reply.unsent:
                found = Decoder(reply.tensors, self._remote).decode(reply.value)
        except MalformedValue as error:
            self._record(query, None)
            raise ProtocolViolation(f"The kernel's answer was no answer: {error}") from error
        if raised := reply.error:
            self._record(query, Reply(error=in_short(raised)))
            raise self._fault(query, raised)
        if reply.unsent:
            self._record(query, None)
            raise Failure(f"What your code gave could not be looked at: {reply.unsent}.")
        self._record(query, reply)
        return found

    def _answered_more(self, query: Query, reply: Reply) -> Any:
        """The answer to what is asked for the record. Raises as `ask`."""
        self.left_now = ()
        if reply.error:
            raise self._fault(query, reply.error)
        if reply.unsent:
            raise Failure(reply.unsent)
        return Decoder(reply.tensors, self._remote).decode(reply.value)

    @staticmethod
    def _fault(query: Query, raised: Raised) -> Exception:
        """The student's exception, unless none of the notebook's code is in its trace: then the probe's."""
        trace = raised.trace
        if query.op is not Op.PROBE or trace.frames or not raised.in_probe:
            return StudentError(trace)
        if trace.kind in OUR_OWN:
            return CourseError(f"the probe {query.name}", f"it raises {trace.said}", "correct it")
        return Unusable(trace)

    def _reply(self, query: Query) -> Reply:
        left = self.deadline - self.channel.now()
        if left <= 0:
            raise LimitExceeded(self.check, "This check")
        if self.left <= 0:
            raise LimitExceeded(self.questions, "Answering all questions together")
        with self.charged():
            return self.channel.ask(query, min(self.call, left))

    @contextmanager
    def charged(self) -> Iterator[None]:
        """One question, whose time counts."""
        started = self.channel.now()
        try:
            yield
        finally:
            self.left -= self.channel.now() - started
            self.asked += 1

    def _note(self, left: tuple[str, ...], asked: Any) -> None:
        """Remember what a question left changed. It is the kernel's claim, and harms its own student only."""
        self.left_now, whose = left, first_handle(asked) if left else None
        if whose is not None:
            self.left_by.append((whose.name or whose.kind, left))

    def _remote(self, node: dict[str, Any]) -> Remote:
        number, types = node.get("n"), node.get("types")
        if node.get("t") != "handle" or type(number) is not int or type(types) is not list:
            raise MalformedValue("no handle")
        names = tuple(str(name)[:200] for name in types[:20])
        return Remote(Handle(self, number, names, str(node.get("name"))[:100]))

    def _record(self, query: Query, reply: Reply | None) -> None:
        """Keep an exchange. The suite may change the tensors that it got, so the record has its own."""
        tensors = dict(reply.tensors) if reply else {}
        text = BYTES_PER_CHARACTER * (reply.length or len(json.dumps(reply.value))) if reply else 0
        size = text + sum(t.numel() * t.element_size() for t in (*query.tensors.values(), *tensors.values()))
        self.weigh(size)
        if self.complete:
            own = {name: tensor.clone() for name, tensor in tensors.items()}
            self._exchanges.append(Exchange(query, replace(reply, tensors=own) if reply else None))

    @property
    def complete(self) -> bool:
        """Whether the exchanges are kept, and are not too much."""
        return self.weight <= MAX_RECORDED and self._kept <= MAX_KEPT


class Student:
    """The executed notebook: every name that it defined is an attribute, and there is no other."""

    __slots__ = ("__interview",)

    def __init__(self, interview: Interview) -> None:
        self.__interview = interview

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__interview.value_of(name)
