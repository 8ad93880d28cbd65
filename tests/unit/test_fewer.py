"""A handout that asks some of its questions: what goes with the others, and what stays."""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

from cases import TOY

from grader.authoring import handouts
from grader.authoring.fewer import fewer, table_with
from grader.course.catalog import Course
from grader.course.frame import with_sittings
from grader.course.notebooks import SourceCell, assemble, student_notebook
from grader.course.shown import with_reach
from grader.records import Assignment, Part, Question

CELLS: list[SourceCell] = [
    ("markdown", "", "# Title"),
    ("code", "", "import torch"),
    ("markdown", "", "## Both\n\nWhat both are about."),
    ("markdown", "", "Write `one`."),
    ("code", "one", "def one():\n    ..."),
    ("markdown", "", "What it gives:"),
    ("code", "", "print(one())"),
    ("markdown", "", "Write `two`."),
    ("code", "two", "def two():\n    ..."),
    ("code", "", "print(torch.ones(2))"),
    ("markdown", "", "## Only three"),
    ("markdown", "three", "Why three?"),
    ("code", "", "print(3)"),
    ("markdown", "", "## To read"),
    ("code", "", "print(two())"),
]


def sources(*asked: str) -> list[str]:
    return ["".join(cell["source"]) for cell in fewer(assemble("01_toy", CELLS), asked)["cells"]]


def test_what_belongs_to_a_question_alone_goes_with_it() -> None:
    """Its passage, cells that use its name with what leads to them, a section that asks nothing; headings stay."""
    both = ["# Title", "import torch", "## Both\n\nWhat both are about."]
    one = ["Write `one`.", "def one():\n    ...", "What it gives:", "print(one())"]
    two = ["Write `two`.", "def two():\n    ..."]
    three = ["## Only three", "Why three?", "print(3)"]
    assert sources("one", "two", "three") == [source for _, _, source in CELLS]
    assert sources("one") == [*both, *one, "print(torch.ones(2))", "## To read"]
    assert sources("two") == [*both, *two, "print(torch.ones(2))", "## To read", "print(two())"]
    assert sources("three") == ["# Title", "import torch", *three, "## To read"]


def test_how_long_it_takes() -> None:
    """Said behind the title, with what the core is worth; and not in a handout of some of the questions."""
    ones = [
        Question(id, id, "Both", value, beyond=id == "two") for id, value in (("one", 2.5), ("two", 1), ("three", 3))
    ]
    told = Assignment("01_toy", "Toy", "", tuple(ones), parts=(Part("Both", "an hour"), Part("Three")))
    notebook = with_sittings(assemble("01_toy", CELLS), told)
    first, cell, *_ = ("".join(cell["source"]) for cell in notebook["cells"])
    assert first == "# Title"
    assert "* part 1, Both: an hour\n* part 2, Three\n" in cell
    assert cell.endswith("The core is worth 5.5 points, all together 6.5.")
    assert fewer(notebook, ["one", "two", "three"]) == assemble("01_toy", CELLS)
    assert with_sittings(notebook, replace(told, parts=())) == notebook


def test_cells_that_show_answers_beyond_the_core_say_so() -> None:
    """With the questions that they rest on; others, and cells that do anything else, stay as they are."""
    names = {"one": True, "two": False, "three": True}
    asked = [Question(id, id, "", 1, beyond=beyond, defines=(id, f"{id}_more")) for id, beyond in names.items()]
    told = Assignment("01_toy", "Toy", "", tuple(asked), shown_by="show")
    shown = "@show\ndef both():\n    print({})"
    headed = {"three_more(), one(two())": "`one` and `three`", "one_more": "`one`", "two()": "", "2": ""}
    for line, named in headed.items():
        head = f"# Beyond the core: with your {named}.\n" if named else ""
        assert with_reach(shown.format(line), told) == head + shown.format(line)
    for source in ("print(one())", f"{shown.format('one')}\nx = 1", "%cd one"):
        assert with_reach(source, told) == source


def test_the_table_keeps_the_rest() -> None:
    """Comments and other keys are as they were."""
    text = "# mine\ntitle = 'x'\n[[questions]]\nid = 'a'\n# of b\n[[questions]]\nid = 'b' # why\n[limits]\ncell = 1\n"
    fewer_of = table_with(text, ["a", "b"], ["b"])
    assert tomllib.loads(fewer_of) == {"title": "x", "questions": [{"id": "b"}], "limits": {"cell": 1}}
    assert "# mine" in fewer_of and "# of b" in fewer_of and "# why" in fewer_of


def test_a_handout_of_the_core(tmp_path: Path) -> None:
    """Notebook, table and public checks agree; all of it where nothing is chosen, with a word at what is beyond."""
    course = Course(Path(shutil.copytree(TOY, tmp_path / "course")))
    table = course.table("01_toy")
    table.write_text(table.read_text().replace('id = "root"\n', 'id = "root"\nbeyond = true\n'))
    whole = handouts.handout(course, "01_toy")
    assert b"Beyond the core" in whole["01_toy.ipynb"] and "public/test_root.py" in whole
    (course.root / "course.toml").write_text('[assignments.01_toy]\nonly = ["core"]\n')
    core = handouts.handout(course, "01_toy")
    ids = [question["id"] for question in tomllib.loads(core["assignment.toml"].decode())["questions"]]
    assert ids == ["double", "mean_of", "flatten_images", "rows_of_file"]
    assert whole.keys() - core.keys() == {"public/test_root.py"}
    cells = json.loads(core["01_toy.ipynb"])["cells"]
    assert {cell["metadata"].get("grader", {}).get("question") for cell in cells} == {None, *ids}
    assert student_notebook(course, "01_toy") == json.loads(whole["01_toy.ipynb"])
