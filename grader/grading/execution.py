"""Submission + kernel -> Execution: runs the notebook's cells in order and records what each one did."""

from __future__ import annotations

import re
import time
from dataclasses import replace

from grader.intake.submission import names_in
from grader.kernel.outside.session import Session
from grader.records import Cell, CellRun, CellStatus, Execution, Submission
from grader.text import clean

TEXT_KEPT = 20_000  # characters of a cell's output that are stored
IMAGES_KEPT = 8 << 20  # characters of a notebook's images that are stored


def execute(submission: Submission, session: Session) -> Execution:
    """Run every cell; one that fails, hangs or kills its kernel does not keep the others from running."""
    started = time.monotonic()
    runs: list[CellRun] = []
    room = IMAGES_KEPT
    for cell in submission.cells:
        run = _run(cell, session)
        room -= sum(map(len, run.images))
        runs.append(run if room >= 0 else replace(run, images=()))
    return Execution(tuple(runs), round(time.monotonic() - started, 4), tuple(session.deaths))


def _run(cell: Cell, session: Session) -> CellRun:
    if session.spent >= session.limits.submission:
        note = f"Not run: the notebook's {session.limits.submission:g} s were used up."
        return CellRun(cell.number, CellStatus.SKIPPED, 0.0, note=note)
    run = session.run(cell)
    return CellRun(
        run.number, run.status, round(run.seconds, 4), clean(run.text, TEXT_KEPT), run.images, run.trace, run.note
    )


def why_missing(name: str, submission: Submission, execution: Execution) -> str:
    """Why a name is not defined: the cell that should have defined it and what became of it."""
    defining = [cell for cell in submission.cells if name in names_in(cell.source)]
    word = re.compile(rf"\b{re.escape(name)}\b")  # in a cell that Python cannot read
    defining = defining or [cell for cell in submission.cells if word.search(cell.source)]
    if not defining:
        return f"No cell of the notebook defines `{name}`."
    run = execution.run_of(defining[-1].number)
    where = f"`{name}` is not defined: cell {defining[-1].number} should define it"
    if run is None or run.status is CellStatus.RAN:
        return f"{where}, but after the whole notebook has run it is gone."
    if run.status is CellStatus.RAISED and run.trace is not None:
        said = f"{run.trace.kind}: {run.trace.message}" if run.trace.message else run.trace.kind
        return f"{where}, but it ended with {clean(said, 200)}."
    return f"{where}. {run.note}"
