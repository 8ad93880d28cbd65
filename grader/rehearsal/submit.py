"""`grader submit`: a notebook, checked and sealed, as one file to hand in.

The file is a notebook again, with the seal in its metadata, and has the notebook's own name: whatever takes notebooks
takes it. It lies in a folder of its own, so that it is not taken for the one that is worked in.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import grader
from grader.errors import SubmissionError, UsageError
from grader.intake.seal import is_intact, receipt_of, sealed
from grader.intake.submission import read_cells, read_notebook
from grader.rehearsal.work import HAND_IN, refuse_within

if TYPE_CHECKING:
    from grader.rehearsal.run import Rehearsal

UNWRITTEN = "raise NotImplementedError("  # stands in each question's cell of a handout
LIBRARIES = ("torch", "numpy")


def submit(path: Path, check: Callable[[Path], Rehearsal], say: Callable[[str], None]) -> None:
    """Check a notebook, and write it sealed, whatever the checks find.

    Args:
        check: runs it, and says what is found.

    Raises UsageError for what is no notebook, and where nothing can be written.
    """
    refuse_within()
    if path.is_dir():
        raise UsageError(f"{path}: this is a folder; name the notebook in it that you hand in")
    try:
        data = path.read_bytes()
        raw = read_notebook(data)
        cells, _ = read_cells(raw)
    except OSError as error:
        raise UsageError(f"{path}: it cannot be read ({error.strerror})") from error
    except SubmissionError as error:
        raise UsageError(f"{path}: {error}") from error
    public = {}
    try:
        public = {answer.id: [answer.held, answer.checks] for answer in check(path).answers}
    except Exception as error:  # whatever keeps a machine from running a notebook, it can be handed in
        said = str(error) if isinstance(error, UsageError) else f"{type(error).__name__}: {error}"
        say(f"It was not checked: {said}")
    if (asked := [cell for cell in cells if cell.question]) and all(UNWRITTEN in cell.source for cell in asked):
        say("\nNothing is answered in this notebook. Is it the one that you have worked in, and saved?")
    target = _place(path)
    text = json.dumps(sealed(raw, cells, dict(_versions()), public), indent=1)
    try:
        target.parent.mkdir(exist_ok=True)
        target.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{target}: it cannot be written ({error.strerror})") from error
    say(f"\nThis is the file to hand in: {target}")
    say(f"Its receipt: {receipt_of(cells)}")
    say("Keep the receipt: your feedback page shows the same one when this notebook was graded.")


def _place(path: Path) -> Path:
    """Where the sealed notebook goes: in the place of an earlier one, never in that of anything else."""
    if path.resolve().parent.name == HAND_IN:
        return path  # it is the sealed one itself, and keeps what is in it
    names = (f"{path.stem}{f' ({number})' if number > 1 else ''}.ipynb" for number in count(1))
    return next(place for name in names if _is_free(place := path.parent / HAND_IN / name))


def _is_free(place: Path) -> bool:
    if not place.exists():
        return True
    try:
        raw = read_notebook(place.read_bytes())
        return is_intact(raw, read_cells(raw)[0])
    except (SubmissionError, OSError):
        return False


def _versions() -> Iterator[tuple[str, str]]:
    yield "grader", grader.__version__
    yield "python", sys.version.partition(" ")[0]
    yield "platform", sys.platform
    for name in LIBRARIES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
