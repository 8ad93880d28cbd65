"""Receipts and seals: the same code has the same receipt, and what was changed after sealing is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import downloads
import pytest

from grader.intake.inbox import Wanted, collect
from grader.intake.seal import LETTERS, is_intact, receipt_of, remark, seal_of, sealed
from grader.intake.submission import make_submission, read_cells, read_notebook
from grader.records import Assignment, Cell, Question, Student, Submission

TENSORS = Assignment("01_tensors", "Tensors", "", (Question("flat", "", "", 1),))
Notebook = dict[str, Any]


def plain() -> Notebook:
    """A notebook as a student saved it."""
    out = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
    code = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 3, "outputs": [out]}
    return {
        "cells": [
            {"cell_type": "markdown", "id": "b", "metadata": {}, "source": ["Mine: é 😀"]},
            {**code, "source": ["def flat(t):\n", "    return t\n"]},
        ],
        "metadata": {"grader": {"assignment": "01_tensors"}, "kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def seal(notebook: Notebook) -> Notebook:
    return sealed(notebook, read_cells(notebook)[0], {"torch": "2.14"}, {"flat": [1, 2]})


def read(notebook: Notebook) -> Submission:
    """As the door reads it."""
    return make_submission(Student.named("Ada"), "a.ipynb", json.dumps(notebook).encode(), [TENSORS])


def test_a_receipt_can_be_read_aloud() -> None:
    """Four groups of four, of signs that nobody takes for each other, all of which occur."""
    receipts = [receipt_of([Cell(1, f"x = {number}")]) for number in range(300)]
    assert len(LETTERS) == 32 and not set("01OI") & set(LETTERS)
    assert all(re.fullmatch(f"[{LETTERS}]{{4}}(-[{LETTERS}]{{4}}){{3}}", one) for one in receipts)
    assert len(set(receipts)) == 300
    assert [{one[at] for one in receipts} for at in (0, 18)] == [set(LETTERS)] * 2


def test_sealing_changes_nothing_else() -> None:
    """The notebook is as it was, and so are its receipt and its hash; sealing again changes nothing."""
    notebook, made = plain(), seal(plain())
    assert seal_of(made)["public"] == {"flat": [1, 2]}  # type: ignore[index]
    one, two = read(notebook), read(made)
    assert (one.receipt, one.sha, one.cells, two.notes) == (two.receipt, two.sha, two.cells, ())
    assert seal(made) == made
    del made["metadata"]["grader"]["seal"]
    assert made == notebook


def resaved(notebook: Notebook) -> None:
    """As another editor saves it, with Windows line ends, without outputs."""
    for number, cell in enumerate(notebook["cells"]):
        cell.update(id=f"new-{number}", source="".join(cell["source"]).replace("\n", "\r\n"))
    notebook["cells"][1].update(outputs=[], execution_count=None)
    notebook["metadata"].update(language_info={"name": "python"}, colab={"name": "a"})


@pytest.mark.parametrize("change", [lambda notebook: None, resaved])
def test_what_editors_change_breaks_no_seal(change: Callable[[Notebook], None]) -> None:
    """It is the same text in the same cells."""
    made: Notebook = json.loads(json.dumps(seal(plain())))
    change(made)
    assert is_intact(made, read_cells(made)[0])
    assert read(made).receipt == read(plain()).receipt and read(made).notes == ()


def tampered() -> list[Notebook]:
    """A sealed notebook changed here and there."""
    found = [seal(plain()) for _ in range(6)]
    code, text, public, receipt, gone, more = (json.loads(json.dumps(one)) for one in found)
    code["cells"][1]["source"] = ["def flat(t):\n", "    return t.flatten()\n"]
    text["cells"][0]["source"] = ["Theirs"]
    public["metadata"]["grader"]["seal"]["public"]["flat"] = [2, 2]
    receipt["metadata"]["grader"]["seal"]["receipt"] = "AAAA-AAAA-AAAA-AAAA"
    gone["metadata"]["grader"]["seal"]["hash"] = None
    more["cells"].append({"cell_type": "code", "source": "x = 1"})
    return [code, text, public, receipt, gone, more]


@pytest.mark.parametrize("notebook", tampered(), ids=["code", "text", "public", "receipt", "hash", "cell"])
def test_what_was_changed_after_sealing_is_graded_as_it_is(notebook: Notebook) -> None:
    """And said, with the receipt of what it is now."""
    found = read(notebook)
    assert found.receipt == receipt_of(read_cells(notebook)[0])
    [note] = found.notes
    assert found.receipt in note and "changed afterwards" in note


NESTED: list[Any] = []
for _ in range(900):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {"grader": 5},
        {"grader": {"seal": [1]}},
        {"grader": {"seal": {}, "assignment": "01_tensors"}},
        {"grader": {"seal": {"hash": 5, "receipt": NESTED}, "assignment": "01_tensors"}},
    ],
    ids=["none", "list", "number", "no block", "empty", "nested"],
)
def test_no_seal_is_believed_or_in_the_way(metadata: Any) -> None:
    """Whatever stands where a seal would be; and such a notebook can be sealed."""
    notebook = {**plain(), "metadata": metadata}
    cells = read_cells(notebook)[0]
    assert read_cells(notebook)[0] and isinstance(remark(notebook, cells), str)
    assert is_intact(seal(notebook), cells)
    assert read(notebook).receipt == read(plain()).receipt


@pytest.mark.parametrize("name", downloads.ALL)
def test_a_sealed_notebook_comes_through_every_layout(name: str, tmp_path: Path) -> None:
    """With everybody's own receipt, the same as that of the plain notebook, and without a remark."""

    def sealed_of(who: str) -> bytes:
        return json.dumps(seal(read_notebook(notebook_of(who)))).encode()

    def notebook_of(who: str) -> bytes:
        return downloads.notebook(f"def flat(t): return {who!r}")

    one, two = (
        collect([downloads.ALL[name](make).write(tmp_path / folder)], Wanted([TENSORS])).handed
        for folder, make in (("plain", notebook_of), ("sealed", sealed_of))
    )
    receipts = [
        {entry.student.key: entry.receipt for entry in handed if isinstance(entry, Submission)} for handed in (one, two)
    ]
    assert receipts[0] == receipts[1] and all(receipts[0].values()) and len(receipts[0]) > 1
    assert not [note for entry in two if isinstance(entry, Submission) for note in entry.notes if "sealed" in note]
