"""Linux system calls that Python 3.11 does not wrap. Imports anywhere; works on Linux.

Every function raises OSError with the call's name in it, so that a wall that cannot be raised says which one.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from pathlib import Path

LINUX = sys.platform == "linux"
MACHINE = platform.machine()

# prctl
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 24, 36, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

# clone and unshare
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

# mount
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_SLAVE = 2, 4, 8, 0x1000, 0x4000, 0x80000
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000

# The numbers of calls that have no wrapper in every libc. Those from 424 on are the same on all architectures.
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}.get(MACHINE, -1)
SECCOMP = {"x86_64": 317, "aarch64": 277}.get(MACHINE, -1)
CAPSET = {"x86_64": 126, "aarch64": 91}.get(MACHINE, -1)
CLOSE_RANGE, MOUNT_SETATTR = 436, 442

MADV_COLLAPSE = 25

_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63  # the kernel says EINVAL to the first that it does not know

_libc = ctypes.CDLL(None, use_errno=True)  # not find_library(): that starts programs


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(name: str, number: int, *arguments: int | bytes | None) -> int:
    """Any system call; integers travel as full words."""
    words = [ctypes.c_long(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments]
    _libc.syscall.restype = ctypes.c_long
    return _checked(_libc.syscall(ctypes.c_long(number), *words), name)


def prctl(option: int, *arguments: int) -> int:
    """prctl(2), with unused arguments zero as the kernel demands."""
    words = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(_libc.prctl(ctypes.c_int(option), *words), f"prctl({option})")


def unshare(flags: int) -> None:
    """Move this process, or with CLONE_NEWPID its next children, into new namespaces."""
    _checked(_libc.unshare(ctypes.c_int(flags)), f"unshare({flags:#x})")


def setns(fd: int, kind: int) -> None:
    """Move this process, or with CLONE_NEWPID its next children, into an existing namespace."""
    _checked(_libc.setns(ctypes.c_int(fd), ctypes.c_int(kind)), "setns")


def map_own_ids(uid: int, gid: int) -> None:
    """In a new user namespace: be the same user as outside. The process must be dumpable to open these files."""
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{uid} {uid} 1")
    (own / "gid_map").write_text(f"{gid} {gid} 1")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """mount(2)."""
    text = [None if t is None else os.fsencode(t) for t in (source, target, kind, options)]
    result = _libc.mount(text[0], text[1], text[2], ctypes.c_ulong(flags), text[3])
    _checked(result, f"mount {kind or source} on {target}")


def set_mount_attributes(target: str, add: int = 0, remove: int = 0, recursive: bool = False) -> None:
    """mount_setattr(2), Linux 5.12: unlike a remount it reaches submounts and keeps locked flags."""
    attributes = b"".join(word.to_bytes(8, sys.byteorder) for word in (add, remove, 0, 0))
    flags = AT_RECURSIVE if recursive else 0
    syscall("mount_setattr", MOUNT_SETATTR, AT_FDCWD, os.fsencode(target), flags, attributes, len(attributes))


def pivot_root(new_root: str) -> None:
    """Make a mount point the root and let go of the old one."""
    os.chdir(new_root)
    syscall("pivot_root", PIVOT_ROOT, b".", b".")
    _checked(_libc.umount2(b".", ctypes.c_int(MNT_DETACH)), "umount the old root")
    os.chdir("/")


def set_host_name(name: str) -> None:
    """sethostname(2)."""
    _checked(_libc.sethostname(name.encode(), ctypes.c_size_t(len(name))), "sethostname")


def drop_capabilities() -> None:
    """Give up every capability, and with the bounding set the way back to them."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # the end of the list, or no CAP_SETPCAP: then there is nothing to drop
            break
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = _CAPABILITY_VERSION_3.to_bytes(4, sys.byteorder) + bytes(4)
    syscall("capset", CAPSET, header, bytes(24))


def close_range(first: int, last: int) -> None:
    """Close every descriptor from `first` to `last` in one call; os.closerange() may be a loop."""
    if first <= last:
        syscall("close_range", CLOSE_RANGE, first, last, 0)


def collapse(start: int, length: int) -> None:
    """Move memory into huge pages, Linux 6.1; both numbers are multiples of their size."""
    _checked(_libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(length), ctypes.c_int(MADV_COLLAPSE)), "madvise")


def die_with_parent(parent: int | None = None) -> None:
    """On Linux, end this process when its parent ends, however that happens; at once, if it has ended.

    A change of user clears this, so ask after it.

    Args:
        parent: its number, where that is known from before the fork; without it, one that is gone by now is missed.
    """
    if LINUX:
        parent = parent or os.getppid()
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def set_dumpable(dumpable: bool) -> None:
    """Whether processes of the same user may trace this one and read its memory and environment."""
    prctl(PR_SET_DUMPABLE, int(dumpable))
