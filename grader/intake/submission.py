"""A notebook file -> a Submission. Reads, bounds and normalises; runs nothing, trusts nothing.

A notebook may be of any nbformat from 3 on, saved with a byte-order mark, with Windows line ends, without the fields
that the format asks for. What cannot be read as a notebook becomes one sentence for the student (SubmissionError).
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from grader.errors import SubmissionError
from grader.intake.kinds import what_it_is
from grader.intake.seal import receipt_of, remark
from grader.records import Assignment, Cell, Student, Submission, Text
from grader.text import clean

NO_CODE = "The notebook has no code in it."
MAX_FILE = 64 << 20  # bytes; a notebook with many large images stays under it
MAX_BRACKETS = 2_000_000  # each makes an object when the JSON is read
MAX_COMMAS = 8_000_000
MAX_CELLS = 2_000
MAX_SOURCE = 1 << 20  # characters of one cell
FAIR_SHARE = 0.25  # of an assignment's questions, for a notebook that does not say to which it belongs
MAX_TEXT = 100_000  # characters of a Markdown cell that are kept: pictures may lie in it
MAX_SOURCES = 4 << 20  # of all cells; Python parses a million a second at best, and 0.2 at worst


def read_notebook(data: bytes) -> dict[str, Any]:
    """The JSON object of a notebook file. Raises SubmissionError."""
    if not data.strip(b" \t\r\n\0"):
        raise SubmissionError("The file is empty.")
    if len(data) > MAX_FILE:
        raise SubmissionError(
            f"The file is larger than {MAX_FILE >> 20} MB. Clear all outputs, save, and hand in again."
        )
    if data[:4] == b"PK\x03\x04":
        raise SubmissionError("The file is an archive that was named like a notebook.")
    if sum(map(data.count, (b"[", b"{"))) > MAX_BRACKETS or data.count(b",") > MAX_COMMAS:
        raise SubmissionError("The file has more parts than a notebook can have.")
    try:
        notebook = json.loads(_decoded(data))
    except (ValueError, RecursionError):
        raise SubmissionError(f"The file is not a notebook: {what_it_is(data)}") from None
    if not isinstance(notebook, dict) or not isinstance(_raw_cells(notebook), list):
        hint = " It was exported from Zeppelin." if isinstance(notebook, dict) and "paragraphs" in notebook else ""
        raise SubmissionError(f"The file is JSON, but not a notebook: it has no cells.{hint}")
    return notebook


def read_cells(notebook: dict[str, Any], written: Collection[str] = ()) -> tuple[tuple[Cell, ...], list[str]]:
    """The code cells of a notebook in order, and remarks on what was odd. Raises SubmissionError.

    Args:
        written: ids of questions that are answered in words.
    """
    cells: list[Cell] = []
    notes: list[str] = []
    raw = _raw_cells(notebook) or []
    if len(raw) > MAX_CELLS:
        raise SubmissionError(f"The notebook has more than {MAX_CELLS} cells.")
    for item in raw:
        if not isinstance(item, dict):
            continue
        question = _tagged(item, "question")
        if item.get("cell_type") == "code":
            source = _source(item)
            if source.strip():
                cells.append(Cell(len(cells) + 1, source, question))
        elif question and question not in written:
            kind = clean(str(item.get("cell_type")), 20)
            notes.append(f"The cell for `{question}` is a {kind} cell and does not run. Turn it into a code cell.")
    if sum(len(cell.source) for cell in cells) > MAX_SOURCES:
        raise SubmissionError(f"The notebook holds more than {MAX_SOURCES:,} characters of code.")
    return tuple(cells), notes


def read_texts(notebook: dict[str, Any]) -> tuple[Text, ...]:
    """The Markdown cells of a notebook in order, and raw ones, each as far as a person would read it."""
    texts: list[Text] = []
    after, room = 0, MAX_SOURCES
    for item in _raw_cells(notebook) or []:
        if not isinstance(item, dict):
            continue
        source = _text(item)[: min(MAX_TEXT, room)]
        if source.strip() and item.get("cell_type") != "code":
            texts.append(Text(after, source, _tagged(item, "question")))
            room -= len(source)
        after += item.get("cell_type") == "code" and bool(source.strip())
    return tuple(texts)


def saved_counts(notebook: dict[str, Any]) -> dict[int, int]:
    """The execution counts that code cells were saved with, by cell number; cells that were not run have none."""
    items = [item for item in _raw_cells(notebook) or [] if isinstance(item, dict)]
    code = [item for item in items if item.get("cell_type") == "code" and _source(item).strip()]
    counts = {number: item.get("execution_count", item.get("prompt_number")) for number, item in enumerate(code, 1)}
    return {number: count for number, count in counts.items() if type(count) is int}


def assignment_of(notebook: dict[str, Any]) -> str:
    """The assignment that a notebook says it belongs to, or nothing."""
    return _tagged(notebook, "assignment")


def find_assignment(
    notebook: dict[str, Any], cells: Iterable[Cell], assignments: Iterable[Assignment], forced: str = ""
) -> str:
    """Which assignment this is: what the notebook says of itself, then what the instructor says, then its cells.

    The name of the file says nothing: browsers and students rename files. Raises SubmissionError: one notebook's
    contradiction is no zero, and a notebook that shares a name with an assignment does not belong to it yet.
    """
    known = list(assignments)
    named = assignment_of(notebook)
    if named in {assignment.id for assignment in known}:
        if forced and forced != named and forced not in _sittings(named, known):
            raise SubmissionError(f"The notebook says that it belongs to {named}, not to {forced}.")
        return forced or _whole(named, known)
    if forced:
        return forced
    language = _language(notebook)
    if language not in ("", "python"):
        raise SubmissionError(f"The notebook is written in {language.capitalize()}, not in Python.")
    share, best = max(_shares(list(cells), [one for one in known if not one.of]), default=(0.0, ""))
    if share == 0:
        raise SubmissionError("The notebook answers no question of any assignment.")
    if share < FAIR_SHARE:
        raise SubmissionError(
            f"The notebook does not say to which assignment it belongs, and answers {share:.0%} of {best}'s questions."
        )
    return _whole(best, known)


def _sittings(id: str, known: Iterable[Assignment]) -> list[str]:
    return [assignment.id for assignment in known if assignment.of == id]


def _whole(id: str, known: Iterable[Assignment]) -> str:
    """The id, when the assignment is handed in as a whole. Raises SubmissionError."""
    if sittings := _sittings(id, known):
        raise SubmissionError(
            f"{id} is handed in part by part, and nothing says for which: grade it with --assignment {sittings[0]}."
        )
    return id


def _shares(cells: list[Cell], assignments: list[Assignment]) -> Iterator[tuple[float, str]]:
    """How many of each assignment's questions the cells answer, or are meant to."""
    tagged, defined = {cell.question for cell in cells}, defined_names(cells)
    for assignment in assignments:
        answered = [q.id in tagged or defined.issuperset(q.names) for q in assignment.coded]
        yield sum(answered) / max(len(answered), 1), assignment.id


