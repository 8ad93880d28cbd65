"""A student's side with everything hidden that not every student has; `test_check` runs it, in a handout.

Who imports a library decides: PyTorch may import what it likes, we may not. The system's own functions are taken from
all, once PyTorch and IPython are there.
"""

from __future__ import annotations

import builtins
import os
import signal
import socket
import sys
from typing import Any

import torch

ALLOWED = {"grader", "torch", "numpy", "IPython"}
COMMAND = "cli" in sys.argv  # whose program may import whatever is installed
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
FUNCTIONS = {
    os: ("fork", "forkpty", "getuid", "geteuid", "killpg", "mkfifo", "setsid", "wait3"),
    signal: ("SIGALRM", "SIGKILL", "alarm", "setitimer", "pthread_kill"),
    socket: ("AF_UNIX", "send_fds", "recv_fds"),
}

CODE = """
import torch
from grader import beside, check, when_solved

def double(t):
    return t * 2

def root(t):
    return t

def show():
    root(1).shape
"""

_import = builtins.__import__


def only_the_base(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
    """Imports for all; for our own modules only what the base may use."""
    ours = str((globals or {}).get("__name__", "")).split(".")[0] in ("grader", "__main__")
    top = name.split(".")[0]
    light = top in ALLOWED or top in sys.stdlib_module_names
    if ours and not level and (top in POSIX or not (light or COMMAND)):
        raise ModuleNotFoundError(f"No module named {name!r}: it is hidden", name=name)
    return _import(name, globals, locals, fromlist, level)


def in_ipython() -> None:
    """As in a notebook."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    hide()
    for cell in (
        CODE,
        "check()",
        'check("double")',
        'check("duoble")',
        'beside({"it": 1}, {"it": 2})',
        "when_solved(show)",
    ):
        shell.run_cell(cell).raise_error()


def without() -> None:
    """Where there is no IPython, `check` does nothing, and what it is made of works."""
    sys.modules["IPython"] = None  # type: ignore[assignment]
    hide()
    from pathlib import Path

    from grader import check
    from grader.notebook.findings import Asker
    from grader.notebook.handout import find_handout
    from grader.notebook.page import as_text, short

    check("double")
    namespace: dict[str, Any] = {}
    exec(CODE, namespace)
    handout = find_handout([Path.cwd()])
    assert handout is not None
    print(as_text([short(answer) for answer in Asker(handout, namespace).all()]))


def command() -> None:
    """`grader submit`, of a notebook with two answers. Libraries know each system; they come first."""
    import json

    import nbclient  # noqa: F401
    import platformdirs  # noqa: F401

    sources = {"double": "def double(t):\n    return t * 2", "root": "def root(t):\n    return t"}
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in sources.values()]
    with open("mine.ipynb", "w") as file:  # noqa: PTH123
        json.dump({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, file)
    hide()
    sys.argv[1:] = ["submit", "mine.ipynb"]
    from grader.__main__ import main

    main()


def hide() -> None:
    """From here on."""
    builtins.__import__ = only_the_base
    for module, names in FUNCTIONS.items():
        if COMMAND and module is socket:  # Python's own event loop needs what it found at its start
            continue
        for name in names:
            if hasattr(module, name):
                delattr(module, name)


if __name__ == "__main__":
    assert torch.__version__
    {"ipython": in_ipython, "none": without, "cli": command}[sys.argv[1]]()
    loaded = {name.split(".")[0] for name in sys.modules if name.startswith("grader.")}
    assert "grader" in loaded and not {"grader.judge", "grader.storage", "grader.locks"} & set(sys.modules)
