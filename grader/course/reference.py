"""The reference solution, run as a module: what the hidden suites compare with."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import sys
from typing import Any

from grader.course.catalog import Course
from grader.errors import CourseError


def load_reference(course: Course, id: str) -> dict[str, Any]:
    """The namespace of the reference solution, run as a module in the assignment's folder. Raises CourseError."""
    path = course.solution(id)
    if not path.is_file():
        raise CourseError(path, "there is no reference solution", "write it, with `grader new` as a start")
    name = f"solution_{id}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with contextlib.chdir(course.handout(id)), contextlib.redirect_stdout(io.StringIO()):
            spec.loader.exec_module(module)
    except Exception as error:
        raise CourseError(
            path, f"it raises {type(error).__name__}: {error}", "make it run from top to bottom"
        ) from error
    return vars(module)
