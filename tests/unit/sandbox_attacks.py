"""Attacks that a sandboxed process tries in test_sandbox.py.

An attack returns normally when it worked, and raises OSError when a wall stopped it. `target` describes the victim:
a process of the same user and a folder with a secret, both outside.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

Target = dict[str, Any]
ATTACKS: dict[str, Any] = {}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(number: int, *arguments: Any) -> int:
    """Any system call."""
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def attack(function: Any) -> Any:
    ATTACKS[function.__name__] = function
    return function


# ---- attacks on files


def secret(target: Target) -> Path:
    return Path(target["folder"], "secret.txt")


@attack
def read_a_file(target: Target) -> None:
    secret(target).read_text()


@attack
def list_a_folder(target: Target) -> None:
    names(target["folder"])


@attack
def write_a_file(target: Target) -> None:
    os.close(os.open(secret(target), os.O_WRONLY))


@attack
def truncate_a_file(target: Target) -> None:
    os.truncate(Path(target["folder"], "spare.txt"), 1)


@attack
def create_a_file(target: Target) -> None:
    Path(target["folder"], "planted").write_text("x")


@attack
def hard_link_a_file(target: Target) -> None:
    os.link(secret(target), "linked")


@attack
def rename_a_file(target: Target) -> None:
    Path(target["folder"], "movable.txt").rename("moved")


@attack
def see_a_name(target: Target) -> None:
    secret(target).stat()


@attack
def claim_the_disk_at_once(target: Target) -> None:
    """Space, without the time that it takes to write it; so little here that no other limit is in the way."""
    with Path("claimed").open("wb") as file:
        call(285, file.fileno(), 0, 0, 1 << 20)  # fallocate


@attack
def change_a_mode(target: Target) -> None:
    path = Path(target["folder"], "spare.txt")
    path.chmod(0o604)
    refuse_if(path.stat().st_mode & 0o777 != 0o604)


@attack
def change_a_mode_by_descriptor(target: Target) -> None:
    path = Path(target["folder"], "spare.txt")
    fd = os.open(path, os.O_PATH)
    Path(f"/proc/self/fd/{fd}").chmod(0o640)
    refuse_if(path.stat().st_mode & 0o777 != 0o640)


@attack
def change_a_time(target: Target) -> None:
    path = Path(target["folder"], "spare.txt")
    os.utime(path, (1, 1))
    refuse_if(path.stat().st_mtime != 1)


@attack
def write_to_the_libraries(target: Target) -> None:
    os.close(os.open(os.__file__, os.O_WRONLY))


@attack
def watch_a_folder(target: Target) -> None:
    fd = call(294, 0)
    call(254, fd, os.fsencode(target["folder"]), 0x20)


@attack
def reach_the_old_root(target: Target) -> None:
    for way in ("/proc/1/root", "/proc/self/root/..", "/.."):
        with contextlib.suppress(OSError):
            Path(way + str(secret(target))).read_text()
            return
    refuse_if(True)


# ---- attacks over sockets


def connect(family: int, kind: int, address: Any) -> None:
    with socket.socket(family, kind) as sock:
        sock.connect(address)
        sock.send(b"x")


@attack
def connect_by_tcp(target: Target) -> None:
    connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", target["tcp"]))


@attack
def listen_by_tcp(target: Target) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()


@attack
def send_by_udp(target: Target) -> None:
    connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", target["udp"]))


@attack
def open_a_netlink_socket(target: Target) -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close()


@attack
def connect_to_a_path(target: Target) -> None:
    connect(socket.AF_UNIX, socket.SOCK_STREAM, f"{target['folder']}/stream")


@attack
def send_to_a_path(target: Target) -> None:
    connect(socket.AF_UNIX, socket.SOCK_DGRAM, f"{target['folder']}/datagram")


@attack
def send_to_a_path_from_a_pair(target: Target) -> None:
    ours, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    ours.sendto(b"x", f"{target['folder']}/datagram")


@attack
def connect_to_an_abstract_name(target: Target) -> None:
    connect(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + target["abstract"])


# ---- attacks on processes


@attack
def signal_the_victim(target: Target) -> None:
    os.kill(target["pid"], 0)


@attack
def trace_the_victim(target: Target) -> None:
    call(101, 0x4206, target["pid"], 0, 0)  # PTRACE_SEIZE


@attack
def read_its_memory(target: Target) -> None:
    buffer = ctypes.create_string_buffer(16)
    local = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 16)
    remote = (ctypes.c_void_p * 2)(target["address"], 16)
    call(310, target["pid"], ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)


@attack
def read_its_memory_in_proc(target: Target) -> None:
    os.close(os.open(f"/proc/{target['pid']}/mem", os.O_RDONLY))


@attack
def read_its_environment(target: Target) -> None:
    Path(f"/proc/{target['pid']}/environ").read_bytes()


@attack
def read_its_command_line(target: Target) -> None:
    Path(f"/proc/{target['pid']}/cmdline").read_bytes()


@attack
def take_its_descriptor(target: Target) -> None:
    call(438, call(434, target["pid"], 0), 0, 0)


@attack
def read_its_limits(target: Target) -> None:
    resource.prlimit(target["pid"], resource.RLIMIT_CPU)


@attack
def pin_it(target: Target) -> None:
    before = os.sched_getaffinity(target["pid"])
    os.sched_setaffinity(target["pid"], {min(before)})
    refuse_if(os.sched_getaffinity(target["pid"]) == before)


@attack
def slow_it_down(target: Target) -> None:
    before = os.getpriority(os.PRIO_PROCESS, target["pid"])
    os.setpriority(os.PRIO_PROCESS, target["pid"], before + 1)
    refuse_if(os.getpriority(os.PRIO_PROCESS, target["pid"]) == before)


@attack
def leave_with_our_parent(target: Target) -> None:
    """A sibling instead of a child: nobody inside has to collect it."""
    child(call(56, 0x8000 | signal.SIGCHLD, 0, 0, 0, 0))


# ---- attacks on the kernel


@attack
def make_a_user_namespace(target: Target) -> None:
    child_does(lambda: call(272, 0x10000000))


@attack
def clone_into_a_namespace(target: Target) -> None:
    child(call(56, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0), collect=True)


@attack
def clone3_into_a_namespace(target: Target) -> None:
    arguments = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, signal.SIGCHLD)
    child(call(435, ctypes.byref(arguments), 88), collect=True)


@attack
def set_up_io_uring(target: Target) -> None:
    try:
        os.close(call(425, 4, ctypes.create_string_buffer(120)))
    except OSError as error:
        if error.errno != errno.ENOMEM:  # the call is there, only our own limit on locked memory says no
            raise


@attack
def open_userfaultfd(target: Target) -> None:
    os.close(call(323, 1))


@attack
def share_a_memory_segment(target: Target) -> None:
    call(29, 0x47000000 + target["pid"], 4096, 0o1600)


@attack
def hide_memory(target: Target) -> None:
    os.close(os.memfd_create("x"))


@attack
def add_a_key(target: Target) -> None:
    call(248, b"user", b"grader-test", b"x", 1, -3)


@attack
def run_a_program(target: Target) -> None:
    subprocess.run(["/bin/true"], check=True)


@attack
def run_a_program_by_posix_spawn(target: Target) -> None:
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)


@attack
def outlive_us_by_disabling_the_parent_death_signal(target: Target) -> None:
    call(157, 1, 0, 0, 0, 0)


def refuse_if(stopped: bool) -> None:
    """A wall that answers "done" and does nothing is a wall."""
    if stopped:
        raise PermissionError(1, "nothing happened")


def child(pid: int, collect: bool = False) -> None:
    if pid == 0:
        os._exit(0)
    if collect:
        os.waitpid(pid, 0)


def child_does(what: Any) -> None:
    pid = os.fork()
    if pid == 0:
        code = 1
        with contextlib.suppress(OSError):
            what()
            code = 0
        os._exit(code)
    refuse_if(os.waitpid(pid, 0)[1] != 0)


def attempt_all(target: Target) -> dict[str, str]:
    """The attacks that worked, and what stopped the others."""
    results = {}
    for name, function in ATTACKS.items():
        try:
            function(target)
            results[name] = "worked"
        except OSError as error:
            results[name] = str(error)
    return results
