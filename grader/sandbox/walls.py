"""The walls around a forked kernel: in which order they go up, and the proof that they stand.

    sandbox = Sandbox.prepare(level)     # in the host, first of all: before torch, with one thread
    child = sandbox.fork()               # as os.fork(): None in the child
    if child is None:
        sandbox.enter(policy)            # returns inside, or ends the process
        ...                              # student code
    child.poll(), child.interrupt(), child.kill()

At the level FULL the host itself lives in a PID namespace that it owns, made by `prepare`. So it can give each
kernel a namespace of its own and still be its parent: no warden in between, which would be a second fork of a
process with torch in it (20 ms and more), no signals to pass on, no exit status to imitate. And when the host is
killed, the kernel ends everything below it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from pathlib import Path
from typing import NoReturn

from grader.sandbox import landlock, limits, linux, rootfs, seccomp, selftest
from grader.sandbox.children import Child, stand_in
from grader.sandbox.policy import Level, Policy, SandboxError

EXIT_NO_WALLS = 97  # the walls could not be raised or did not hold: nobody's grade

_NAMESPACES = linux.CLONE_NEWNS | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS

# What torch, numpy and psutil read of /proc, where it is not a private one. Not all of it: the command lines of
# other processes are in there.
_PROC = ("self", "cpuinfo", "meminfo", "stat", "loadavg", "filesystems", "version", "sys/vm/overcommit_memory")


class Sandbox:
    """What can be made once in a host, for all its kernels."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.as_root = linux.LINUX and os.geteuid() == 0
        self.abi = landlock.version() if level > Level.NONE else 0
        self.filter = seccomp.build(namespaces=level is Level.FULL)
        self._host: int | None = None

    @classmethod
    def prepare(cls, level: Level, parent: int | None = None) -> Sandbox:
        """Make a process the host of sandboxed children. At the level FULL it returns in a child of the caller.

        Args:
            parent: the process with which it ends, if it is to end with one.
        """
        sandbox = cls(level)
        sandbox._check()
        if parent is not None:
            linux.die_with_parent(parent)
        if level is Level.FULL:
            sandbox._own_a_pid_namespace(parent)
        if linux.LINUX:
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
            linux.set_dumpable(False)  # no process of this user reads our memory
        return sandbox

    def _check(self) -> None:
        """Raise SandboxError if this level cannot be what it promises."""
        if self.level is Level.ROOT and not self.as_root:
            raise SandboxError("only root can give each submission a user id of its own")
        if self.level > Level.NONE and not seccomp.available():
            raise SandboxError("no system-call filter for this machine")
        if self.level in (Level.LITE, Level.ROOT) and self.abi < landlock.LEAST_VERSION:
            raise SandboxError(f"Landlock version {self.abi} is too old for a sandbox without namespaces")

    def _own_a_pid_namespace(self, parent: int | None) -> None:
        uid, gid = os.getuid(), os.getgid()
        linux.unshare(linux.CLONE_NEWPID | (0 if self.as_root else linux.CLONE_NEWUSER))
        if not self.as_root:
            linux.set_dumpable(True)
            linux.map_own_ids(uid, gid)
        pid = os.fork()
        if pid:
            if parent is not None:
                linux.die_with_parent(parent)  # once more: with the user namespace the wish was forgotten
            stand_in(pid)
        linux.die_with_parent()
        self._namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        self._cat = shutil.which("cat", path="/usr/bin:/bin:/usr/local/bin") or "cat"
        self._silence, self._silent = os.pipe()  # nothing is ever written; nobody else holds the other end

    def fork(self) -> Child | None:
        """Fork. Returns the child to the host, and None in the child, which has to call `enter`."""
        if self.level is Level.FULL:
            return self._fork_into_namespace()
        self._host = os.getpid()
        pid = os.fork()
        return Child(pid, may_fork=self.level is Level.NONE) if pid else None

    def _fork_into_namespace(self) -> Child | None:
        """The first process of the namespace is a `cat` that waits for ever.

        Were it the kernel itself, SIGKILL and SIGTERM from inside would do nothing to it, abort() would look like
        a crash, and it would have to collect orphans.
        """
        first, pid = -1, -1
        linux.unshare(linux.CLONE_NEWPID)
        try:
            streams = [(os.POSIX_SPAWN_DUP2, self._silence, 0)]
            first = os.posix_spawn(self._cat, ["cat"], {}, file_actions=streams)  # vfork: 0.2 ms
            pid = os.fork()
        finally:
            if pid != 0:
                linux.setns(self._namespace, linux.CLONE_NEWPID)
            if pid < 0 < first:
                os.kill(first, signal.SIGKILL)
                os.waitpid(first, 0)
        return Child(pid, first) if pid else None

    def stand_in(self, child: Child) -> NoReturn:
        """Be, for our own parent, this child: for a host that has forked for the last time."""
        stand_in(child.pid, {self._silent} if self.level is Level.FULL else ())

    def enter(self, policy: Policy) -> None:
        """Confine this process as its level says. Ends it with EXIT_NO_WALLS when a wall is missing."""
        try:
            policy.check()
            witness = selftest.Witness.of(policy)
            self._raise_walls(policy)
            if self.level > Level.NONE:
                witness.check(self.level, self._host)
        except BaseException as error:
            _give_up(error)

    def _raise_walls(self, policy: Policy) -> None:
        with contextlib.suppress(PermissionError):  # it leads a session already
            os.setsid()
        policy.work.mkdir(mode=0o700, exist_ok=True)
        uid, gid = os.getuid(), os.getgid()
        if self.as_root and self.level >= Level.ROOT:
            uid = gid = policy.uid
            _hand_over(policy)
        if self.level is Level.FULL:
            linux.unshare(_NAMESPACES)
            rootfs.enter(policy, uid, gid)
        self._become(uid, gid)
        limits.settle(policy)
        _link(policy)
        if linux.LINUX:
            limits.be_the_first_to_go()
        limits.apply(policy.resources, own_count=self.level >= Level.ROOT, gpu=bool(policy.devices))
        if linux.LINUX:
            linux.drop_capabilities()
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)  # Landlock and seccomp insist
        if self.level > Level.NONE:
            if self.abi:
                landlock.restrict(self._rules(policy), self.abi)
            seccomp.load(self.filter, None if self.level is Level.FULL else os.getpid())

    def _become(self, uid: int, gid: int) -> None:
        """Take on the user that the walls are for, and what a change of user resets."""
        if not linux.LINUX:
            return
        if self.as_root and self.level >= Level.ROOT:
            os.setgroups([])
            os.setresgid(gid, gid, gid)
            os.setresuid(uid, uid, uid)
        linux.set_dumpable(True)  # else /proc/self belongs to root
        if self.level is Level.FULL:
            self._own_a_user_namespace(uid, gid)
        linux.die_with_parent(self._host)

    def _own_a_user_namespace(self, uid: int, gid: int) -> None:
        """Processes are counted per user namespace, and mounts of another one cannot be touched."""
        try:
            linux.unshare(linux.CLONE_NEWUSER)
        except OSError:
            if self.as_root:  # our own user id does nearly as well
                return
            raise
        linux.map_own_ids(uid, gid)

    def _rules(self, policy: Policy) -> dict[Path, int]:
        """What Landlock allows. At the level FULL the new root has nothing in it that may not be read.

        A right holds for all that is below a path. So /tmp is closed if the scratch folder, which is on the
        host's disk, lies in it.
        """
        if self.level is Level.FULL:
            private = [path for path in (Path("/tmp"), Path("/dev/shm")) if not policy.scratch.is_relative_to(path)]
            rules = {Path("/"): landlock.READ, **dict.fromkeys(private, landlock.WRITE)}
        else:
            files = (*rootfs.ETC, *rootfs.DEVICES, *(Path("/proc", name) for name in _PROC))
            rules = {path: landlock.READ for path in (*policy.view.real, *files) if path.exists()}
        for device in (Path("/dev/null"), *policy.devices):
            rules[device] = landlock.DEVICE
        if policy.devices:
            rules[Path("/proc/self")] = landlock.READ | landlock.WRITE_FILE  # CUDA names its threads there
        return rules | {policy.scratch: landlock.SOCKETS, policy.work: landlock.WRITE}


def _hand_over(policy: Policy) -> None:
    """Give the submission's folder, which no student code has touched yet, to its user."""
    for path in (policy.scratch, *policy.scratch.iterdir()):
        os.lchown(path, policy.uid, policy.uid)


def _link(policy: Policy) -> None:
    for name, target in policy.links.items():
        link = policy.work / name
        if not (link.is_symlink() or link.exists()):  # a kernel started anew finds its old folder
            link.symlink_to(target)


def _give_up(error: BaseException) -> NoReturn:
    """Fail closed. No traceback: it would need files that are out of reach by now."""
    with contextlib.suppress(OSError):
        os.write(2, f"sandbox: {type(error).__name__}: {error}\n".encode(errors="backslashreplace"))
    os._exit(EXIT_NO_WALLS)
