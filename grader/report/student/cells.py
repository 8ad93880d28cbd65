"""Cells that did not simply run."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import CellRun, CellStatus, Result
from grader.report.shown import LineView, is_png, lines, said
from grader.text import clean

MAX_LINES = 12  # of a cell's output that are shown


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell that did not simply run."""

    number: int
    what: str
    first_line: str
    text: str
    images: tuple[str, ...]
    lines: tuple[LineView, ...]


def cells_view(result: Result) -> tuple[CellView, ...]:
    """The cells that raised, were stopped, died or were not reached."""
    return tuple(_cell(run, result) for run in result.execution.cells if run.status is not CellStatus.RAN)


def _cell(run: CellRun, result: Result) -> CellView:
    source = next((cell.source for cell in result.submission.cells if cell.number == run.number), "")
    return CellView(
        number=run.number,
        what=said(run.trace) if run.trace else clean(run.note, 300),
        first_line=clean(source.strip().partition("\n")[0], 80),
        text=last_lines(run.text),
        images=tuple(image for image in run.images if is_png(image)),
        lines=lines(run.trace),
    )


def last_lines(text: str) -> str:
    """The end of what a cell printed."""
    every = clean(text, 4000).splitlines()
    shown = "\n".join(every[-MAX_LINES:])
    return shown if len(every) <= MAX_LINES else "…\n" + shown
