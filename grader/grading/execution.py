"""Submission + kernel -> Execution: runs the notebook's cells in order and records what each one did."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from grader.kernel.outside.session import Session
from grader.kernel.packages import is_quiet, missing
from grader.records import Cell, CellRun, CellStatus, Execution, Submission
from grader.text import clean

TEXT_KEPT = 20_000  # characters of a cell's output that are stored
IMAGES_KEPT = 8 << 20  # characters of a notebook's images that are stored


def execute(submission: Submission, session: Session, left_out: Collection[int] = ()) -> Execution:
    """Run every cell; one that fails, hangs or kills its kernel does not keep the others from running.

    Args:
        left_out: numbers of cells that need not run.
    """
    started = time.monotonic()
    runs: list[CellRun] = []
    room = IMAGES_KEPT
    for cell in submission.cells:
        run = _left_out(cell) if cell.number in left_out else _run(cell, session)
        room -= sum(map(len, run.images))
        runs.append(run if room >= 0 else replace(run, images=()))
    absent = missing([cell.source for cell in submission.cells], [file.name for file in submission.files])
    seconds = round(time.monotonic() - started, 4)
    return Execution(tuple(runs), seconds, tuple(session.deaths), absent, notes=tuple(_about(absent)))


def _left_out(cell: Cell) -> CellRun:
    return CellRun(
        cell.number, CellStatus.LEFT_OUT, 0.0, note="Nothing that is graded rests on it, so it was left out."
    )


def _run(cell: Cell, session: Session) -> CellRun:
    if session.spent >= session.limits.submission:
        note = f"Not run: the notebook's {session.limits.submission:g} s were used up."
        return CellRun(cell.number, CellStatus.SKIPPED, 0.0, note=note)
    run = session.run(cell)
    return CellRun(
        run.number, run.status, round(run.seconds, 4), clean(run.text, TEXT_KEPT), run.images, run.trace, run.note
    )


def _about(packages: Sequence[str]) -> Iterator[str]:
    """What a student reads of packages that are not installed."""
    loud = ", ".join(f"`{clean(name, 60)}`" for name in packages if not is_quiet(name))
    quiet = ", ".join(f"`{clean(name, 60)}`" for name in packages if is_quiet(name))
    if loud:
        yield f"Not installed where notebooks are graded: {loud}. To import it does no harm, to use it raises."
    if quiet:
        yield f"Not installed where notebooks are graded: {quiet}. Nothing of it is graded, and calls of it do nothing."
