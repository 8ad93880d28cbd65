"""What a notebook may import and what has no meaning while it is graded: `google.colab`, and its own checks.

The calls say so where a student would wonder, and return. The real `check` is not even readable here: it is the judge
that asks, and the course's files are outside the walls.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import grader


def install() -> None:
    """Make `from grader import check`, `import google.colab` and the usual members work."""
    grader.check = _no_check
    google = sys.modules.setdefault("google", ModuleType("google"))
    google.__path__ = getattr(google, "__path__", [])
    package = _module("google.colab")
    google.colab = package  # type: ignore[attr-defined]
    package.drive = _module("google.colab.drive", mount=_ignore, flush_and_unmount=_ignore)  # type: ignore[attr-defined]
    package.files = _module("google.colab.files", upload=_no_files, download=_ignore)  # type: ignore[attr-defined]
    package.output = _module("google.colab.output", clear=_ignore, eval_js=_ignore)  # type: ignore[attr-defined]
    package.userdata = _module("google.colab.userdata", get=_ignore)  # type: ignore[attr-defined]


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = []
    vars(module).update(members)
    sys.modules[name] = module
    return module


def _no_check(question: str | None = None) -> None:
    """Stay silent: the hidden suite asks better questions."""


def _ignore(*args: object, **kwargs: object) -> None:
    print("(google.colab is not available while grading; this call did nothing)")


def _no_files(*args: object, **kwargs: object) -> dict[str, bytes]:
    _ignore()
    return {}
