"""The judge's way to ask a live kernel."""

from __future__ import annotations

from collections.abc import Callable

from grader.kernel.outside.session import Session


class KernelChannel:
    """Asks a live kernel.

    Args:
        session: the kernel.
        why: says which cell should have defined a name, and why it did not.
    """

    def __init__(self, session: Session, why: Callable[[str], str]) -> None:
        self.session, self._why = session, why
        self.ready, self.ask, self.now = session.ready, session.ask, session.now
        self.unknown: list[str] = []  # the names that were asked for and are not defined

    def why_missing(self, name: str) -> str:
        self.unknown.append(name)
        return self._why(name)
