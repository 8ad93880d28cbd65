"""`beside(predicted, came)`: what a student predicted beside what came, in the notebook; and the same as rows.

Nothing is judged here, and whatever was predicted can be shown.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.asking.predictions import came as is_as_predicted
from grader.notebook.values import shown
from grader.text import clean

MOST = 120  # characters of a value in a table


@dataclass(frozen=True, slots=True)
class Row:
    """One label: what was predicted, what came, and whether the two are the same."""

    label: str
    predicted: str
    came: str
    same: bool


def rows(predicted: object, came: Mapping[str, object]) -> list[Row]:
    """A prediction beside what came, label by label; what was not predicted is left open."""
    said = predicted if isinstance(predicted, dict) else {}
    return [_row(label, said, value) for label, value in came.items()]


def beside(predicted: object, came: Mapping[str, object]) -> None:
    """Show what was predicted beside what came.

    Args:
        predicted: a dict from labels to values, as a question for a prediction asks for it.
        came: what each label came to.
    """
    module = sys.modules.get("IPython")
    if module is None or module.get_ipython() is None:
        return  # the solution is imported as a module, as for `check`
    found = rows(predicted, came)
    from IPython.display import display

    data = {"text/plain": as_text(found), "text/html": as_html(found)}
    display(data, raw=True)  # type: ignore[no-untyped-call]


def as_text(found: list[Row]) -> str:
    """The table for a terminal."""
    table = [("", "predicted", "came"), *((row.label, row.predicted, row.came) for row in found)]
    widths = [max(len(line[column]) for line in table) for column in range(3)]
    marks = ["", *("as predicted" if row.same else "" for row in found)]
    lines = ["  ".join((*map(str.ljust, line, widths), mark)).rstrip() for line, mark in zip(table, marks, strict=True)]
    return "\n".join([*lines, summary(found)])


def as_html(found: list[Row]) -> str:
    """The table for a notebook, whatever its theme."""
    body = ""
    for row in found:
        cells = "".join(f"<td style='text-align:left'>{html.escape(text)}</td>" for text in (row.predicted, row.came))
        mark = "as predicted" if row.same else ""
        body += f"<tr><th style='text-align:left'>{html.escape(row.label)}</th>{cells}<td>{mark}</td></tr>"
    head = "<tr><th></th><th style='text-align:left'>predicted</th><th style='text-align:left'>came</th><th></th></tr>"
    return f"<table>{head}{body}</table><div>{summary(found)}</div>"


def summary(found: list[Row]) -> str:
    """How many came as predicted, kindly."""
    number, same = len(found), sum(row.same for row in found)
    if same == number:
        return {1: "It came as you predicted.", 2: "Both came as you predicted."}.get(
            number, f"All {number} came as you predicted."
        )
    more = "Where it came differently: why? That is what there is to learn here."
    return f"{same} of {number} came as you predicted. {more}"


def _row(label: str, said: dict[Any, Any], value: object) -> Row:
    if label not in said:
        return Row(_brief(label), "–", _value(value), same=False)
    try:
        same = is_as_predicted(said[label], value)
    except Exception:  # what cannot be compared is shown
        same = False
    return Row(_brief(label), _value(said[label]), _value(value), same)


def _value(value: object) -> str:
    try:
        return _brief(shown(value))
    except Exception:  # a value that cannot be printed
        return f"an object of the class {type(value).__name__}"


def _brief(text: str) -> str:
    line = clean(" ".join(text.split()), MOST + 1)
    return line if len(line) <= MOST else f"{line[:MOST]}…"
