"""The command `grader`, and `python -m grader`. Where packages are missing it says which.

What a run waits for is PyTorch. So a process is set to load it before the command line itself is loaded, let alone
read: a wrong one costs no more than that process, which is ended.
"""

from __future__ import annotations

import contextlib
import gc
import re
import sys
from importlib import metadata

GRADES = ("run", "demo")  # the commands that grade, whatever else their lines say
POSIX = {"fcntl", "grp", "pwd", "resource", "termios"}


def main() -> None:
    """Run the command line, or say in one line what it needs and does not find."""
    try:
        if sys.platform == "linux" and sys.argv[1:2] and sys.argv[1] in GRADES and not _grades_nothing_here():
            _run_early()
        else:
            _run()
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name in ("", "grader"):
            raise
        install = f"{sys.executable} -m pip install {' '.join(missing() or [name])}"
        said = f"not everything is installed that this command needs: {install}"
        if name in POSIX:
            said = "this command needs Linux or macOS; on Windows, use it in WSL"
        print(f"grader: {said}", file=sys.stderr)
        sys.exit(2)


def _grades_nothing_here() -> bool:
    return any(word == "--help" or word.partition("=")[0] == "--dask" for word in sys.argv)


def _run_early() -> None:
    """Run the command line with a process under way that loads PyTorch."""
    from grader.kernel.outside import start

    try:
        with contextlib.suppress(OSError):  # it will be started when it is needed, and what is wrong is said then
            start.start_early()
        _run()
    finally:
        start.end_unused()


def _run() -> None:
    gc.disable()  # what is loaded stays: to look for garbage in it, again and again, takes a sixth of the loading
    from grader.cli import main

    gc.freeze()
    gc.enable()
    main()


def missing() -> list[str]:
    """The packages that this one asks for and that are not there, as far as it was installed itself."""
    try:
        asked = metadata.requires("grader") or []
    except metadata.PackageNotFoundError:
        return []
    names = [re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in asked if "extra ==" not in line]
    return [name for name in names if not _is_there(name)]


def _is_there(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    main()
