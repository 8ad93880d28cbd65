"""The reference solution, run as a module: what the hidden suites compare with."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import io
import sys
from pathlib import Path
from types import CodeType
from typing import Any

from grader.course.catalog import Course
from grader.course.shown import only_shows
from grader.errors import CourseError


def load_reference(course: Course, id: str) -> dict[str, Any]:
    """The namespace of the reference solution, run as a module in the assignment's folder. Raises CourseError.

    What only shows something is left out, as it is while a notebook is graded: it takes longer than all the rest.
    """
    path = course.solution(id)
    if not path.is_file():
        raise CourseError(path, "there is no reference solution", "write it, with `grader new` as a start")
    name = f"solution_{id}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with contextlib.chdir(course.handout(id)), contextlib.redirect_stdout(io.StringIO()):
            exec(_without_shows(path, course.assignment(id).shown_by), vars(module))
    except Exception as error:
        raise CourseError(
            path, f"it raises {type(error).__name__}: {error}", "make it run from top to bottom"
        ) from error
    return vars(module)


def _without_shows(path: Path, decorator: str) -> CodeType:
    """The module's code; its functions stand on the lines where they are in the file."""
    tree = ast.parse(path.read_bytes(), path)
    tree.body = [one for one in tree.body if not only_shows(one, decorator)]
    return compile(tree, path, "exec", dont_inherit=True)
