"""assignments/NN_topic/NN_topic.ipynb -> how each question is asked there."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course.catalog import Course
from grader.notebook.handout import PLACEHOLDER
from grader.records import Asked

FIGURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
MOST = 64 << 10  # bytes of a figure that a page may carry
_HEADING = re.compile(r"^#{1,6} ", re.M)
_FIGURE = re.compile(r"(!\[[^\]\n]*\]\()([^)\s]+)(\))")


def asked_in(course: Course, id: str) -> dict[str, Asked]:
    """How the questions of an assignment are asked, by id; nothing of one without a notebook that can be read."""
    try:
        notebook = json.loads(course.notebook(id).read_text(encoding="utf-8"))
        return {one.question: one for one in _asked(notebook["cells"], course.handout(id))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _asked(cells: list[dict[str, Any]], home: Path) -> Iterator[Asked]:
    passage, fresh = "", False  # whether a question has been asked of the passage already
    for cell in cells:
        source = "".join(cell["source"])
        question = cell["metadata"].get("grader", {}).get("question", "")
        if cell["cell_type"] == "markdown" and question:  # to be answered in words: what it says is asked, too
            own = source.replace(PLACEHOLDER, "").strip()
            yield Asked(question, _with_figures(f"{passage}\n\n{own}".strip(), home), source)
            fresh = False
        elif cell["cell_type"] == "markdown":
            *_, heading = [None, *_HEADING.finditer(source)]
            before = f"{passage}\n\n" if fresh else ""
            passage, fresh = source[heading.start() :] if heading else before + source, True
        elif question:
            yield Asked(question, _with_figures(passage, home), source)
            fresh = False


def _with_figures(text: str, home: Path) -> str:
    """The text with its figures in it; one that cannot be read stays a name."""

    def put(found: re.Match[str]) -> str:
        path = home / found[2]
        kind = FIGURES.get(path.suffix.lower())
        if kind is None or not path.is_file() or path.stat().st_size > MOST:
            return found[0]
        return f"{found[1]}data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}{found[3]}"

    return _FIGURE.sub(put, text)
