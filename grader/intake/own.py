"""What a student handed in beside the notebook, as the notebook finds it: modules to import, data to read."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.intake.claims import Claim
from grader.records import OwnFile
from grader.text import clean

MAX_FILES = 200
MAX_BYTES = 4 << 20  # of all files together: they are stored with the submission


def files_beside(notebook: Claim, others: Iterable[Claim]) -> tuple[tuple[OwnFile, ...], tuple[str, ...]]:
    """The files in the notebook's folder and below, and what the student must know of those that are left out."""
    found: list[OwnFile] = []
    notes: list[str] = []
    room = MAX_BYTES
    for name, claim in sorted(_relative(notebook, others), key=lambda pair: pair[0]):
        assert claim.file is not None
        try:
            data = claim.file.read(room + 1)
        except SubmissionError as error:
            notes.append(f"`{clean(name, 60)}` beside the notebook is not used: {error}")
            continue
        if len(data) > room or len(found) >= MAX_FILES:
            notes.append(f"`{clean(name, 60)}` beside the notebook is not used: there is too much beside it.")
            continue
        room -= len(data)
        found.append(OwnFile(name, base64.b64encode(data).decode()))
    return tuple(found), tuple(notes)


def _relative(notebook: Claim, others: Iterable[Claim]) -> Iterable[tuple[str, Claim]]:
    """The others with their names as the notebook would write them, as far as it could find them."""
    home = PurePosixPath(notebook.name).parent
    for other in others:
        path = PurePosixPath(other.name)
        if other.unit != notebook.unit or not path.is_relative_to(home) or not _is_plain(other.name):
            continue
        yield str(path.relative_to(home)), other


def _is_plain(name: str) -> bool:
    """Whether a name can be a path within a folder, on the side where the notebook runs."""
    parts = name.split("/")
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in name and not any(part in ("", ".", "..") or len(part.encode()) > 200 for part in parts)