def _language(notebook: dict[str, Any]) -> str:
    """The programming language that the notebook names, in lower case."""
    metadata = notebook.get("metadata")
    for holder, key in (("kernelspec", "language"), ("language_info", "name")):
        said = metadata.get(holder) if isinstance(metadata, dict) else None
        language = said.get(key) if isinstance(said, dict) else None
        if isinstance(language, str) and language.strip():
            return clean(language, 30).strip().lower()
    return ""


def make_submission(
    student: Student, path: str, data: bytes, assignments: Iterable[Assignment], forced: str = ""
) -> Submission:
    """The Submission in a notebook file's bytes. Raises SubmissionError.

    Args:
        forced: the assignment, when the instructor says which it is.
    """
    notebook = read_notebook(data)
    del data  # it may be large, and so is what follows
    known = list(assignments)
    cells, notes = read_cells(notebook, {q.id for one in known for q in one.questions if q.kind == "written"})
    texts = read_texts(notebook)
    if not cells and not any(text.question for text in texts):
        raise SubmissionError(NO_CODE)
    assignment = find_assignment(notebook, cells, known, forced)
    if not any(q.by_hand for one in known if one.id == assignment for q in one.questions):
        texts = ()
    if not cells and not texts:
        raise SubmissionError(NO_CODE)
    hashed = [[cell.source, cell.question] for cell in cells] + [[t.after, t.source, t.question] for t in texts]
    sha = hashlib.sha256(json.dumps(hashed).encode()).hexdigest()[:16]
    notes += [said] if (said := remark(notebook, cells)) else []
    return Submission(student, assignment, path, sha, cells, tuple(notes), receipt=receipt_of(cells), texts=texts)


def defined_names(cells: Iterable[Cell]) -> set[str]:
    """The functions, classes and variables that cells define at their top level, as far as they can be parsed."""
    return {name for cell in cells for name in names_in(cell.source)}


@lru_cache(maxsize=5_000)  # asked for every check that misses a name
def names_in(source: str) -> set[str]:
    """What one cell defines at its top level; empty when it is no Python (a magic, a syntax error)."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig", errors="replace")


def _raw_cells(notebook: dict[str, Any]) -> Any:
    """The list of cells; before nbformat 4 they lay in worksheets."""
    sheets = notebook.get("worksheets")
    if "cells" not in notebook and isinstance(sheets, list):
        return [c for s in sheets if isinstance(s, dict) and isinstance(s.get("cells"), list) for c in s["cells"]]
    return notebook.get("cells")


def _source(cell: dict[str, Any]) -> str:
    text = _text(cell)
    if len(text) > MAX_SOURCE:
        raise SubmissionError(f"A cell holds more than {MAX_SOURCE:,} characters.")
    return text


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode()  # lone surrogates cannot be stored or sent


def _tagged(holder: dict[str, Any], key: str) -> str:
    """A string under metadata.grader, or nothing."""
    metadata = holder.get("metadata")
    tags = metadata.get("grader") if isinstance(metadata, dict) else None
    value = tags.get(key) if isinstance(tags, dict) else None
    return clean(value, 60) if isinstance(value, str) else ""
