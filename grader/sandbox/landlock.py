"""Landlock: what a process and all its descendants may do with files, whoever owns them (Linux 5.13 or newer).

Whatever is not allowed here is refused: opening, listing, creating, renaming, truncating; from version 4 on TCP;
from version 6 on signals and abstract sockets that lead out of the sandbox. Not covered by any version: stat,
chmod, utime, and connecting to sockets that have a path. That is left to the mount namespace or to seccomp.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Mapping
from pathlib import Path

from grader.sandbox import linux

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
LEAST_VERSION = 4  # truncate() since 3, TCP since 4: without namespaces there is nothing else to stop them
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

# fmt: off
(EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE, MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK,
 MAKE_FIFO, MAKE_BLOCK, MAKE_SYM, REFER, TRUNCATE, IOCTL_DEV) = (1 << bit for bit in range(16))
# fmt: on

READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | REFER
WRITE |= MAKE_DIR | MAKE_REG | MAKE_SOCK | MAKE_FIFO | MAKE_SYM
SOCKETS = READ | MAKE_SOCK  # a folder in which nothing else can be made, replaced or removed
DEVICE = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV
_OF_FILES = EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV

# What each version added: file rights first, then the others.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
_TCP_BIND_AND_CONNECT, _TCP_VERSION = 3, 4
_ABSTRACT_SOCKETS_AND_SIGNALS, _SCOPE_VERSION = 3, 6

Rules = Mapping[Path, int]


def version() -> int:
    """The Landlock version of the running kernel, 0 where there is none."""
    if not linux.LINUX:
        return 0
    try:
        return linux.syscall("landlock_create_ruleset", CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def handled_rights(abi: int) -> int:
    """Every file right that this version can refuse."""
    return sum(rights for since, rights in _FILE_RIGHTS.items() if since <= abi)


def restrict(rules: Rules, abi: int) -> None:
    """Confine the calling thread, for ever, to these paths. Needs no_new_privs."""
    rights = handled_rights(abi)
    words = [rights]
    if abi >= _TCP_VERSION:
        words.append(_TCP_BIND_AND_CONNECT)
    if abi >= _SCOPE_VERSION:
        words.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = struct.pack(f"={len(words)}Q", *words)
    ruleset = linux.syscall("landlock_create_ruleset", CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for path, allowed in rules.items():
            _allow(ruleset, path, allowed & rights)
        linux.syscall("landlock_restrict_self", RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _OF_FILES  # the kernel refuses rights of folders on a file
        linux.syscall(
            f"landlock_add_rule {path}", ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, fd), 0
        )
    finally:
        os.close(fd)
