"""Runs a notebook's cells in a fresh, ordinary kernel, by nbclient, and then its public checks in it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

import grader
from grader.notebook.tell import MIME, WITHIN
from grader.records import Cell, CellRun, CellStatus, Execution, Frame, Status, Trace
from grader.text import clean

PATIENCE = 600  # seconds for one cell, after which it is interrupted; grading is less patient
_WHERE = re.compile(r"Cell In\s*\[(\d+)\], line (\d+)")

_SAVED_AS = re.compile(r" \(\d+\.py, line (\d+)\)$")  # how IPython names a cell that is no Python


@dataclass(frozen=True, slots=True)
class Told:
    """What the public checks of a question found.

    `text` is all of it, `said` the first message of one that does not hold, `unknown` the names that nothing defines.
    """

    title: str
    status: Status
    text: str
    said: str
    held: int
    checks: int
    unknown: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the cells did, and what was found afterwards; where nothing was, `fault` says why."""

    execution: Execution
    answers: tuple[Told, ...]
    fault: str = ""


def rehearse(cells: Sequence[Cell], handout: Path, folder: Path, step: Callable[[], None] = lambda: None) -> Rehearsal:
    """Run a notebook, and ask its public checks of what it has defined.

    Args:
        handout: the folder whose public checks are asked.
        folder: the kernel's current directory: the notebook's own.
        step: called after each cell.
    """
    asking = f"__import__('grader.notebook.tell', fromlist=['tell']).tell({str(handout)!r})"
    client = _Client([*(cell.source for cell in cells), asking], folder, step)
    started = time.monotonic()
    try:
        client.execute(env=_environment())
    except DeadKernelError:
        client.died()
    runs = tuple(client.run_of(cell) for cell in cells)
    return Rehearsal(Execution(runs, time.monotonic() - started), tuple(client.told()), client.fault())


def _environment() -> dict[str, str]:
    """Of the kernel: it finds this very package, also one that was not installed."""
    home = str(Path(grader.__file__).resolve().parents[1])
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, WITHIN: "1", "PYTHONPATH": os.pathsep.join([home, path] if path else [home])}


class _Client(NotebookClient):
    """nbclient, noting which cell runs, and how long."""

    def __init__(self, sources: Sequence[str], folder: Path, step: Callable[[], None]) -> None:
        made = [nbformat.v4.new_code_cell(source) for source in sources]
        super().__init__(
            nbformat.v4.new_notebook(cells=made),
            kernel_name="python3",
            timeout=PATIENCE,
            interrupt_on_timeout=True,
            allow_errors=True,
            extra_arguments=["--IPKernelApp.log_level=40"],  # not that it listens on this machine only
            resources={"metadata": {"path": str(folder)}},
        )
        self.on_cell_start = self._begin
        self.on_cell_executed = self._end
        self.step = step
        self.last, self.alive = 0, True  # the cell that runs
        self.seconds: dict[int, float] = {}

    def _begin(self, cell: Any, cell_index: int) -> None:
        self.last = cell_index + 1
        self.seconds[self.last] = -time.monotonic()

    def _end(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        self.seconds[cell_index + 1] += time.monotonic()
        self.step()

    def died(self) -> None:
        """Note that the kernel ended in the cell that ran last."""
        self.alive = False

    def run_of(self, cell: Cell) -> CellRun:
        """What a cell did."""
        seconds = max(self.seconds.get(cell.number, 0.0), 0.0)
        if not self.alive and cell.number >= self.last:
            if cell.number == self.last:
                return CellRun(cell.number, CellStatus.DIED, seconds, note="The kernel died while this cell ran.")
            return CellRun(cell.number, CellStatus.SKIPPED, 0.0, note="Not run: the kernel had died.")
        error = next((o for o in self.nb.cells[cell.number - 1].outputs if o.output_type == "error"), None)
        if error is None:
            return CellRun(cell.number, CellStatus.RAN, seconds)
        note = f"Stopped after {PATIENCE} s." if error.ename == "KeyboardInterrupt" else ""
        said = _SAVED_AS.sub(r", in its line \1", error.evalue)
        trace = Trace(clean(error.ename, 100), clean(said, 2000), tuple(_frames(error.traceback, cell)))
        return CellRun(cell.number, CellStatus.RAISED, seconds, trace=trace, note=note)

    def told(self) -> list[Told]:
        """What the last cell told of the questions."""
        said = [output.data[MIME] for output in self.nb.cells[-1].outputs if MIME in output.get("data", {})]
        known = {field.name for field in fields(Told)}  # a handout's own side may be of another version
        plain = [{name: value for name, value in one.items() if name in known} for one in said]
        return [Told(**{**one, "status": Status(one["status"]), "unknown": tuple(one["unknown"])}) for one in plain]

    def fault(self) -> str:
        """Why the checks could not be asked, if they could not."""
        if not self.alive:
            return "the kernel had died"
        error = next((o for o in self.nb.cells[-1].outputs if o.output_type == "error"), None)
        return f"{error.ename}: {error.evalue}" if error else ""


def _frames(traceback: Sequence[str], cell: Cell) -> list[Frame]:
    """The lines of the cell itself that an exception passed, from IPython's traceback."""
    lines = cell.source.splitlines()
    found = _WHERE.findall(clean("\n".join(traceback), 100_000))
    numbers = [int(line) for count, line in found if int(count) == cell.number and 0 < int(line) <= len(lines)]
    return [Frame(cell.number, number, "<module>", clean(lines[number - 1].strip(), 300)) for number in numbers]
