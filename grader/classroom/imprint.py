"""What a page is made of, as a mark at its end: one whose mark fits says what it would say, and stays as it is.

The mark has two halves. What all pages of an assignment share: our own code, the templates, the handout, how much a
page says. And what is the student's own. When it was judged, by which state of the suite, how fast and where the file
lay is no part of it: where an edited suite comes to the same verdicts, a page goes on telling of the run that they came
from.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

from grader import report
from grader.course.catalog import Course, hash_files
from grader.records import Asked, Assignment, FeedbackLevel, Grade, Result

PACKAGE = Path(__file__).resolve().parents[1]
_HALF = 32  # characters
_OPEN, _CLOSE = "<!-- ", " -->\n"
_LENGTH = len(_OPEN) + 2 * _HALF + len(_CLOSE)


def shared_by_all(course: Course, assignment: Assignment, asked: dict[str, Asked], level: FeedbackLevel) -> str:
    """The half that all pages of an assignment share."""
    own = hash_files(course.templates, [course.templates]) if course.templates else ""
    handout = hash_files(course.root, [course.notebook(assignment.id)])
    return _digest(_renderer(), own, handout, assignment, asked, level)


def of_student(result: Result, grade: Grade, secret: bytes) -> str:
    """The other half. The hash of a submission stands for its cells.

    Args:
        secret: of the folder of results; without it nobody can try what may have been hashed.
    """
    told, found = result.submission, result.evidence
    handed = replace(told, path="", cells=(), texts=(), files=())
    checks = [replace(check, seconds=0.0) for check in result.checks]
    runs = tuple(replace(run, seconds=0.0) for run in result.execution.cells)
    ran = replace(result.execution, cells=runs, seconds=0.0)
    evidence = found.versions, found.device, found.walls, found.seed
    return _digest(handed, ran, checks, evidence, grade, key=secret)


def marked(text: str, mark: str) -> str:
    """A page with its mark."""
    return f"{text}{_OPEN}{mark}{_CLOSE}"


def mark_of(page: Path) -> str:
    """The mark of a page, nothing where there is none, or no page."""
    try:
        with page.open("rb") as file:
            file.seek(-_LENGTH, os.SEEK_END)
            end = file.read().decode("ascii")
    except (OSError, ValueError):
        return ""
    is_mark = end.startswith(_OPEN) and end.endswith(_CLOSE)
    return end[len(_OPEN) : -len(_CLOSE)] if is_mark else ""


def first_half(mark: str) -> str:
    """What all pages of an assignment share, of a mark."""
    return mark[:_HALF]


@cache
def _renderer() -> str:
    """Stands for what makes pages."""
    return hash_files(PACKAGE, [PACKAGE]) + hash_files(report.templates(), [report.templates()])


def _digest(*parts: object, key: bytes = b"") -> str:
    told = repr(parts).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(told, digest_size=_HALF // 2, key=key).hexdigest()
