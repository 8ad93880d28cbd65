"""The small course with two questions more that a person judges: one answered in words, one by a plot."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cases import TOY

from grader.course.catalog import Course
from grader.course.notebooks import build, solved_notebook
from grader.notebook.handout import PLACEHOLDER

Notebook = dict[str, Any]
Edit = Callable[[Notebook], None]

TABLE = """
[[questions]]
id = "why_rows"
title = "Why rows"
section = "Shapes"
kind = "written"
points = 3
rubric = [
    { id = "batch", text = "Says that the batch must stay apart", points = 2 },
    { id = "layer", text = "Names what a linear layer expects", points = 1 },
    { id = "wrong", text = "Says that values change", points = -1 },
]

[[questions]]
id = "curve"
title = "A curve"
section = "Shapes"
kind = "looked_at"
points = 2
rubric = [{ id = "axes", text = "Both axes are named", points = 2 }]
"""
CELLS = """
# %% [markdown]
# ### Why?
#
# Think of what comes after a convolution.

# %% [markdown] question="why_rows"
# **Why does `flatten_images` keep the first axis?**
#
# <!-- BEGIN SOLUTION -->
# Each picture is an example of its own: the linear layer expects one row for each.
# <!-- END SOLUTION -->

# %% [markdown]
# Draw what `double` does, with names on both axes.

# %% question="curve"
# BEGIN SOLUTION
import matplotlib.pyplot as plt

plt.plot([1, 2], [2, 4])
plt.xlabel("t")
plt.ylabel("double(t)")
plt.show()
# END SOLUTION
"""


def write_course(root: Path) -> Course:
    """The course, with its handout."""
    course = Course(shutil.copytree(TOY, root))
    for path, text in ((course.table("01_toy"), TABLE), (course.solution("01_toy"), CELLS)):
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    path, notebook = build(course, "01_toy")
    path.write_text(notebook, encoding="utf-8")
    return course


def answered(course: Course, words: str) -> Notebook:
    """The reference's notebook with somebody's words in it; the cell is as the handout has it where there are none."""
    notebook: Notebook = solved_notebook(course, "01_toy")
    cell = of_question(notebook, "why_rows")
    head = "".join(cell["source"]).partition("<!--")[0]
    cell["source"] = (head + (words or PLACEHOLDER)).splitlines(keepends=True)
    return notebook


def of_question(notebook: Notebook, question: str) -> Notebook:
    """The cell with a question's mark."""
    [cell] = [c for c in notebook["cells"] if c["metadata"].get("grader", {}).get("question") == question]
    return cell  # type: ignore[no-any-return]


def hand_in(folder: Path, student: str, notebook: Notebook) -> None:
    (folder / student).mkdir(parents=True)
    (folder / student / "notebook.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def markdown(source: str, question: str = "") -> Notebook:
    """A Markdown cell as a student adds it."""
    metadata = {"grader": {"question": question}} if question else {}
    return {"cell_type": "markdown", "metadata": metadata, "source": source.splitlines(keepends=True)}


def without_marks(notebook: Notebook) -> None:
    """What an editor leaves that keeps no metadata."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
