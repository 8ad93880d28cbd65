"""What a notebook only did because of what was in its kernel before; and consoles that cannot print a mark."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from grader.intake.submission import saved_counts
from grader.records import Cell, CellRun, CellStatus, Execution, Status, Trace
from grader.rehearsal.hidden_state import remarks
from grader.rehearsal.run import Rehearsal, Told
from grader.rehearsal.work import Work, findings
from grader.text import survive_any_console


def said(
    sources: list[str],
    raised: dict[int, tuple[str, str]] | None = None,
    unknown: tuple[str, ...] = (),
    counts: dict[int, int] | None = None,
    home: Path = Path("/"),
) -> list[str]:
    """The remarks on cells of which some raised (kind, message)."""
    cells = [Cell(number, source) for number, source in enumerate(sources, start=1)]
    runs = []
    for cell in cells:
        trace = Trace(*raised[cell.number]) if raised and cell.number in raised else None
        runs.append(CellRun(cell.number, CellStatus.RAISED if trace else CellStatus.RAN, 0.0, trace=trace))
    return list(remarks(cells, Execution(tuple(runs), 0.0), unknown, counts or {}, home))


def no(name: str) -> tuple[str, str]:
    return "NameError", f"name '{name}' is not defined"


@pytest.mark.parametrize(
    ("sources", "raised", "words"),
    [
        (["y = f(1)", "def f(x): ..."], {1: no("f")}, "Cell 1 uses `f`, which cell 2 defines, further down"),
        (["y = np.ones(1)", "import numpy as np"], {1: no("np")}, "move cell 2 above cell 1"),
        (["y = f(1)"], {1: no("f")}, "`f`, which no cell defines"),
        (
            ["f = 1 / 0", "y = f"],
            {1: ("ZeroDivisionError", ""), 2: no("f")},
            "`f` from cell 1, which did not run",
        ),
        (
            ["x"],
            {1: ("FileNotFoundError", "[Errno 2] No such file or directory: 'a.csv'")},
            "opens 'a.csv', which is not",
        ),
    ],
)
def test_what_a_fresh_kernel_does_not_have(sources: list[str], raised: dict[int, tuple[str, str]], words: str) -> None:
    """The cell is named, and what to do."""
    [sentence] = said(sources, raised)
    assert words in sentence


def test_names_that_functions_use() -> None:
    """They are missed when the checks call, and are said once."""
    [sentence] = said(["def f(x):\n    return g(x)"], unknown=("g", "g"))
    assert sentence.startswith("Your functions use `g`, which no cell defines")
    assert len(said(["g"], {1: no("g")}, unknown=("g",))) == 1


def test_cells_out_of_order_are_told_when_something_fails() -> None:
    """The order that a notebook was saved with explains a failure, and is nobody's business without one."""
    counts = {1: 9, 2: 3, 3: 4}
    assert said(["a = 1", "b = 2", "c = 3"], counts=counts) == []
    found = said(["a = b", "b = 2", "c = 3"], {1: no("b")}, counts=counts)
    assert len(found) == 2
    assert found[1].startswith("Cell 1 (In [9]) had been run after cell 2 (In [3]), which stands below it.")


def test_files_that_are_elsewhere(tmp_path: Path) -> None:
    """A file outside the notebook's folder is there today; one within is right."""
    home = tmp_path / "work"
    (home / "data").mkdir(parents=True)
    (tmp_path / "mine.csv").write_text("1")
    (home / "data" / "own.csv").write_text("1")
    texts = [str(tmp_path / "mine.csv"), "../mine.csv", "data/own.csv", "data/none.csv", "no/path at all", "a\nb/c"]
    found = said([f"open({text!r})" for text in texts] + ["%broken ["], home=home)
    assert [sentence.split(" names ")[0] for sentence in found] == ["Cell 1", "Cell 2"]


def test_saved_counts() -> None:
    """Cells are numbered as they are run; text and empty cells have no number, cells that were not run no count."""
    cells = [
        {"cell_type": "markdown", "source": "x", "execution_count": 1},
        {"cell_type": "code", "source": "", "execution_count": 2},
        {"cell_type": "code", "source": "x", "execution_count": 7},
        {"cell_type": "code", "source": "y", "execution_count": None},
        {"cell_type": "code", "source": ["z"], "execution_count": 5},
        "nonsense",
    ]
    assert saved_counts({"cells": cells}) == {1: 7, 3: 5}


@pytest.mark.parametrize(("encoding", "text"), [("utf-8", "✓ ✗ …"), ("cp1252", "+ x …"), ("ascii", "+ x ...")])
def test_any_console_prints_marks(encoding: str, text: str) -> None:
    """What the encoding has not is said in other words, and held and broken can be told apart."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    survive_any_console(stream)
    stream.write("✓ ✗ …")
    stream.flush()
    assert raw.getvalue().decode(encoding) == text


@pytest.mark.parametrize(
    ("checks", "due"),
    [((1, 1), "2 of 2 public checks passed."), ((1, 3), "4 of 4 public checks passed, of 2 questions.")],
)
def test_checks_are_told_from_questions(checks: tuple[int, ...], due: str, tmp_path: Path) -> None:
    """Each question has one line, and may have several checks."""
    answers = tuple(Told("Twice", Status.PASSED, "✓ double: Twice", "", n, n, ()) for n in checks)
    work = Work(tmp_path / "a.ipynb", {"cells": []}, (), tmp_path)
    assert [*findings(work, Rehearsal(Execution((), 0.0), answers))][-1] == due
