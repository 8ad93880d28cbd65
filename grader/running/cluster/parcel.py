"""A course as bytes, for machines that have no file of it: what grading needs, and nothing of the students'."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from grader.course.catalog import SETTINGS, Course
from grader.sandbox.scratch import remove_tree

FOLDERS = ("assignments", "solutions", "tests/hidden", "tests/mistakes")
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same files are the same bytes


def parcel_of(course: Course) -> bytes:
    """A zip of what workers need of a course."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in _files(course.root):
            info = zipfile.ZipInfo(path.relative_to(course.root).as_posix(), _ALWAYS)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            parcel.writestr(info, path.read_bytes())
    return made.getvalue()


def name_of(parcel: bytes) -> str:
    """A hash by which a parcel is known: who has it already needs no other."""
    return hashlib.sha256(parcel).hexdigest()[:16]


def unpack(parcel: bytes, folder: Path) -> Path:
    """The course's folder, below another one; unpacked if it is not there. Raises OSError.

    What students get may be read by whoever stands in the folder, as kernels of another user do; the rest by us only.
    """
    home = folder / f"grader-course-{name_of(parcel)}"
    if home.is_dir():
        return home
    making = Path(tempfile.mkdtemp(prefix="grader-course-", dir=folder))
    with zipfile.ZipFile(io.BytesIO(parcel)) as opened:
        opened.extractall(making)
    for private in ("solutions", "tests"):
        if (making / private).is_dir():
            (making / private).chmod(0o700)
    making.chmod(0o711)
    try:
        os.rename(making, home)  # noqa: PTH104  (another process may have been first: then it is not empty)
    except OSError:
        remove_tree(making)
        if not home.is_dir():
            raise
    return home


def _files(root: Path) -> Iterator[Path]:
    if (root / SETTINGS).is_file():
        yield root / SETTINGS
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
