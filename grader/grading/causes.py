"""Why a name is missing: which cell should have defined it, and what became of that cell.

An `import torch` that never ran shows as twenty questions that know no `torch`. What is said first is the cell, the
line and the exception that it began with.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from grader.kernel.packages import plain_python
from grader.records import Cell, CellRun, CellStatus, Check, Execution, Status, Submission
from grader.text import clean

UNKNOWN_NAME = re.compile(r"name '(\w+)' is not defined")
NAMED = 6  # missing names that a sentence lists
MEND = "Mend cell"  # how a sentence about what broke the rest begins


def why_missing(name: str, submission: Submission, execution: Execution, left_out: Collection[int] = ()) -> str:
    """Why a name is not defined: the cell that should have defined it and what became of it.

    Args:
        left_out: cells that ended the kernel when it was brought back.
    """
    cell = defining_cell(name, submission)
    if cell is None:
        return f"No cell of the notebook defines `{name}`."
    run = execution.run_of(cell.number)
    where = f"`{name}` is not defined: cell {cell.number} should define it"
    if cell.number in left_out:
        return f"{where}, and has run; but when a new kernel had to be brought to this place, the cell ended it, twice."
    if run is None or run.status is CellStatus.RAN:
        return f"{where}, but after the whole notebook has run it is gone."
    if run.status is CellStatus.RAISED and run.trace is not None:
        return f"{where}, but it ended with {_ending(run)}."
    return f"{where}. {run.note}"


def with_causes(checks: Sequence[Check], submission: Submission, execution: Execution) -> tuple[Check, ...]:
    """The checks; where the student's code met an unknown name because a cell broke, that cell leads the message."""
    return tuple(_with_cause(check, submission, execution) for check in checks)


def _with_cause(check: Check, submission: Submission, execution: Execution) -> Check:
    if check.status is not Status.FAILED or check.trace is None or check.trace.kind != "NameError":
        return check
    found = UNKNOWN_NAME.search(check.trace.message)
    if found is None:
        return check
    check = replace(check, lacks=found[1])
    if _broken_cell(found[1], submission, execution) is None:
        return check
    said = f"{why_missing(found[1], submission, execution)} So {check.message[:1].lower()}{check.message[1:]}."
    return replace(check, message=clean(said, 2000), trace=None)


def causes(checks: Iterable[Check], submission: Submission, execution: Execution) -> tuple[str, ...]:
    """A sentence for each cell that broke before it had defined what some checks lack; in the notebook's order."""
    lost: dict[int, list[str]] = {}
    for name in dict.fromkeys(check.lacks for check in checks if check.lacks):
        run = _broken_cell(name, submission, execution)
        if run is not None:
            lost.setdefault(run.number, []).append(name)
    return tuple(_cause(execution.run_of(number), missing) for number, missing in sorted(lost.items()))


def _cause(run: CellRun | None, names: list[str]) -> str:
    assert run is not None
    how = f"ended with {_ending(run)}" if run.trace else f"did not run to its end. {run.note.rstrip('.')}"
    shown = ", ".join(f"`{name}`" for name in names[:NAMED]) + (" and others" if len(names) > NAMED else "")
    return f"{MEND} {run.number} first: it {how}. What it should have defined is missing: {shown}."


def is_cause(note: str) -> bool:
    """Whether a note says which cell must be mended first."""
    return note.startswith(MEND)


def _ending(run: CellRun) -> str:
    assert run.trace is not None
    line = next((f" in its line {f.line}" for f in reversed(run.trace.frames) if f.cell == run.number), "")
    return f"{clean(run.trace.said, 200)}{line}"


def _broken_cell(name: str, submission: Submission, execution: Execution) -> CellRun | None:
    """What became of the cell that should have defined a name, if it did not run to its end."""
    cell = defining_cell(name, submission)
    run = execution.run_of(cell.number) if cell else None
    return run if run is not None and run.status is not CellStatus.RAN else None


def defining_cell(name: str, submission: Submission) -> Cell | None:
    """The last cell that gives a name a value; or, where Python cannot read it, the last one with that word in it."""
    defining = [cell for cell in submission.cells if name in names_bound(cell.source)]
    word = re.compile(rf"\b{re.escape(name)}\b")
    unread = (cell for cell in submission.cells if word.search(cell.source) and _parsed(cell.source) is None)
    defining = defining or list(unread)
    return defining[-1] if defining else None


@lru_cache(maxsize=5_000)  # asked for every check that misses a name
def names_bound(source: str) -> frozenset[str]:
    """What one cell gives a value at its top level: definitions, imports, assignments, also inside `if`, `try`, `with`.

    Empty when it is no Python.
    """
    tree = _parsed(source)
    return frozenset(_bound(tree.body)) if tree else frozenset()


def _parsed(source: str) -> ast.Module | None:
    """A cell's code; None when it is no Python."""
    try:
        return ast.parse(plain_python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _bound(nodes: Iterable[ast.AST]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.alias):
            yield node.asname or node.name.split(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        yield from _bound(ast.iter_child_nodes(node))
