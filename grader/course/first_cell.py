"""The first cell of every student's notebook: it finds what came with the notebook, wherever that is opened.

In Jupyter and VS Code the handout lies around the notebook. Colab and Kaggle open the notebook alone, and what was
uploaded or added to it lies somewhere else: it is unpacked or copied to where the notebook runs, and found there. Where
there is no `grader.pyz`, as in this repository and while grading, the cell does nothing.
"""

from __future__ import annotations

from typing import Any

from grader.notebook.handout import STUDENTS_SIDE

SOURCE = """\
# Run this cell first: it finds what came with this notebook, the checks and the data.
# In Colab, upload {id}.zip before that (folder symbol on the left). On Kaggle,
# add it under Input.
def _find_handout(name):
    import os
    import shutil
    import sys
    from importlib.util import find_spec
    from pathlib import Path

    here = Path.cwd()
    editor = Path(globals().get("__vsc_ipynb_file__", here / name)).parent
    starts = [here, editor, *map(Path, globals().get("_dh", ()))]

    def find():
        places = (folder for start in starts for folder in (start, *start.parents, start / name))
        return next((place for place in places if os.path.isfile(place / "{archive}")), None)

    if find() is None and not os.path.exists(name):
        for packed in sorted(here.glob(f"{{name}}*.zip"))[:1]:
            shutil.unpack_archive(packed)
        for given in list(Path("/kaggle/input").rglob(f"{{name}}.ipynb"))[:1]:
            shutil.copytree(given.parent, name)
    if folder := find():
        sys.path.insert(0, str(folder / "{archive}"))
        if folder not in (here, *here.parents):
            os.chdir(folder)
    elif find_spec("grader") is None:
        print("{archive} is not here: keep the notebook in the folder that it came in.")


_find_handout("{id}")
"""


def first_cell(id: str) -> str:
    """Its code in the notebook of an assignment."""
    return SOURCE.format(id=id, archive=STUDENTS_SIDE).rstrip("\n")


def with_first_cell(notebook: dict[str, Any], id: str) -> dict[str, Any]:
    """A notebook of an assignment with the cell before its own first cell of code."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "find-handout",
        "metadata": {},
        "outputs": [],
        "source": first_cell(id).splitlines(keepends=True),
    }
    cells = list(notebook["cells"])
    place = next((at for at, one in enumerate(cells) if one["cell_type"] == "code"), len(cells))
    return {**notebook, "cells": [*cells[:place], cell, *cells[place:]]}
