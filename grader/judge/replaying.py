"""Known mistakes, and the reference, asked again what a student's code was asked; what they answered is kept.

A class makes the same mistakes, and each is tried against every wrong answer: what has been played once for one
student is only looked up for the next. What is kept comes from our own code alone.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import signal
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from grader.asking.messages import Query, Reply
from grader.asking.responder import Responder
from grader.kernel.questions import to_bytes
from grader.kernel.said import Said

REPLAY_LIMIT = 10.0  # seconds of processor time for one mistake and one check
PATIENCE = 10  # times as long by the clock
MOST_KEPT = 64 << 20  # bytes
_CHECK = b"check"


@dataclass
class Replies:
    """Answers of our own definitions, each by all that was asked before it.

    They are kept as they would cross to another process: nobody can change them afterwards.

    Attributes:
        new: what was kept since this process was forked.
    """

    known: dict[bytes, Said] = field(default_factory=dict)
    new: list[Said] = field(default_factory=list)
    room: int = MOST_KEPT

    def get(self, place: bytes) -> Reply | None:
        found = self.known.get(place)
        return found.reply() if found else None

    def keep(self, place: bytes, reply: Reply) -> None:
        """Keep an answer, if there is room for it, if it can cross at all, and if it did not only come too late."""
        if reply.error and reply.error.trace.kind == TimeoutError.__name__:
            return
        with contextlib.suppress(ValueError, RuntimeError):
            self._add(Said.of(place, reply, to_bytes(reply.tensors)))

    def told(self) -> str:
        """What was kept since this process was forked, as text."""
        return base64.b64encode(b"".join(said.packed() for said in self.new)).decode()

    def learn(self, told: str) -> None:
        """Keep what another process has told."""
        data, at = memoryview(base64.b64decode(told)), 0
        while at < len(data):
            said, at = Said.unpacked(data, at)
            self._add(said)
        self.new.clear()

    def _add(self, said: Said) -> None:
        if said.question not in self.known and said.size <= self.room:
            self.room -= said.size
            self.known[said.question] = said
            self.new.append(said)


class Player:
    """Answers in the place of a student's code, as one known definition does.

    A class may remember what it was asked. So an answer is known by all that was asked before it, in every check; and
    from the first that is not known on, everything is played, from the start.

    Args:
        key: stands for the definition.
        names: makes the namespace with the definition in it.
        home: the assignment's folder, whose data the definition may read.
        remembers: whether it may know in a check what it was asked in another.
    """

    def __init__(
        self,
        replies: Replies,
        key: str,
        names: Callable[[], dict[str, Any]],
        home: Path,
        *,
        remembers: bool = True,
    ) -> None:
        self._replies, self._names, self._home, self._remembers = replies, names, home, remembers
        self._start = self._place = key.encode()
        self._looked_up: list[list[Query]] = []  # by check
        self._namespace: dict[str, Any] | None = None

    def play(self, asked: Iterable[tuple[bytes, Query]]) -> Generator[Reply, None, None]:
        """The replies to what one check asked, each question with its digest. Raises TimeoutError.

        To be closed when no more of them are looked at.
        """
        if not self._remembers:
            self._place, self._looked_up = self._start, []
        self._place, looked_up = _after(self._place, _CHECK), list[Query]()
        self._looked_up.append(looked_up)
        with contextlib.ExitStack() as stage:
            responder = self._on(stage) if self._remembers and self._namespace is not None else None
            for digest, query in asked:
                self._place = _after(self._place, digest)
                if responder is None and (known := self._replies.get(self._place)):
                    looked_up.append(query)
                    yield known
                    continue
                responder = responder or self._caught_up(stage)
                reply = responder.answer(query.fresh())
                self._replies.keep(self._place, reply)
                yield reply

    def _caught_up(self, stage: contextlib.ExitStack) -> Responder:
        """One that has answered all that was only looked up so far."""
        if self._namespace is None:
            self._namespace = self._names()
        *earlier, now = self._looked_up
        for queries in earlier:
            with contextlib.ExitStack() as before:
                _answer(self._on(before), queries)
        return _answer(self._on(stage), now)

    def _on(self, stage: contextlib.ExitStack) -> Responder:
        """One for a check, out of sight and within its time until the stage is left."""
        stage.enter_context(_aside(self._home))
        stage.enter_context(time_limit(REPLAY_LIMIT))
        return Responder(dict(self._namespace or {}))


def _answer(responder: Responder, queries: Sequence[Query]) -> Responder:
    for query in queries:
        responder.answer(query.fresh())
    return responder


def _after(place: bytes, asked: bytes) -> bytes:
    return hashlib.blake2b(place + asked, digest_size=16).digest()


@contextlib.contextmanager
def _aside(home: Path) -> Iterator[None]:
    """Run a block in a scratch directory, unheard."""
    with scratch_directory(home), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a mistake may well be warned of; nobody reads it here
        yield


@contextlib.contextmanager
def scratch_directory(home: Path) -> Iterator[Path]:
    """Run a block in an empty folder that sees the assignment's data, as a notebook does."""
    with tempfile.TemporaryDirectory(prefix="replay-") as folder, contextlib.chdir(folder):
        if (home / "data").is_dir():
            Path("data").symlink_to(home / "data")
        yield Path(folder)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the main thread when the block takes too much processor time, or waits for ever.

    What is found must not hang on how busy the machine is.
    """

    def expire(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, seconds), (signal.SIGALRM, signal.ITIMER_REAL, PATIENCE * seconds))
    before = [signal.signal(number, expire) for number, _, _ in timers]
    for _, timer, most in timers:
        signal.setitimer(timer, most)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)
