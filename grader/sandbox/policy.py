"""What a sandboxed process may see and use. Plain data, checked before anything is confined."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import InternalError

PUBLIC_UID = 60800  # first of the user ids for slots; systemd's table lists 60706 to 61183 as unused
_MAX_LINKS = 40  # as the kernel
MAX_SOCKET_FOLDER = 90  # a UNIX socket's path is at most 107 bytes


class Level(IntEnum):
    """How strong the walls are. Each level that a machine offers is stronger than the ones below it."""

    NONE = 0  # resource limits only; for notebooks that one trusts
    LITE = 1  # Landlock and a system-call filter: no sockets out, no children; names and sizes of files show
    ROOT = 2  # the same, under a user id of its own; the grader runs as root
    FULL = 3  # namespaces, a root directory of its own, Landlock and the filter

    @property
    def word(self) -> str:
        """The level's name as it is typed and stored."""
        return self.name.lower()


class SandboxError(InternalError):
    """The walls cannot be raised as asked: nobody's grade, the staff's task."""


@dataclass(frozen=True)
class Resources:
    """Limits of one sandboxed process and its descendants, in bytes and seconds.

    `memory`, `cpu` and `file_size` hold for each process on its own; what it inherits from the host at the start
    does not count as its memory.
    """

    memory: int = 4 << 30  # private
    shared_memory: int = 2 << 30  # address space on top of it: shared mappings, and what is reserved, not used
    cpu: int = 900
    processes: int = 64  # threads count
    file_size: int = 256 << 20
    open_files: int = 256
    disk: int = 512 << 20  # work folder, /tmp and /dev/shm together, where they are private
    files: int = 50_000  # the same, in number
    stack: int = 8 << 20


@dataclass(frozen=True)
class Policy:
    """The walls of one submission.

    Attributes:
        scratch: a folder of the submission's own. Its sockets lie here; nothing else can be created in it.
        work: where it runs and may write; a folder inside `scratch`. At the level FULL it is private, limited in
            size and gone when the process ends.
        environment: the whole environment.
        readable: files and folders to be read, at their own paths; a missing one is an error.
        optional: the same, but may be missing.
        links: names in `work` that shall lead to readable paths.
        forbidden: what must stay out of reach; tried after the walls are up.
        devices: device nodes to be used, for CUDA.
        keep: file descriptors that stay open, besides 0, 1 and 2.
        slot: which of the user ids for submissions this one takes, where the grader runs as root.
    """

    scratch: Path
    work: Path
    environment: Mapping[str, str]
    readable: tuple[Path, ...]
    optional: tuple[Path, ...] = ()
    links: Mapping[str, Path] = field(default_factory=dict)
    forbidden: tuple[Path, ...] = ()
    devices: tuple[Path, ...] = ()
    keep: tuple[int, ...] = ()
    slot: int = 0
    resources: Resources = Resources()

    def plain(self) -> dict[str, Any]:
        """The policy as JSON can hold it, for a host; `keep` is the host's own business."""
        return {
            **{name: str(getattr(self, name)) for name in ("scratch", "work")},
            **{name: list(map(str, getattr(self, name))) for name in ("readable", "optional", "forbidden", "devices")},
            "environment": dict(self.environment),
            "links": {name: str(target) for name, target in self.links.items()},
            "slot": self.slot,
            "resources": asdict(self.resources),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any], keep: tuple[int, ...]) -> Policy:
        """The policy that `plain` describes, with descriptors to keep open."""
        return cls(
            scratch=Path(plain["scratch"]),
            work=Path(plain["work"]),
            readable=tuple(map(Path, plain["readable"])),
            optional=tuple(map(Path, plain["optional"])),
            forbidden=tuple(map(Path, plain["forbidden"])),
            devices=tuple(map(Path, plain["devices"])),
            environment=plain["environment"],
            links={name: Path(target) for name, target in plain["links"].items()},
            slot=plain["slot"],
            resources=Resources(**plain["resources"]),
            keep=keep,
        )

    @property
    def uid(self) -> int:
        return PUBLIC_UID + self.slot

    @property
    def view(self) -> View:
        """The readable paths that exist, without symbolic links. Raises SandboxError for a missing one."""
        return _view(self.readable, self.optional)

    def check(self) -> None:
        """Raise SandboxError for what contradicts itself. Called in the host as well, it saves each kernel 1 ms."""
        scratch = self.scratch.resolve()
        if scratch != self.scratch:
            raise SandboxError(f"{self.scratch}: must be given without symbolic links, as {scratch}")
        if len(os.fsencode(scratch)) > MAX_SOCKET_FOLDER:
            raise SandboxError(f"{scratch}: too long a path for sockets to lie in")
        if self.work.is_symlink():
            raise SandboxError(f"{self.work}: the work folder must not be a link")
        if scratch == self.work or not self.work.is_relative_to(self.scratch):
            raise SandboxError(f"{self.work}: the work folder must lie inside {self.scratch}")
        for path in self.view.real:
            for secret in (scratch, *(_exists(p).resolve() for p in self.forbidden)):
                if secret.is_relative_to(path):
                    raise SandboxError(f"{path}: must not be readable, {secret} lies in it")


@dataclass(frozen=True)
class View:
    """Readable paths, none inside another, and the symbolic links that lead to them."""

    real: tuple[Path, ...]
    links: Mapping[Path, str]


@lru_cache(maxsize=16)  # 1 ms, the same for all kernels of an assignment
def _view(readable: tuple[Path, ...], optional: tuple[Path, ...]) -> View:
    links: dict[Path, str] = {}
    wanted = [_follow(path, links) for path in readable if _exists(path)]
    wanted += [_follow(path, links) for path in optional if os.path.lexists(path)]
    return View(_outermost(wanted), links)


def _exists(path: Path) -> Path:
    if not path.is_absolute() or not path.exists():
        raise SandboxError(f"{path}: the sandbox needs this path, and it does not exist")
    return path


def _outermost(paths: list[Path]) -> tuple[Path, ...]:
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not (kept and path.is_relative_to(kept[-1])):
            kept.append(path)
    return tuple(kept)


def _follow(path: Path, links: dict[Path, str]) -> Path:
    """The path without symbolic links; each one met on the way is noted in `links`."""
    walked, ahead = Path("/"), deque(Path(os.path.normpath(path)).parts[1:])
    for _ in range(_MAX_LINKS):
        while ahead:
            step = walked / ahead.popleft()
            if step.is_symlink():
                break
            walked = step
        else:
            return walked
        links[step] = target = str(step.readlink())
        ahead.extendleft(reversed(Path(os.path.normpath(walked / target)).parts[1:]))
        walked = Path("/")
    raise SandboxError(f"{path}: too many symbolic links")


PROGRAMS = "/usr/local/bin:/usr/bin:/bin"  # where a kernel, and its host, look for other programs
FOR_TORCH = {  # one thread each, and no look at a driver that initialises it
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
}


def default_environment(work: Path) -> dict[str, str]:
    """The variables that a kernel needs; callers add to it."""
    home = str(work)
    return {
        **FOR_TORCH,
        "HOME": home,
        "TMPDIR": home,
        "USER": "student",
        "LOGNAME": "student",
        "PATH": PROGRAMS,
        "LANG": "C.UTF-8",
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "XDG_CACHE_HOME": f"{home}/.cache",
        "TORCH_HOME": f"{home}/.torch",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
