"""The judge's way to ask a live kernel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.asking.messages import Query, Reply
from grader.errors import InternalError, LimitExceeded
from grader.kernel.outside.heard import Recorder
from grader.kernel.outside.session import Session
from grader.kernel.questions import Heard, Written
from grader.kernel.said import ERROR, Said, Step

MORE = 2.0  # seconds of a kernel for all that a submission is asked for the record alone
MOST_STEPS = 4 << 20  # bytes of one check's questions and answers that are kept as steps


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a check will ask, what was answered, or raised, and the seconds that it took."""

    asked: Written
    seconds: float
    heard: Heard | None = None
    read: tuple[Reply, Said] | None = None
    fault: Exception | None = None

    def is_like(self, step: Step) -> bool:
        """Whether the answer is the one of this step."""
        return self.heard is not None and step.is_like(self.heard, self.read[0] if self.read else None)


class KernelChannel:
    """Asks a live kernel, and keeps what is asked and answered.

    What a check will ask can be asked ahead of it. When it asks the same then, it gets the same answer, and by `now`
    it has taken the same time.

    Args:
        session: the kernel.
        why: says which cell should have defined a name, and why it did not.

    Attributes:
        steps: what this check has asked, and what was answered; None where not all was answered, or where it is much.
        strayed: this check did not ask what was asked ahead of it.
    """

    def __init__(self, session: Session, why: Callable[[str], str]) -> None:
        self.session, self.recorder = session, Recorder()
        self.settle, self.why_missing = session.settle, why
        self.room, self._untold = MORE, range(0)
        self.steps: list[Step] | None = None
        self.strayed = False
        self._size = 0  # of the steps
        self._ahead: deque[Ahead] = deque()
        self._again = 0.0  # seconds that have passed ahead of a check, and then for the check itself

    def now(self) -> float:
        """Seconds by the session's clock."""
        return self.session.clock.now() + self._again

    def ready(self) -> None:
        """As `Session.ready`."""
        if not self._ahead:
            self.session.ready()

    def ask(self, query: Query, seconds: float) -> Reply:
        """The answer. Raises as `Session.hear` and `Session.read`."""
        if query.begin is not None:
            self.recorder.begin(query.begin)
            self.steps, self._size = [], 0
        written = Written.of(query)
        try:
            reply, said = self._answered_ahead(written) or self._read(written, self.session.hear(written, seconds))
        except BaseException:
            self.recorder.lost()
            self.steps = None
            raise
        self.recorder.answered(said)
        self._keep(Step(written, said))
        return reply

    def _read(self, written: Written, heard: Heard) -> tuple[Reply, Said]:
        return self.session.read(written, heard), self.session.said

    def _keep(self, step: Step) -> None:
        self._size += step.size
        if self._size > MOST_STEPS:
            self.steps = None
        if self.steps is not None:
            self.steps.append(step)

    # ---- what is asked ahead

    def ahead(self, asked: Written, seconds: float) -> Ahead:
        """Ask what a check will ask."""
        started, heard, read, fault = self.now(), None, None, None
        try:
            heard = self.session.hear(asked, seconds)
            if not (told := heard.told) or told.startswith(ERROR):  # its lines belong to cells of this kernel
                read = self._read(asked, heard)
        except Exception as error:  # whatever it is, the check meets it
            fault = error
        answer = Ahead(asked, self.now() - started, heard, read, fault)
        self._ahead.append(answer)
        return answer

    def stands(self, begin: int, steps: Iterable[Step]) -> None:
        """What was asked ahead was the whole check, and the answers were those of these steps."""
        self.recorder.begin(begin)
        for step, answer in zip(steps, self._ahead, strict=True):
            self.recorder.answered(answer.read[1] if answer.read else step.said)
        self._ahead.clear()

    def forget(self) -> None:
        """Nobody asks any more what was asked ahead."""
        self._ahead.clear()
        self.strayed = False

    def _answered_ahead(self, written: Written) -> tuple[Reply, Said] | None:
        if not self._ahead:
            return None
        first = self._ahead.popleft()
        if first.asked != written:
            self._ahead.clear()
            self.strayed = True
            raise InternalError("the suite does not ask the same each time")
        self._again += first.seconds
        if first.fault:
            raise first.fault
        assert first.heard is not None
        return first.read or self._read(written, first.heard)

    # ---- for the record

    @property
    def deaths(self) -> list[str]:
        """How kernels ended, without those that no verdict hangs on."""
        return [death for place, death in enumerate(self.session.deaths) if place not in self._untold]

    def more(self, query: Query) -> Reply:
        """An answer for the record alone; after the first that does not come there are none. Raises as `ask`."""
        if self.room <= 0:
            raise LimitExceeded(MORE)
        session, started = self.session, self.now()
        deaths, hurried = len(session.deaths), session.hurried
        try:
            reply = self.ask(query, self.room)
        except BaseException:
            self.room = 0.0
            self._untold = range(deaths, len(session.deaths))
            session.hurried = hurried
            raise
        self.room -= self.now() - started
        return reply
