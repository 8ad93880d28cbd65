"""What notebooks do in their first cells for the machine that they were written on, made harmless on this one.

Folders of a platform, styles of another release, a card that is not there, packages to be installed: a line that
prepares something says that it did nothing, and the rest of its cell runs. Only the notebook's own top-level code is
forgiven, and only where it does not catch the exception itself.
"""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import torch

from grader.kernel.inside import frames

INSTALLERS = {
    "pip", "pip3", "uv", "conda", "mamba", "micromamba", "poetry", "pdm", "apt", "apt-get", "sudo", "brew", "npm",
    "git", "wget", "curl", "gdown", "kaggle", "nvidia-smi",
}  # fmt: skip


def install() -> None:
    """Take the places of the functions that such lines call."""
    _forgive(os, "chdir", OSError)
    _forgive(os, "mkdir", OSError)
    _forgive(os, "makedirs", OSError)
    _forgive(shutil, "copytree", OSError)
    _forgive(Path, "mkdir", OSError)
    if style := sys.modules.get("matplotlib.style"):
        _forgive(style, "use", OSError)
    torch.set_default_device = functools.wraps(torch.set_default_device)(_set_default_device)
    subprocess.Popen = Popen  # type: ignore[misc]
    os.system = functools.wraps(os.system)(_system)
    _compile_nothing()


def _forgive(owner: Any, name: str, error: type[Exception]) -> None:
    """Let a function that fails say so, instead of raising, where the top level of a notebook calls it."""
    function: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(function)
    def forgiving(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except error as raised:
            if not _is_preparing(sys._getframe(1), type(raised)):
                raise
            print(f"(not done while grading: {name}: {raised})")
            return None

    setattr(owner, name, forgiving)


def _is_preparing(frame: FrameType | None, error: type[Exception]) -> bool:
    """Whether a cell called, at its top level, with nothing that catches the exception."""
    if frame is None or frame.f_code.co_name != "<module>" or not frames.is_own(frame):
        return False
    return not frames.catches(frame, error)


_really_set_default_device = torch.set_default_device


def _set_default_device(device: Any) -> None:
    kind = torch.device(device).type if isinstance(device, str | torch.device) else ""
    absent = (kind == "cuda" and not torch.cuda.is_available()) or (kind == "mps" and not torch.mps.is_available())
    if absent and _is_preparing(sys._getframe(1), RuntimeError):
        print(f"(there is no {kind} device while grading; the default device stays)")
        return
    _really_set_default_device(device)


class Popen(subprocess.Popen):  # type: ignore[type-arg]
    """A process; one that would install something is over at once, has said nothing and succeeded."""

    def __init__(self, args: Any, *more: Any, **options: Any) -> None:
        if not installs(args):
            super().__init__(args, *more, **options)
            return
        said = args if isinstance(args, str | bytes) else " ".join(map(str, args))
        print(f"(not run while grading: {said!s})")
        text = options.get("text") or options.get("universal_newlines") or options.get("encoding")
        empty = io.StringIO if text else io.BytesIO
        self.args, self.returncode, self.pid = args, 0, 0
        self.stdin = None
        self.stdout, self.stderr = (
            empty() if options.get(name) == subprocess.PIPE else None for name in ("stdout", "stderr")
        )
        self._child_created = False
        self._over = True

    def communicate(self, *args: Any, **kwargs: Any) -> Any:
        if not getattr(self, "_over", False):
            return super().communicate(*args, **kwargs)
        return tuple(stream.read() if stream else None for stream in (self.stdout, self.stderr))

    def poll(self) -> Any:
        return 0 if getattr(self, "_over", False) else super().poll()

    def wait(self, timeout: Any = None) -> Any:
        return 0 if getattr(self, "_over", False) else super().wait(timeout)


def installs(command: object) -> bool:
    """Whether a command line would install or fetch something, or looks at a card."""
    if isinstance(command, bytes | os.PathLike):
        command = os.fsdecode(command)
    words = command.split() if isinstance(command, str) else [str(word) for word in command]  # type: ignore[attr-defined]
    names = [os.path.basename(word) for word in words[:3]]  # noqa: PTH119
    if names[:1] and names[0].startswith("python") and words[1:2] == ["-m"]:
        names = names[2:]
    return bool(names) and names[0] in INSTALLERS


_really_system = os.system


def _system(command: Any) -> int:
    if installs(command):
        print(f"(not run while grading: {command!s})")
        return 0
    return _really_system(command)


def _compile_nothing() -> None:
    """`torch.compile` gives back what it is given: there is no compiler here, and it would fail at the first call."""

    @functools.wraps(torch.compile)
    def eager(model: Any = None, **options: Any) -> Any:
        return model if model is not None else lambda function: function

    torch.compile = eager
    torch.nn.Module.compile = lambda self, *args, **kwargs: None  # type: ignore[method-assign]
