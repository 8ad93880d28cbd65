"""Cells that did not simply run, and what cells beside the answers printed and drew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from grader.records import CellRun, CellStatus, Result
from grader.report.shown import LineView, is_png, lines, said
from grader.text import clean

MAX_LINES = 12  # of a cell's output that are shown


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; `what` says what became of it, and nothing where it just ran."""

    number: int
    what: str
    first_line: str
    text: str
    images: tuple[str, ...]
    lines: tuple[LineView, ...]


def cells_view(result: Result, answers: Collection[int]) -> tuple[CellView, ...]:
    """The cells that raised, were stopped, died or were not reached; and those that printed or drew something.

    Args:
        answers: the numbers of cells whose output stands beside their question.
    """
    sources = {cell.number: cell.source for cell in result.submission.cells}
    views = (_cell(run, sources.get(run.number, "")) for run in result.execution.cells)
    return tuple(view for view in views if view.what or ((view.text or view.images) and view.number not in answers))


def _cell(run: CellRun, source: str) -> CellView:
    ran = run.status in (CellStatus.RAN, CellStatus.LEFT_OUT)
    return CellView(
        number=run.number,
        what="" if ran else said(run.trace) if run.trace else clean(run.note, 300),
        first_line=clean(source.strip().partition("\n")[0], 80),
        text=last_lines(run.text),
        images=tuple(image for image in run.images if is_png(image)),
        lines=lines(run.trace),
    )


def last_lines(text: str) -> str:
    """The end of what a cell printed."""
    every = clean(text, 4000).strip("\n").splitlines()
    shown = "\n".join(every[-MAX_LINES:])
    return shown if len(every) <= MAX_LINES else "…\n" + shown
