"""The proof, from inside, that the walls stand: what must fail is tried, and fails."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import linux
from grader.sandbox.policy import Level, Policy, SandboxError

Identity = tuple[int, int]  # device and inode
REFUSED = (errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOENT)


@dataclass(frozen=True)
class Witness:
    """What was seen before the walls went up, so that it can be looked for afterwards."""

    policy: Policy
    forbidden: dict[Path, Identity]

    @classmethod
    def of(cls, policy: Policy) -> Witness:
        return cls(policy, {path: _identity(path) for path in policy.forbidden})

    def check(self, level: Level, host: int | None) -> None:
        """Raise SandboxError if anything works that must not."""
        attempts = {
            "an internet socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
            "a netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
            "a new user namespace": lambda: linux.unshare(linux.CLONE_NEWUSER),
            "a mount": lambda: linux.mount(None, "/", None, linux.MS_REC | linux.MS_SLAVE),
            "another program": lambda: _ignoring(errno.ENOENT, os.execv, "/nonexistent", ["nonexistent"]),
            "writing to a library": lambda: os.close(os.open(os.__file__, os.O_WRONLY)),
            "the neighbours": self._list_neighbours,
        }
        for path, identity in self.forbidden.items():
            attempts[f"{path}"] = lambda path=path, identity=identity: _open_again(path, identity)  # type: ignore[misc]
        if level is Level.FULL:
            attempts["a process outside"] = _see_parent
        else:
            attempts["a child process"] = _fork
            attempts["a connection"] = lambda: _ignoring(errno.ENOENT, _connect, f"{self.policy.work}/nobody")
            if host is not None:
                attempts["a signal to the host"] = lambda: os.kill(host, 0)
        broken = [what for what, attempt in attempts.items() if not _refused(attempt)] + _unset_flags()
        if broken:
            raise SandboxError(f"these walls do not hold: {', '.join(broken)}")

    def _list_neighbours(self) -> None:
        """Beside our own scratch folder nothing may be seen, but what leads to something that may be read."""
        ours = {self.policy.scratch, *self.policy.view.links, *self.policy.view.real}
        known = {above for path in ours for above in (path, *path.parents)}
        if known.issuperset(self.policy.scratch.parent.iterdir()):
            raise FileNotFoundError(errno.ENOENT, "no neighbours")


def _identity(path: Path) -> Identity:
    status = path.stat()
    return status.st_dev, status.st_ino


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in REFUSED
    return False


def _ignoring(number: int, attempt: Callable[..., object], *arguments: object) -> None:
    """An attempt that must not get as far as this error."""
    try:
        attempt(*arguments)
    except OSError as error:
        if error.errno != number:
            raise


def _open_again(path: Path, identity: Identity) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        status = os.fstat(fd)
    finally:
        os.close(fd)
    if (status.st_dev, status.st_ino) != identity:  # an empty folder on the way to something readable
        raise FileNotFoundError(errno.ENOENT, "not the same")


def _see_parent() -> None:
    if os.getppid() == 0:
        raise ProcessLookupError(errno.ENOENT, "no parent to be seen")


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _connect(path: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect(path)


def _unset_flags() -> list[str]:
    """What the kernel says of this process."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/self/status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        flags = {
            "no new privileges": status["NoNewPrivs"] == "1",
            "the system-call filter": status["Seccomp"] == "2",
            "no capabilities": int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 0,
        }
        return [name for name, is_set in flags.items() if not is_set]
    return ["/proc/self/status"]
