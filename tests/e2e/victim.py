"""A process of the grading user with a secret in its memory and with open doors: python victim.py FOLDER

It prints where they are as JSON, then waits. When its standard input ends it prints what happened to it: how often
somebody knocked or signalled, and whether its priority, processors and limits are what they were.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import selectors
import signal
import socket
import sys
from typing import Any

from grader.sandbox import linux

hits: list[str] = []
guests: list[socket.socket] = []


def main() -> None:
    folder = sys.argv[1]
    linux.drop_capabilities()  # with them it could not be traced by a process that has none
    secret = ctypes.create_string_buffer(os.environ["VICTIM"].encode())
    signal.signal(signal.SIGURG, lambda signum, frame: hits.append("a signal"))
    doors = {
        "a path": (socket.AF_UNIX, socket.SOCK_STREAM, f"{folder}/stream"),
        "a path, by datagram": (socket.AF_UNIX, socket.SOCK_DGRAM, f"{folder}/datagram"),
        "an abstract name": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0victim-{os.getpid()}"),
        "TCP": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "UDP": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
    }
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    bound: dict[str, socket.socket] = {}
    for name, (family, kind, address) in doors.items():
        bound[name] = door = socket.socket(family, kind)
        door.bind(address)
        if kind is socket.SOCK_STREAM:
            door.listen(50)
        door.setblocking(False)
        selector.register(door, selectors.EVENT_READ, name)
    said = {
        "PID": os.getpid(),
        "ADDRESS": ctypes.addressof(secret),
        "TCP": bound["TCP"].getsockname()[1],
        "UDP": bound["UDP"].getsockname()[1],
        "ABSTRACT": f"victim-{os.getpid()}",
    }
    before = state()
    print(json.dumps(said), flush=True)
    while listen(selector):
        pass
    print(json.dumps({"hits": hits, "changed": [name for name, was in before.items() if state()[name] != was]}))


def state() -> dict[str, Any]:
    return {
        "priority": os.getpriority(os.PRIO_PROCESS, 0),
        "processors": sorted(os.sched_getaffinity(0)),
        "limits": resource.getrlimit(resource.RLIMIT_CPU),
        "memory": os.environ["VICTIM"],
    }


def listen(selector: selectors.BaseSelector) -> bool:
    """Note who knocks. False when standard input has ended."""
    for key, _ in selector.select():
        if key.fileobj == 0:
            if not os.read(0, 100):
                return False
            continue
        hits.append(key.data)
        door = key.fileobj
        assert isinstance(door, socket.socket)
        if door.type is socket.SOCK_STREAM:
            guests.append(door.accept()[0])  # and does not shut the door on them while they speak
        else:
            door.recv(1000)
    return True


if __name__ == "__main__":
    main()
