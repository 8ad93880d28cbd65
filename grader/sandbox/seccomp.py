"""The system-call filter: a deny list in raw BPF, for x86-64.

A list of what is allowed would be stronger, but breaks with each release of libc and torch. So: what no notebook
needs is refused, what is newer than this list does not exist, and the 32-bit and x32 ways around it kill.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import linux

# ---- the table: x86-64 numbers, by the reason why they are denied

REFUSED = {
    "another program: a shell, a compiler, a set-user-id binary": {"execve": 59, "execveat": 322},
    "memory and descriptors of another process": {
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "pidfd_open": 434,
        "pidfd_getfd": 438, "pidfd_send_signal": 424, "process_madvise": 440, "process_mrelease": 448,
        "migrate_pages": 256, "move_pages": 279, "perf_event_open": 298,
    },
    "namespaces and mounts": {
        "unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "mount_setattr": 442, "open_tree_attr": 467, "statmount": 457, "listmount": 458,
        "name_to_handle_at": 303, "open_by_handle_at": 304, "quotactl": 179, "quotactl_fd": 443,
    },
    "large parts of the kernel that no notebook needs": {
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "io_setup": 206, "bpf": 321,
        "userfaultfd": 323, "add_key": 248, "request_key": 249, "keyctl": 250, "personality": 135,
        "modify_ldt": 154, "uselib": 134, "lookup_dcookie": 212, "map_shadow_stack": 453,
    },
    "watching which files others open": {
        "inotify_init": 253, "inotify_init1": 294, "fanotify_init": 300, "fanotify_mark": 301,
    },
    "memory and messages shared between students": {
        "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "semop": 65, "semctl": 66, "semtimedop": 220,
        "msgget": 68, "msgsnd": 69, "msgrcv": 70, "msgctl": 71, "mq_open": 240, "mq_unlink": 241,
    },
    "memory that no limit counts": {"memfd_create": 319, "memfd_secret": 447},
    "the machine itself": {
        "reboot": 169, "swapon": 167, "swapoff": 168, "init_module": 175, "finit_module": 313,
        "delete_module": 176, "kexec_load": 246, "kexec_file_load": 320, "acct": 163, "settimeofday": 164,
        "clock_settime": 227, "clock_adjtime": 305, "adjtimex": 159, "sethostname": 170, "setdomainname": 171,
        "iopl": 172, "ioperm": 173, "syslog": 103, "vhangup": 153, "ioprio_set": 251,
    },
}  # fmt: skip

# Refused with the answer "done". ZeroMQ's I/O thread asserts that its scheduling calls succeed; shutil.copy and the
# start of IPython fail when chmod does. Landlock does not guard the attributes of files: those of the host where it
# is visible, and everywhere those of the folder that the judge has to enter. A lock on a file that all can read is a
# message to another student.
PRETENDED = {
    "flock": 73, "setpriority": 141, "sched_setparam": 142, "sched_setscheduler": 144, "sched_setaffinity": 203,
    "sched_setattr": 314, "sync": 162, "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452, "chown": 92,
    "fchown": 93, "lchown": 94, "fchownat": 260, "utime": 132, "utimes": 235, "utimensat": 280, "futimesat": 261,
    "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "setxattrat": 463, "removexattr": 197,
    "lremovexattr": 198, "fremovexattr": 199, "removexattrat": 466, "file_setattr": 469,
}  # fmt: skip

# Where there is no namespace of processes and of paths of one's own.
WITHOUT_NAMESPACES = {"connect": 42, "fork": 57, "vfork": 58, "tkill": 200, "rt_sigqueueinfo": 129}

IOCTL, SOCKET, SOCKETPAIR, CLONE, KILL, PRCTL, TGKILL, PRLIMIT, CLONE3 = 16, 41, 53, 56, 62, 157, 234, 302, 435
FCNTL, FALLOCATE = 72, 285
RT_TGSIGQUEUEINFO = 297
FIRST_UNKNOWN = 470  # this and every later number answer ENOSYS, as on an older kernel

# ---- values of arguments

AF_UNIX, SOCK_STREAM, _SOCK_TYPE = 1, 1, 0xF
_NEW_NAMESPACE = 0x7E020000  # CLONE_NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET
_CLONE_PARENT = 0x8000  # a sibling instead of a child: the host would have to collect it
_CLONE_THREAD = 0x10000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C  # type into the terminal
_LOCKS = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, and the same for open file descriptions
_F_SETLEASE, _F_NOTIFY = 1024, 1026  # delay or watch others who open a file

# ---- BPF

EPERM, ENOSYS, EOPNOTSUPP = 1, 38, 95
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _BITS, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_AUDIT_ARCH_X86_64, _X32_BIT = 0xC000003E, 0x40000000
_OFFSET_NUMBER, _OFFSET_ARCH, _OFFSET_ARGUMENTS = 0, 4, 16

_SECCOMP_SET_MODE_FILTER = 1


def _do(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _answer(errno: int) -> bytes:
    return _do(_RETURN, _ERRNO | errno)


def _argument(index: int) -> bytes:
    """Load the low half of an argument: the kernel, too, reads no more of an int."""
    return _do(_LOAD, _OFFSET_ARGUMENTS + 8 * index)


def _on(number: int, body: bytes) -> bytes:
    """`body`, which must return on every path, for one call."""
    return _do(_EQUAL, number, 0, len(body) // 8) + body


def _answers(numbers: Iterable[int], errno: int) -> bytes:
    return b"".join(_on(number, _answer(errno)) for number in sorted(numbers))


def _only(number: int, index: int, value: int) -> bytes:
    """The call with another value of an argument is refused."""
    return _on(number, _argument(index) + _do(_EQUAL, value, 1, 0) + _answer(EPERM) + _do(_RETURN, _ALLOW))


def _never(number: int, index: int, *values: int) -> bytes:
    """The call with one of these values of an argument is refused."""
    tests = [_do(_EQUAL, value, len(values) - position, 0) for position, value in enumerate(values)]
    return _on(number, _argument(index) + b"".join(tests) + _do(_RETURN, _ALLOW) + _answer(EPERM))


def _clone(threads_only: bool) -> bytes:
    """Threads and, if allowed, children; never a new namespace."""
    forbidden = _do(_BITS, _NEW_NAMESPACE | _CLONE_PARENT, 0, 1) + _answer(EPERM)
    required = _do(_BITS, _CLONE_THREAD, 1, 0) + _answer(EPERM) if threads_only else b""
    return _on(CLONE, _argument(0) + forbidden + required + _do(_RETURN, _ALLOW))


def _sockets(streams_only: bool) -> bytes:
    """UNIX sockets; where paths of the host are visible no datagrams, which need no connect() to be sent there."""
    family = _argument(0) + _do(_EQUAL, AF_UNIX, 1, 0) + _answer(EPERM)
    stream = _argument(1) + _do(_AND, _SOCK_TYPE) + _do(_EQUAL, SOCK_STREAM, 1, 0) + _answer(EPERM)
    body = family + (stream if streams_only else b"") + _do(_RETURN, _ALLOW)
    return _on(SOCKET, body) + _on(SOCKETPAIR, body)


def _locks() -> bytes:
    """Locks are pretended, for those of a whole file are; leases and notes of what others do are refused."""
    pretended = b"".join(_do(_EQUAL, command, 0, 1) + _answer(0) for command in _LOCKS)
    refused = b"".join(_do(_EQUAL, command, 0, 1) + _answer(EPERM) for command in (_F_SETLEASE, _F_NOTIFY))
    return _on(FCNTL, _argument(1) + pretended + refused + _do(_RETURN, _ALLOW))


_PROLOGUE = (
    _do(_LOAD, _OFFSET_ARCH)
    + _do(_EQUAL, _AUDIT_ARCH_X86_64, 1, 0)
    + _do(_RETURN, _KILL_PROCESS)
    + _do(_LOAD, _OFFSET_NUMBER)
    + _do(_AT_LEAST, _X32_BIT, 0, 1)
    + _do(_RETURN, _KILL_PROCESS)
)


def build(namespaces: bool) -> bytes:
    """The filter without its prologue; to be built once, before any fork.

    Args:
        namespaces: the process has its own view of files, processes and network. Without, it may start threads
            only, connect to nothing, and signal itself only.
    """
    refused = {number for group in REFUSED.values() for number in group.values()}
    if not namespaces:
        refused |= set(WITHOUT_NAMESPACES.values())
    return b"".join(
        [
            _answers(refused, EPERM),
            _answers(PRETENDED.values(), 0),
            _do(_AT_LEAST, FIRST_UNKNOWN, 0, 1) + _answer(ENOSYS),
            _answers([CLONE3], ENOSYS),  # its flags lie in memory, out of sight; glibc falls back to clone
            _answers([FALLOCATE], EOPNOTSUPP),  # a whole disk in a moment; glibc falls back to writing
            _clone(threads_only=not namespaces),
            _sockets(streams_only=not namespaces),
            _locks(),
            _only(PRLIMIT, 0, 0),
            _never(PRCTL, 0, linux.PR_SET_PDEATHSIG),
            _never(IOCTL, 1, _TIOCSTI, _TIOCLINUX),
            _do(_RETURN, _ALLOW),
        ]
    )


def _own_signals(pid: int) -> bytes:
    return b"".join(_only(number, 0, pid) for number in (KILL, TGKILL, RT_TGSIGQUEUEINFO))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def load(program: bytes, signals_to: int | None = None) -> None:
    """Put a filter from `build` on this process, for ever. Needs no_new_privs.

    Args:
        signals_to: the only process that may be signalled; None where a namespace sees to that.
    """
    whole = _PROLOGUE + (b"" if signals_to is None else _own_signals(signals_to)) + program
    pointer = ctypes.cast(ctypes.pointer(_Program(len(whole) // 8, whole)), ctypes.c_void_p).value
    linux.syscall("seccomp", linux.SECCOMP, _SECCOMP_SET_MODE_FILTER, 0, pointer)


def available() -> bool:
    """Whether this filter fits the machine and the kernel takes filters."""
    if not linux.LINUX or linux.MACHINE != "x86_64":
        return False
    return Path("/proc/sys/kernel/seccomp/actions_avail").exists()
