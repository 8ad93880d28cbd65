"""A student's notebook on the student's own machine: found, read, run, and what is said of it, line by line.

What prints these lines is the command line, or the program that lies in a handout (`program`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import SubmissionError, UsageError
from grader.intake.submission import NO_CODE, assignment_of, read_cells, read_notebook, read_texts, saved_counts
from grader.notebook.handout import PLACEHOLDER, TABLE, came_in, find_handout
from grader.notebook.tell import WITHIN
from grader.records import Cell, CellRun, CellStatus, Status
from grader.rehearsal.hidden_state import remarks
from grader.text import clean

if TYPE_CHECKING:
    from grader.rehearsal.run import Rehearsal

HAND_IN = "hand_in"  # the folder beside a notebook that holds it as it is to be handed in
JUPYTER = ("nbclient", "ipykernel")  # what runs a notebook, and what it runs in
Notebook = dict[str, Any]
Elsewhere = Callable[[Notebook, tuple[Cell, ...]], Path | None]  # the folder of a handout that is not around a notebook


@dataclass(frozen=True, slots=True)
class Work:
    """A student's notebook, and the folder of the handout that it belongs to."""

    path: Path
    raw: Notebook
    cells: tuple[Cell, ...]
    handout: Path

    @property
    def folder(self) -> Path:
        """Where it runs: beside its data."""
        own = self.path.resolve().parent
        own = own.parent if own.name == HAND_IN else own
        return own if own.is_relative_to(self.handout) else self.handout


def notebooks(given: Path) -> Iterator[Path]:
    """The notebooks that are meant; in a folder all of them, but for copies. Raises UsageError."""
    refuse_within()
    if given.is_file():
        yield given
        return
    if not given.is_dir():
        raise UsageError(f"{given}: there is no such file or folder")
    found = [path for path in sorted(given.rglob("*.ipynb")) if not _is_hidden(path.relative_to(given))]
    if not found:
        raise UsageError(f"{given}: there is no notebook in this folder")
    yield from found


def refuse_within() -> None:
    """Raise UsageError in a kernel that checks a notebook: a cell that starts a check would start it without end."""
    if os.environ.get(WITHIN):
        raise UsageError("this notebook is being checked already, so nothing was started again")


def _is_hidden(path: Path) -> bool:
    """Whether a notebook in a folder is an editor's copy, or a sealed one of another notebook."""
    return any(part.startswith(".") or part == HAND_IN for part in path.parts)


def read(path: Path, elsewhere: Elsewhere = lambda raw, cells: None) -> Work:
    """A notebook and its handout: the one around it, the one that this very package came with, or one elsewhere.

    Raises SubmissionError for what is no notebook, UsageError when there is no handout.
    """
    raw = read_notebook(path.read_bytes())
    cells, _ = read_cells(raw)
    if not cells:
        raise SubmissionError(NO_CODE)
    around = find_handout([path.resolve().parent])
    folder = around.folder if around else _came_with(raw) or elsewhere(raw, cells)
    if folder is None:
        raise UsageError(f"{path}: there is no `assignment.toml` beside it; keep it in the folder that it came in")
    return Work(path, raw, cells, folder)


def _came_with(raw: Notebook) -> Path | None:
    """The handout that holds the file from which this package is imported, if the notebook belongs to it."""
    id, folder = assignment_of(raw), came_in()
    return folder if folder and (folder / f"{id}.ipynb").is_file() and (folder / TABLE).is_file() else None


def run(work: Work, step: Callable[[], None] = lambda: None) -> Rehearsal:
    """Run it from top to bottom in a fresh kernel, and ask its public checks. Raises UsageError without a Jupyter."""
    if missing := [name for name in JUPYTER if find_spec(name) is None]:
        raise UsageError(f"running a notebook needs {sys.executable} -m pip install {' '.join(missing)}")
    from grader.rehearsal.run import rehearse

    return rehearse(work.cells, work.handout, work.folder, step)


def findings(work: Work, found: Rehearsal) -> Iterator[str]:
    """What is said of it."""
    yield from _of_cells(work, found)
    yield from (answer.text for answer in found.answers)
    unknown = [name for answer in found.answers for name in answer.unknown]
    hidden = list(remarks(work.cells, found.execution, unknown, saved_counts(work.raw), work.folder))
    if hidden:
        yield "\nIn a fresh kernel this notebook is not what it was in yours:"
        yield from (f"  - {line}" for line in hidden)
    if found.fault:
        yield f"The checks could not be asked: {clean(found.fault, 300)}"
    else:
        held, checks = (sum(getattr(answer, what) for answer in found.answers) for what in ("held", "checks"))
        asked = sum(answer.checks > 0 for answer in found.answers)
        yield f"{held} of {checks} public checks passed{f', of {asked} questions' if checks > asked > 0 else ''}."
    yield from _in_words(work.raw)


def _in_words(raw: Notebook) -> Iterator[str]:
    """What is said of the questions in words: how many are answered, and which are not."""
    asked = {text.question: PLACEHOLDER in text.source for text in read_texts(raw) if text.question}
    if asked:
        missing = [f"`{clean(name, 60)}`" for name, waits in asked.items() if waits]
        left = f" Not yet: {', '.join(missing)}." if missing else ""
        yield f"{len(asked) - len(missing)} of {len(asked)} questions in words are answered; a person reads them.{left}"


def _of_cells(work: Work, found: Rehearsal) -> Iterator[str]:
    """What is said of the cells that did not run to their end: each by its number and its question."""
    skipped = []
    for ran, cell in zip(found.execution.cells, work.cells, strict=True):
        if ran.status is CellStatus.SKIPPED:
            skipped.append(ran)
        else:
            name = f", `{clean(cell.question, 60)}`" if cell.question else ""
            yield from _of_cell(ran, f"cell {cell.number}{name}")
    if skipped:
        first, last = skipped[0].number, skipped[-1].number
        yield f"{f'cell {first}' if first == last else f'cells {first} to {last}'}: {skipped[0].note}"


def _of_cell(ran: CellRun, name: str) -> Iterator[str]:
    """What is said of a cell that did not run to its end."""
    if ran.trace:
        yield f"{name}: {clean(ran.note or ran.trace.said, 300)}"
        for frame in ran.trace.frames[-1:]:
            yield f"    line {frame.line}: {frame.code}"
    elif ran.note:
        yield f"{name}: {ran.note}"


def is_fine(found: Rehearsal) -> bool:
    """Whether every public check was asked and held."""
    return not found.fault and all(answer.status is Status.PASSED for answer in found.answers)


def checked(paths: list[Path], check: Callable[[Path], bool], say: Callable[[str], None]) -> bool:
    """Check one notebook, or several, each under a heading. Whether all are well.

    Raises UsageError when the only one cannot be read; among several that is a line.
    """
    fine = []
    for path in paths:
        if len(paths) > 1:
            say(f"\n{path}")
        try:
            fine.append(check(path))
        except SubmissionError as error:
            if len(paths) == 1:
                raise UsageError(f"{path}: {error}") from error
            say(str(error))
            fine.append(False)
    return all(fine)
