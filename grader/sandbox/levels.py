"""Which walls this machine can raise: each level is tried, for real, in a process that is thrown away."""

from __future__ import annotations

import errno
import gc
import os
import platform
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.sandbox import landlock, linux, seccomp
from grader.sandbox.children import end_as
from grader.sandbox.policy import MAX_SOCKET_FOLDER, Level, Policy, Resources, default_environment
from grader.sandbox.scratch import remove_tree
from grader.sandbox.walls import Sandbox

_TRIAL_SECONDS = 60.0  # on a machine that is busy: without walls, nothing is graded
_PAUSES = (0.05, 0.2, 0)  # seconds after each trial that fails: one bad moment must not lower the walls of a class
_SYSTEM_LIBRARIES = ("/usr", "/lib", "/lib64", "/sys/devices/system/cpu")


@dataclass(frozen=True)
class Mechanism:
    """One means of confinement.

    Attributes:
        detail: what was found.
        remedy: what to do when it does not work; one sentence, or empty.
    """

    name: str
    works: bool
    detail: str
    remedy: str = ""


@dataclass(frozen=True)
class Report:
    """What the machine offers. Stored with the grades that were made behind these walls."""

    level: Level
    mechanisms: tuple[Mechanism, ...]
    kernel: str = ""

    @property
    def missing(self) -> tuple[Mechanism, ...]:
        """What stands between this machine and the next stronger level, or would make this level stronger."""
        return tuple(mechanism for mechanism in self.mechanisms if not mechanism.works)


def interpreter_paths() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """What any kernel must be able to read: Python with its packages; and, where they exist, system libraries."""
    own = (sys.prefix, sys.base_prefix, *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")))
    return tuple(sorted({Path(path) for path in own})), tuple(map(Path, _SYSTEM_LIBRARIES))


def probe() -> Report:
    """Find out what works here, and which level that makes. Takes some hundredths of a second; changes nothing."""
    filter_works, abi = seccomp.available(), landlock.version()
    confined = filter_works and abi >= landlock.LEAST_VERSION
    mechanisms = [_filter(filter_works), _landlock(abi), _namespaces(filter_works)]
    level = Level.FULL if mechanisms[-1].works else Level.NONE
    if level is Level.NONE and linux.LINUX and os.geteuid() == 0:
        mechanisms.append(_user_ids(confined))
        level = Level.ROOT if mechanisms[-1].works else Level.NONE
    if level is Level.NONE and confined and _trial(Level.LITE) is None:
        level = Level.LITE
    return Report(level, tuple(mechanisms), f"{platform.system()} {platform.release()} {linux.MACHINE}")


def best_level() -> Level:
    """The strongest level that works here."""
    return probe().level


def _filter(works: bool) -> Mechanism:
    name = "system-call filter"
    if works:
        return Mechanism(name, True, "seccomp")
    if not linux.LINUX:
        return Mechanism(name, False, f"{sys.platform} has none", "Run the grader on Linux, or in a Linux container.")
    if linux.MACHINE != "x86_64":
        return Mechanism(name, False, f"written for x86-64, this is {linux.MACHINE}", "Grade on an x86-64 machine.")
    return Mechanism(name, False, "the kernel has no seccomp", "Use a kernel with CONFIG_SECCOMP_FILTER.")


def _landlock(abi: int) -> Mechanism:
    detail = f"version {abi}" if abi else "not in this kernel"
    remedy = f"Use Linux 6.7 or newer, with `landlock` among the security modules (found: {detail})."
    return Mechanism("Landlock", abi >= landlock.LEAST_VERSION, detail, "" if abi >= landlock.LEAST_VERSION else remedy)


def _namespaces(filter_works: bool) -> Mechanism:
    error = _trial(Level.FULL) if filter_works else "needs the system-call filter"
    if error is None:
        return Mechanism("namespaces", True, "processes, files, network, users")
    return Mechanism("namespaces", False, error, _namespace_remedy(error))


def _user_ids(confined: bool) -> Mechanism:
    name, remedy = "user ids", "Give the container CAP_SETUID, and install Python where every user can read it."
    error = _trial(Level.ROOT) if confined else "needs Landlock and the system-call filter"
    return Mechanism(name, error is None, error or "one for each submission", remedy if error else "")


def _namespace_remedy(error: str) -> str:
    if not linux.LINUX:
        return "Run the grader on Linux, or in a Linux container."
    if _setting("user/max_user_namespaces") == "0":
        return "Ask an administrator for `sysctl user.max_user_namespaces=15000`."
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "Ask an administrator for `sysctl kernel.unprivileged_userns_clone=1`."
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "Ask an administrator for an AppArmor profile with `userns,` for this Python."
    if "mount proc" in error:
        return "A container that hides parts of /proc forbids this; start it with systempaths=unconfined."
    if "mount_setattr" in error:
        return "Use Linux 5.12 or newer."
    return "In a container, allow unshare and mount in its seccomp profile; elsewhere, allow user namespaces."


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return ""


def _trial(level: Level) -> str | None:
    """Enter a level in a forked process. Returns what went wrong each time, None if nothing did once.

    Raises OSError with ENOSPC when there is no room to try it in.
    """
    if not linux.LINUX:
        return "not Linux"
    for pause in _PAUSES:
        if not (wrong := _tried(level)):
            return None
        time.sleep(pause)
    return wrong


def _tried(level: Level) -> str | None:
    scratch = Path(tempfile.mkdtemp(prefix="grader-")).resolve()
    if len(os.fsencode(scratch)) > MAX_SOCKET_FOLDER:
        remove_tree(scratch)
        raise UsageError(f"{scratch.parent}: too long a path for sockets to lie in; set TMPDIR to a shorter one")
    read, write = os.pipe()
    try:
        pid = os.fork()
        if pid == 0:
            gc.disable()  # what is collected in a fork would be undone for its parent, too
            os.dup2(write, 2)
            _try(level, scratch)
        os.close(write)
        said = os.read(read, 1000).decode(errors="replace").strip()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code and os.strerror(errno.ENOSPC) in said:  # no fault of the walls
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(scratch.parent))
        return None if code == 0 else said.removeprefix("sandbox: ") or f"exit code {code}"
    finally:
        os.close(read)
        remove_tree(scratch)


def _try(level: Level, scratch: Path) -> None:
    code = 1
    try:
        readable, optional = interpreter_paths()
        work, small = scratch / "work", Resources(disk=1 << 20, files=100)
        policy = Policy(scratch, work, default_environment(work), readable, optional, resources=small)
        sandbox = Sandbox.prepare(level)
        child = sandbox.fork()
        if child is None:
            sandbox.enter(policy)
            os._exit(0)
        ended = child.wait(_TRIAL_SECONDS)
        if ended is None:
            raise TimeoutError(f"not up after {_TRIAL_SECONDS:g} s")
        code = ended
    except BaseException as error:
        os.write(2, str(error).encode(errors="backslashreplace"))
    end_as(code)
