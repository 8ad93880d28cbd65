"""A root directory of its own for one process: what it may read, its work folder, and nothing else.

Paths are the same inside and outside. Of /etc only a few files are there; of the host's home folders, of the
course and of other submissions not even the names.
"""

from __future__ import annotations

import os
from pathlib import Path

from grader.sandbox import linux
from grader.sandbox.policy import Policy

ETC = tuple(map(Path, ("/etc/ld.so.cache", "/etc/localtime", "/etc/nsswitch.conf")))
DEVICES = tuple(map(Path, ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")))
WORK = Path("/.work")  # bound at the policy's path, too
WRITABLE = (Path("/tmp"), Path("/dev/shm"), WORK)  # on the private tmpfs
HOST_NAME = "notebook"


def enter(policy: Policy, uid: int, gid: int) -> None:
    """Build the new root in a mount namespace of our own, and make it the root.

    It is mounted on the empty work folder: no other folder is sure to exist and to be ours. One tmpfs holds all
    that can be written, so one number limits it.
    """
    root = policy.work
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_SLAVE)  # nothing that we mount reaches the host
    options = f"size={policy.resources.disk},nr_inodes={policy.resources.files},mode=755"
    linux.mount("tmpfs", str(root), "tmpfs", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC, options)
    _bind_readable(policy, root)
    _write_etc(root, policy.work, uid, gid)
    for folder in WRITABLE:
        made = _inside(root, folder)
        made.mkdir(parents=True, exist_ok=True)  # a course that lies in /tmp has made that one
        made.chmod(0o700)
        os.chown(made, uid, gid)
    _bind(policy.scratch, root, linux.MS_BIND)
    safe = linux.MOUNT_ATTR_NOSUID | linux.MOUNT_ATTR_NODEV
    linux.set_mount_attributes(str(_inside(root, policy.scratch)), safe)
    linux.mount(str(_inside(root, WORK)), str(_inside(root, policy.work)), None, linux.MS_BIND)
    for device in (*DEVICES, *policy.devices):
        _bind(device, root)
    proc = _inside(root, Path("/proc"))
    proc.mkdir()  # before the old root goes: afterwards the kernel refuses a new proc
    linux.mount("proc", str(proc), "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)
    linux.set_host_name(HOST_NAME)
    linux.pivot_root(str(root))


def _inside(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")


def _bind_readable(policy: Policy, root: Path) -> None:
    view = policy.view
    for link, target in view.links.items():
        if not any(link.is_relative_to(path) for path in view.real):  # there it is already
            _inside(root, link.parent).mkdir(parents=True, exist_ok=True)
            _inside(root, link).symlink_to(target)
    for path in (*view.real, *(path for path in ETC if path.exists())):
        _bind(path, root)
    attributes = linux.MOUNT_ATTR_RDONLY | linux.MOUNT_ATTR_NOSUID | linux.MOUNT_ATTR_NODEV
    linux.set_mount_attributes(str(root), attributes, recursive=True)
    linux.set_mount_attributes(str(root), remove=linux.MOUNT_ATTR_RDONLY)  # the tmpfs itself


def _bind(path: Path, root: Path, flags: int = linux.MS_BIND | linux.MS_REC) -> None:
    target = _inside(root, path)
    if path.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    linux.mount(str(path), str(target), None, flags)


def _write_etc(root: Path, work: Path, uid: int, gid: int) -> None:
    """Enough of a user for getpass and pwd."""
    etc = root / "etc"
    etc.mkdir(exist_ok=True)
    (etc / "passwd").write_text(f"student:x:{uid}:{gid}::{work}:/bin/false\n")
    (etc / "group").write_text(f"student:x:{gid}:\n")
