"""Ctrl-C while a class is graded: once finishes what runs, twice stops."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from grader.cli.printing import err

if TYPE_CHECKING:
    from grader.classroom.watching import Watch

STOPPED = 130  # what typer makes of Ctrl-C
FINISHING = "grader: finishing what runs; Ctrl-C once more stops it, too"


@contextmanager
def finishing() -> Iterator[Callable[[], bool]]:
    """Within the block, Ctrl-C raises nothing the first time. Yields what tells whether it was pressed."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.getsignal(signal.SIGINT)

    def press(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, before)
        err.print(FINISHING, soft_wrap=True)

    signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def watched(watch: Watch, stopped: Callable[[], bool]) -> Iterator[None]:
    """Note how the block ended."""
    try:
        yield
        watch.end("stopped" if stopped() else "finished")
    except BaseException as error:
        with suppress(OSError):  # the disk may be full
            watch.end("stopped" if isinstance(error, KeyboardInterrupt) else str(error) or type(error).__name__)
        raise
