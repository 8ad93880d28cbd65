"""How each thing that Python and NumPy keep for a whole process is read, and put back; PyTorch's are `switches`.

All functions are taken when this module is loaded, so that a notebook that hides them hides them from itself only.
"""

from __future__ import annotations

import dataclasses
import gc
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from torch._tensor_str import PRINT_OPTS

from grader.asking.switches import SWITCHES, Thing

PLOTS_OWN = {"backend", "backend_fallback", "interactive"}  # matplotlib sets these itself, on first use

_environ, _chdir, _getcwd = os.environ, os.chdir, os.getcwd
_encoded: dict[bytes, bytes] = _environ._data  # type: ignore[attr-defined]  # decoding them costs 40 µs


def _printing() -> tuple[dict[str, Any], Any]:
    return {name: getattr(PRINT_OPTS, name) for name in _OPTIONS}, np.get_printoptions()


def _put_printing(value: tuple[dict[str, Any], Any]) -> None:
    for name, option in value[0].items():
        setattr(PRINT_OPTS, name, option)
    np.set_printoptions(**value[1])


_OPTIONS = [field.name for field in dataclasses.fields(PRINT_OPTS)]


def _warnings() -> tuple[list[Any], Any]:
    return list(warnings.filters), warnings.showwarning


def _put_warnings(value: tuple[list[Any], Any]) -> None:
    warnings.resetwarnings()  # also tells the interpreter that they are other ones
    warnings.filters.extend(value[0])  # type: ignore[attr-defined]
    warnings.showwarning = value[1]


def _folder() -> str:
    try:
        return _getcwd()
    except OSError:
        return ""  # it was removed


def _put_folder(value: str) -> None:
    try:
        _chdir(value)
    except FileNotFoundError:
        Path(value).mkdir()
        _chdir(value)


OF_PYTEST = b"PYTEST_CURRENT_TEST"  # it sets this one within a test, where an author's pytest asks in its own process


def _environment() -> dict[bytes, bytes]:
    value = _encoded.copy()
    value.pop(OF_PYTEST, None)
    return value


def _put_environment(value: dict[bytes, bytes]) -> None:
    for name in [name for name in _encoded if name not in value and name != OF_PYTEST]:
        del _environ[os.fsdecode(name)]
    for name in [name for name in value if _encoded.get(name) != value[name]]:
        _environ[os.fsdecode(name)] = os.fsdecode(value[name])


def _put_path(value: list[str]) -> None:
    sys.path = list(value)


def _settings() -> dict[str, Any] | None:
    settings = getattr(sys.modules.get("matplotlib"), "rcParams", None)
    return settings if isinstance(settings, dict) else None


def _plots() -> dict[str, Any] | None:
    settings = _settings()  # not its copy(), which asks each setting for its value, 0.2 ms
    return None if settings is None else dict(dict.items(settings))


def _plots_differ(due: dict[str, Any] | None) -> bool:
    """There are three hundred of them: they are compared where they are, and not copied."""
    settings = _settings()
    if settings is None or due is None or dict.__eq__(settings, due):
        return False
    return any(value != due.get(name, value) for name, value in dict.items(settings) if name not in PLOTS_OWN)


def _put_plots(value: dict[str, Any] | None) -> None:
    if value is not None:
        dict.update(sys.modules["matplotlib"].rcParams, {k: v for k, v in value.items() if k not in PLOTS_OWN})


def _streams() -> tuple[Any, Any]:
    return sys.stdout, sys.stderr


def _put_streams(value: tuple[Any, Any]) -> None:
    sys.stdout, sys.stderr = value


def _put_tracing(value: tuple[Any, Any]) -> None:
    sys.settrace(value[0])
    sys.setprofile(value[1])


THINGS = (
    *SWITCHES,
    Thing("numpy", np.geterr, lambda value: np.seterr(**value)),
    Thing("printing", _printing, _put_printing),
    Thing("warnings", _warnings, _put_warnings),
    Thing("folder", _folder, _put_folder),
    Thing("environment", _environment, _put_environment),
    Thing("path", lambda: list(sys.path), _put_path),
    Thing("recursion", sys.getrecursionlimit, sys.setrecursionlimit),
    Thing("plots", _plots, _put_plots, _plots_differ),
    Thing("streams", _streams, _put_streams),
    Thing("tracing", lambda: (sys.gettrace(), sys.getprofile()), _put_tracing),
    Thing("garbage", gc.isenabled, lambda value: gc.enable() if value else gc.disable()),
)
