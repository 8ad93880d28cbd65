"""The host of test_sandbox.py: torch loaded once, a process forked for each level and user, which forks what is tested.

python -I sandbox_host.py FD      FD: a seqpacket socket for requests, see `serve_root` and `Host`
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).parent))
sys.modules["debugpy"] = None  # type: ignore[assignment]

import sandbox_probes as probes  # noqa: E402
import torch  # noqa: E402

from grader.sandbox import linux  # noqa: E402
from grader.sandbox.children import Child  # noqa: E402
from grader.sandbox.policy import Level, Policy, Resources  # noqa: E402
from grader.sandbox.walls import Sandbox  # noqa: E402

MAX_MESSAGE = 1 << 20


def receive(sock: socket.socket) -> tuple[dict[str, Any], list[int]]:
    message, fds, _, _ = socket.recv_fds(sock, MAX_MESSAGE, 2)
    if not message:
        os._exit(0)
    return json.loads(message), fds


def serve_root(sock: socket.socket) -> None:
    """Fork a host for each request: {"level", "uid"}, with its socket."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sock.send(b"ready")
    while True:
        request, (fd,) = receive(sock)
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sock.close()
            serve(socket.socket(fileno=fd), request)
        os.close(fd)


def serve(sock: socket.socket, request: dict[str, Any]) -> NoReturn:
    try:
        if os.geteuid() == 0 and (request["uid"] or request["level"] == "ROOT"):
            show_python(sock)
        if request["uid"]:
            become(request["uid"])
        if request["level"] == "victim":
            be_a_victim(sock, Path(request["folder"]))
        Host(sock, Level[request["level"]]).serve()
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def show_python(sock: socket.socket) -> None:
    """Python may lie in a folder of root's that others cannot enter. Then, for this process, make another /root."""
    base = Path(sys.base_prefix)
    if base.is_relative_to("/root"):
        try:
            linux.unshare(linux.CLONE_NEWNS)
        except OSError:
            sock.send(json.dumps({"skip": f"{base} cannot be read by other users"}).encode())
            os._exit(0)
        linux.mount(None, "/", None, linux.MS_REC | linux.MS_SLAVE)
        fd = os.open(base, os.O_PATH)
        linux.mount("tmpfs", "/root", "tmpfs", 0, "mode=755")
        base.mkdir(parents=True)
        linux.mount(f"/proc/self/fd/{fd}", str(base), None, linux.MS_BIND)


def become(uid: int) -> None:
    """An ordinary user."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def be_a_victim(sock: socket.socket, folder: Path) -> NoReturn:
    """A process with a secret and open doors. It says where they are, and waits."""
    linux.drop_capabilities()  # with them it could not be traced by a process that has none
    linux.set_dumpable(True)
    buffer = ctypes.create_string_buffer(b"a secret in memory")
    signal.signal(signal.SIGURG, lambda signum, frame: (folder / "hit").write_text("hit"))
    kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_STREAM)
    doors = [socket.socket(socket.AF_UNIX, kind) for kind in kinds]
    abstract = f"grader-{os.getpid()}"
    for door, address in zip(doors, (f"{folder}/stream", f"{folder}/datagram", f"\0{abstract}"), strict=True):
        door.bind(address)
    tcp, udp = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for door in (tcp, udp):
        door.bind(("127.0.0.1", 0))
    for door in (tcp, doors[0], doors[2]):
        door.listen(100)
    target = {
        "pid": os.getpid(),
        "address": ctypes.addressof(buffer),
        "tcp": tcp.getsockname()[1],
        "udp": udp.getsockname()[1],
        "abstract": abstract,
        "folder": str(folder),
    }
    sock.send(json.dumps(target).encode())
    while True:
        sock.recv(1)
        os._exit(0)


class Host:
    """Forks sandboxed processes on request, one request at a time."""

    def __init__(self, sock: socket.socket, level: Level) -> None:
        self.sock = sock
        self.sandbox = Sandbox.prepare(level)
        self.children: list[Child] = []
        self.pid = int(str(Path("/proc/self").readlink()))  # as seen outside: /proc is still the old one

    def serve(self) -> None:
        self.sock.send(json.dumps({"pid": self.pid}).encode())
        while True:
            request, fds = receive(self.sock)
            reply = getattr(self, request.pop("do"))(fds=fds, **request)
            self.sock.send(json.dumps(reply).encode())

    def start(self, fds: list[int], stunt: str, target: dict[str, Any], policy: dict[str, Any], hole: str = "") -> int:
        """Fork a process that enters and performs. The descriptors: for its result, and for stderr."""
        child = self.sandbox.fork()
        if child is None:
            os.dup2(fds[1], 2)
            if hole:  # a wall that silently is not there
                module, _, name = hole.rpartition(".")
                setattr(sys.modules[module], name, lambda *args, **kwargs: None)
            perform(self.sandbox, stunt, target, policy, fds[0])
        for fd in fds:
            os.close(fd)
        self.children.append(child)
        return len(self.children) - 1

    def wait(self, number: int, seconds: float, fds: list[int]) -> int | None:
        return self.children[number].wait(seconds)

    def interrupt(self, number: int, fds: list[int]) -> None:
        self.children[number].interrupt()

    def kill(self, number: int, fds: list[int]) -> int | None:
        self.children[number].kill()
        return self.children[number].wait(10)


def perform(sandbox: Sandbox, stunt: str, target: dict[str, Any], policy: dict[str, Any], fd: int) -> NoReturn:
    try:
        sandbox.enter(parse(policy, fd))
        result = probes.STUNTS[stunt]({**target, "report": fd})
        data = memoryview(json.dumps(result).encode())
        while data:
            data = data[os.write(fd, data) :]
        code = 0
    except BaseException as error:
        with contextlib.suppress(BaseException):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        code = 1
    os._exit(code)


def parse(policy: dict[str, Any], fd: int) -> Policy:
    folders = {key: tuple(map(Path, policy.pop(key))) for key in ("readable", "optional", "forbidden")}
    links = {name: Path(target) for name, target in policy.pop("links", {}).items()}
    return Policy(
        scratch=Path(policy.pop("scratch")),
        work=Path(policy.pop("work")),
        resources=Resources(**policy.pop("resources")),
        links=links,
        keep=(fd,),
        **folders,
        **policy,
    )


def main() -> None:
    torch.set_num_threads(1)
    torch.randn(4, 4) @ torch.randn(4, 4)
    assert threading.active_count() == len(list(Path("/proc/self/task").iterdir())) == 1
    time.tzset()
    serve_root(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
