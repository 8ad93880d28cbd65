"""A stand-in for `google.colab`: a notebook written there must run here.

What a notebook does with it (mount a drive, pick a file) has no meaning while grading; the calls say so and return.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def install() -> None:
    """Make `import google.colab` and its usual members work, unless the real package is there."""
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


def _ignore(*args: object, **kwargs: object) -> None:
    print("(google.colab is not available while grading; this call did nothing)")


def _no_files(*args: object, **kwargs: object) -> dict[str, bytes]:
    _ignore()
    return {}
