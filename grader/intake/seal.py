"""Sealed notebooks and receipts: how it can be settled later what was handed in.

A receipt is a short code of a notebook's code: everybody who has the notebook computes the same one. `grader submit`
seals a notebook with it: a block in the notebook's own metadata, which every platform, editor and grader passes on with
the notebook. No key stands behind a seal, and nothing in it is believed: it only tells whether a notebook is still what
was sealed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from grader.records import Cell

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 that nobody takes for each other
GROUPS, LENGTH = 4, 4
FORMAT = 1

Notebook = dict[str, Any]
Seal = dict[str, Any]


def receipt_of(cells: Iterable[Cell]) -> str:
    """The receipt of a notebook with these cells of code, such as "7F3K-9QTM-XR2V-H8PD".

    The same code has the same receipt, sealed or not, saved again or not, run or not.
    """
    number = int(_digest([[cell.source, cell.question] for cell in cells]), 16)
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in range(GROUPS * LENGTH))
    return "-".join(letters[at : at + LENGTH] for at in range(0, len(letters), LENGTH))


def sealed(
    notebook: Notebook, cells: Iterable[Cell], versions: Mapping[str, str], public: Mapping[str, Any]
) -> Notebook:
    """The notebook with a seal, in the place of an older one; nothing else of it is changed.

    Args:
        cells: those of code, as they are read from it.
        public: what the public checks found, by question.
    """
    receipt = receipt_of(cells)
    seal: Seal = {"format": FORMAT, "receipt": receipt, "versions": dict(versions), "public": dict(public)}
    seal["hash"] = _hash(notebook, receipt, seal)
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    tags = metadata.get("grader")
    tags = tags if isinstance(tags, dict) else {}
    return {**notebook, "metadata": {**metadata, "grader": {**tags, "seal": seal}}}


def seal_of(notebook: Notebook) -> Seal | None:
    """The seal of a notebook, as it stands there; None when it has none."""
    holder: Any = notebook
    for key in ("metadata", "grader", "seal"):
        holder = holder.get(key) if isinstance(holder, dict) else None
    return holder if isinstance(holder, dict) else None


def is_intact(notebook: Notebook, cells: Iterable[Cell]) -> bool:
    """Whether a notebook and its seal are what they were when it was sealed."""
    seal = seal_of(notebook)
    try:
        return seal is not None and seal.get("hash") == _hash(notebook, receipt_of(cells), seal)
    except RecursionError:  # somebody's nest of brackets
        return False


def remark(notebook: Notebook, cells: tuple[Cell, ...]) -> str:
    """What is to be said of a notebook that was changed after it was sealed; else nothing."""
    if seal_of(notebook) is None or is_intact(notebook, cells):
        return ""
    return (
        "This notebook is not what `grader submit` sealed: it was changed afterwards. It was graded as it was handed "
        f"in; as such it has the receipt {receipt_of(cells)}."
    )


def _hash(notebook: Notebook, receipt: str, seal: Seal) -> str:
    """Of the text in all cells, and of what stands in the seal. Outputs are left out: they are nobody's answer."""
    cells = notebook.get("cells")
    texts = [_text(cell) for cell in (cells if isinstance(cells, list) else []) if isinstance(cell, dict)]
    return _digest([texts, receipt, {key: value for key, value in seal.items() if key != "hash"}])


def _text(cell: Notebook) -> list[str]:
    """Kind and text of a cell; its lines end in one way, however they were saved."""
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return [str(cell.get("cell_type")), text.replace("\r\n", "\n").replace("\r", "\n")]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
