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
        self.session = session
        self.ready, self.ask, self.settle, self.now = session.ready, session.ask, session.settle, session.now
        self.why_missing = why
