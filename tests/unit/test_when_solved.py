"""Cells that show what answers do: what they say where an answer is missing or wrong, and that it is true."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.authoring.faults import undisturbed
from grader.kernel.inside import standins
from grader.notebook import showing
from grader.notebook.showing import when_solved
from grader.records import CellRun, CellStatus, Execution

TABLE = """
[[questions]]
id = "load"
defines = ["load", "Rows"]
[[questions]]
id = "mse"
[[questions]]
id = "fit"
[[questions]]
id = "guess"
kind = "predicted"
"""
CHECKS = {  # the first of them asks what the others rest on
    "load": "student.load() == [1, 2]",
    "mse": "student.mse([1, 2]) == 1.5",
    "fit": "student.fit() == 1.5",
}
RIGHT = {
    "load": "def load(): return [1, 2]",
    "Rows": "class Rows:\n    def all(self): return [one for one in load()]",
    "mse": "def mse(rows): return sum(rows) / len(rows)",
    "fit": "def fit(): return mse(load())",
}


class Notebook:
    """A handout around a notebook in which `when_solved` is called."""

    def __init__(self, folder: Path, said: pytest.CaptureFixture[str]) -> None:
        (folder / "public").mkdir()
        (folder / "assignment.toml").write_text(TABLE)
        for id, claim in CHECKS.items():
            test = f"def test_it(student):\n    '''It works.'''\n    assert {claim}\n"
            (folder / "public" / f"test_{id}.py").write_text(test)
        self.said = said
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.shell = SimpleNamespace(user_ns=self.namespace, compile=SimpleNamespace(_filename_map={}))

    def shows(self, line: str, **answers: str) -> str:
        """What a cell of this line says where these answers take the place of right ones."""
        for code in {**RIGHT, **answers}.values():
            exec(code, self.namespace)
        exec(f"def show():\n    {line}", self.namespace)
        when_solved(self.namespace["show"])
        return self.said.readouterr().out


@pytest.fixture
def notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Notebook:
    made = Notebook(tmp_path, capsys)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(showing, "shell_here", lambda: made.shell)
    return made


def test_what_works_is_shown(notebook: Notebook) -> None:
    """And nothing is said."""
    assert notebook.shows("print(fit())") == "1.5\n"


@pytest.mark.parametrize("code", ["def mse(rows): raise NotImplementedError('mse')", "del mse"])
def test_a_missing_answer_names_itself(code: str, notebook: Notebook) -> None:
    said = notebook.shows("print(fit())", mse=f"{RIGHT['mse']}\n{code}")
    assert said == "Here you will see your own `mse` at work.\nAnswer that question first, then run this cell again.\n"


def test_a_missing_part_of_an_answer_names_the_question(notebook: Notebook) -> None:
    said = notebook.shows("Rows()", Rows="def Rows(): raise NotImplementedError('Rows')")
    due = "Here you will see your own `Rows` at work.\nAnswer the question `load` first, then run this cell again."
    assert said == f"{due}\n"


def test_a_prediction_is_to_be_made_first(notebook: Notebook) -> None:
    said = notebook.shows("guess()", guess="def guess(): raise NotImplementedError('guess')")
    assert said == f"{showing.PREDICTION.format('guess')}\n"


@pytest.mark.parametrize(
    ("line", "answers", "at_fault"),
    [
        ("fit().real", {"mse": "def mse(rows): return None"}, "mse"),
        ("fit().real", {"fit": "def fit(): return None"}, "fit"),
        ("fit().real", {"load": "def load(): return 5"}, "load"),
        ("print([mse(one) for one in (Rows().all(),)])", {"load": "def load(): return 5"}, "load"),
        ("(lambda: fit() / 0)()", {"mse": "def mse(rows):\n    print('mine'); return 1"}, "mse"),
    ],
)
def test_the_first_wrong_one_it_uses_is_named(
    line: str, answers: dict[str, str], at_fault: str, notebook: Notebook
) -> None:
    """Itself or through other answers; what the check makes of it is not printed."""
    said = notebook.shows(line, **answers)
    assert said.replace("mine\n", "", 1) == f"{showing.WRONG.format(at_fault)}\n"


def test_a_wrong_one_it_does_not_use_is_not_blamed(notebook: Notebook) -> None:
    """An attribute of the same name is another thing; where all that is used is right so far, both are said."""
    said = notebook.shows("mse([1]).fit", fit="def fit(): return None", load="def load(): return 5")
    assert said == (
        "This cell stopped with AttributeError: 'float' object has no attribute 'fit'\n"
        "It uses your answer to `mse`; its check found nothing wrong.\n"
    )
    assert "answers to `load`, `mse` and `fit`; their checks found nothing wrong." in notebook.shows(
        "fit().nothing", **RIGHT
    )


@pytest.mark.parametrize("table", [None, "questions = 5"])
def test_without_checks_it_says_what_was_raised(table: str | None, notebook: Notebook) -> None:
    """Where the handout is not found or cannot be read, and of a cell that uses no answer."""
    assert notebook.shows("[][1]") == "This cell stopped with IndexError: list index out of range\n"
    Path("assignment.toml").unlink()
    if table:
        Path("assignment.toml").write_text(table)
    assert notebook.shows("fit()['slope']") == "This cell stopped with TypeError: 'float' object is not subscriptable\n"


def test_nothing_runs_where_there_is_no_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    """A solution that is imported shows nothing; while grading, what fails costs no cell, but is our fault."""
    when_solved(lambda: print("seen"))
    assert capsys.readouterr().out == ""
    standins._show(lambda: [][1])
    said = capsys.readouterr().out
    assert said == "This cell stopped with IndexError: list index out of range\n"
    runs = (CellRun(1, CellStatus.RAN, 0.1, "shown\n"), CellRun(2, CellStatus.RAN, 0.1, f"half\n{said}"))
    (fault,) = undisturbed(Execution(runs, 0.2), "a notebook")
    assert "cell 2 does not run (This cell stopped with IndexError" in str(fault)
