"""What of a notebook only worked because of what had happened in its kernel before.

A fresh kernel runs the cells from top to bottom and has nothing else. Where something fails in it, these sentences say
what a student's own kernel may have had instead: a name from a cell further down or from one that is gone, cells that
were run in another order, files that are elsewhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from grader.grading.causes import names_bound
from grader.kernel.packages import plain_python
from grader.records import Cell, CellRun, CellStatus, Execution

_UNKNOWN = re.compile(r"name '(\w+)' is not defined")
_NO_FILE = re.compile(r"No such file or directory: '(.+)'")
MOST = 3  # pairs of cells that are named as out of order


def remarks(
    cells: Sequence[Cell], execution: Execution, unknown: Iterable[str], counts: Mapping[int, int], home: Path
) -> Iterator[str]:
    """Sentences on what a fresh kernel does not have.

    Args:
        unknown: names that functions of the notebook use and that nothing defined.
        counts: the execution counts that the cells were saved with, by number.
        home: the notebook's folder.
    """
    failed = [run for run in execution.cells if run.status is not CellStatus.RAN]
    told: set[str] = set()
    for run in failed:
        found = _UNKNOWN.search(run.trace.message) if run.trace and run.trace.kind == "NameError" else None
        if found and found[1] not in told:
            told.add(found[1])
            yield from _unknown(found[1], run.number, cells, execution)
        if run.trace and (missing := _NO_FILE.search(run.trace.message)):
            yield (
                f"Cell {run.number} opens {missing[1]!r}, which is not there. "
                "What a notebook reads must lie in its folder and be named as seen from there."
            )
    for name in dict.fromkeys(unknown):
        if name not in told:
            yield from _unknown(name, len(cells) + 1, cells, execution)
    for cell in cells:
        yield from _elsewhere(cell, home)
    if failed or unknown:
        yield from _order(failed, counts)


def _unknown(name: str, user: int, cells: Sequence[Cell], execution: Execution) -> Iterator[str]:
    """Why a name is not known in a cell; a user after the last cell stands for the functions that were called."""
    who = f"Cell {user} uses" if user <= len(cells) else "Your functions use"
    defining = [cell.number for cell in cells if name in names_bound(cell.source)]
    before, later = [n for n in defining if n < user], [n for n in defining if n > user]
    broken = [run.number for n in before if (run := execution.run_of(n)) and run.status is not CellStatus.RAN]
    if broken:
        yield f"{who} `{name}` from cell {broken[-1]}, which did not run to its end: that one comes first."
    elif later:
        yield (
            f"{who} `{name}`, which cell {later[0]} defines, further down. It works only once that cell has run: "
            f"move cell {later[0]} above cell {user}."
        )
    elif not before and user not in defining:
        yield (
            f"{who} `{name}`, which no cell defines. Perhaps a cell did that you have changed or deleted since; "
            "perhaps the name is spelled differently somewhere."
        )


def _elsewhere(cell: Cell, home: Path) -> Iterator[str]:
    """The files outside the notebook's folder that a cell names and that are there, on this machine only."""
    try:
        tree = ast.parse(plain_python(cell.source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    for text in dict.fromkeys(texts):
        if _is_outside(text, home):
            yield (
                f"Cell {cell.number} names the file {text!r}, which is not in the notebook's folder: nobody else has "
                "it there. Put it beside the notebook and use its name alone."
            )


def _is_outside(text: str, home: Path) -> bool:
    if len(text) > 500 or "\n" in text or not re.search(r"[/\\]", text):
        return False
    try:
        path = (home / Path(text).expanduser()).resolve()
        return path.is_file() and not path.is_relative_to(home.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _order(failed: Sequence[CellRun], counts: Mapping[int, int]) -> Iterator[str]:
    """Cells that had been run in another order than they stand in, those that fail now before others."""
    pairs = [(one, two) for one, two in combinations(sorted(counts), 2) if counts[one] > counts[two]]
    numbers = {run.number for run in failed}
    pairs = sorted(pairs, key=lambda pair: (not numbers & set(pair), pair))
    seen: set[int] = set()
    for one, two in pairs:
        if len(seen) < MOST and one not in seen:
            seen.add(one)
            yield (
                f"Cell {one} (In [{counts[one]}]) had been run after cell {two} (In [{counts[two]}]), which stands "
                "below it. In a fresh kernel they run as they stand."
            )
