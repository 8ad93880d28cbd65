"""A simulation for every thread: PyTorch keeps its modes per thread, and a real card is there for all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any


def starting(enter: Callable[[], AbstractContextManager[Any]]) -> Callable[[threading.Thread], None]:
    """A `Thread.start` whose threads run within the context that `enter` makes."""
    start = threading.Thread.start

    def start_inside(thread: threading.Thread) -> None:
        run = thread.run

        def run_inside() -> None:
            del thread.run
            with enter():
                run()

        thread.run = run_inside  # type: ignore[method-assign]
        start(thread)

    return start_inside
