"""What a process may use up: resource limits, its environment, its open files."""

from __future__ import annotations

import contextlib
import os
import resource
import tempfile
from itertools import pairwise
from pathlib import Path

from grader.sandbox import linux
from grader.sandbox.policy import Policy, Resources

NICE = 5  # so that the judge is not kept waiting by a kernel that spins
_CPU_GRACE = 5  # seconds between SIGXCPU, which can be caught, and the kill
_UNCOUNTED_PROCESSES = 512  # room for a user whose other processes count too
_LAST_FILE = 0xFFFFFFFF


def settle(policy: Policy) -> None:
    """Take on the environment, the folder and the descriptors that the policy names, and no others."""
    os.environ.clear()
    os.environ.update(policy.environment)
    tempfile.tempdir = None  # the host may have asked for it, and had another answer
    os.umask(0o077)
    with contextlib.suppress(OSError):
        os.nice(NICE)
    os.chdir(policy.work)
    close_all_but({0, 1, 2, *policy.keep})


def close_all_but(keep: set[int]) -> None:
    """Close every descriptor that is not in `keep`."""
    if not linux.LINUX:
        bounds = [-1, *sorted(keep), os.sysconf("SC_OPEN_MAX")]
        for low, high in pairwise(bounds):
            if low + 1 < high:  # Python 3.11 takes an empty range for "everything"
                os.closerange(low + 1, high)
        return
    low = 0
    for fd in sorted(keep):
        linux.close_range(low, fd - 1)
        low = fd + 1
    linux.close_range(low, _LAST_FILE)


def apply(limits: Resources, own_count: bool, gpu: bool) -> None:
    """Set the limits, hard: there is no way back.

    Args:
        own_count: the kernel counts the processes of this sandbox separately from the user's others.
        gpu: CUDA reserves far more address space than the machine has memory.
    """
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_STACK: limits.stack,
    }
    if linux.LINUX:
        bounds |= _linux_bounds(limits, own_count, gpu)
    for which, bound in bounds.items():
        _set(which, bound, bound)
    _set(resource.RLIMIT_CPU, limits.cpu, limits.cpu + _CPU_GRACE)


def _linux_bounds(limits: Resources, own_count: bool, gpu: bool) -> dict[int, int]:
    pages = [int(word) for word in Path("/proc/self/statm").read_text().split()]
    address_space, data = (pages[field] * resource.getpagesize() for field in (0, 5))
    bounds = {
        resource.RLIMIT_DATA: data + limits.memory,
        resource.RLIMIT_NPROC: limits.processes if own_count else _threads_running() + _UNCOUNTED_PROCESSES,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    if not gpu:  # the only bound on shared mappings
        bounds[resource.RLIMIT_AS] = address_space + limits.memory + limits.shared_memory
    return bounds


def _set(which: int, soft: int, hard: int) -> None:
    """Lower a limit; one that was lower from the start stays."""
    _, most = resource.getrlimit(which)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(which, (soft, hard))


def _threads_running() -> int:
    """Threads of the whole machine, so no fewer than the user's."""
    return int(Path("/proc/loadavg").read_text().split()[3].split("/")[1])


def be_the_first_to_go() -> None:
    """When the machine runs out of memory, this process is the one to kill."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
