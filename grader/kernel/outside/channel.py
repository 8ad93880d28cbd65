"""The judge's way to ask a live kernel."""

from __future__ import annotations

from collections.abc import Callable

from grader.asking.messages import Query, Reply
from grader.errors import LimitExceeded
from grader.kernel.outside.heard import Recorder
from grader.kernel.outside.session import Session

MORE = 2.0  # seconds of a kernel for all that a submission is asked for the record alone


class KernelChannel:
    """Asks a live kernel, and keeps what is asked and answered.

    Args:
        session: the kernel.
        why: says which cell should have defined a name, and why it did not.
    """

    def __init__(self, session: Session, why: Callable[[str], str]) -> None:
        self.session, self.recorder = session, Recorder()
        self.ready, self.settle, self.now = session.ready, session.settle, session.clock.now
        self.why_missing = why
        self.room, self._untold = MORE, range(0)

    def ask(self, query: Query, seconds: float) -> Reply:
        """As `Session.ask`."""
        self.recorder.asked(query)
        try:
            reply = self.session.ask(query, seconds)
        except BaseException:
            self.recorder.lost()
            raise
        self.recorder.answered(self.session.said)
        return reply

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
