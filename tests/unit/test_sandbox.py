"""The walls hold: what each level promises, tried from inside against a live process and files of the same user.

The level NONE is the control: there every attack must work, or it proves nothing where it fails. Every day the
strongest level of this machine is tried as an ordinary user; the others, and root, with the slow tests.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import zmq
from walls_here import PROBED

from grader.sandbox import landlock, levels, linux
from grader.sandbox.policy import PUBLIC_UID, Level, default_environment
from grader.sandbox.scratch import remove_tree
from grader.sandbox.walls import EXIT_NO_WALLS

pytestmark = [
    pytest.mark.skipif(not linux.LINUX, reason="the walls are made of Linux"),
    pytest.mark.timeout(120),
]

NOBODY = 65534
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
USERS = {"root": 0, "user": NOBODY} if AS_ROOT else {"user": 0}  # 0: stay who you are
SETTINGS = [(level, user) for user in USERS for level in Level if level is not Level.ROOT or user == "root"]
EVERY_DAY = (Level.FULL if PROBED.level is Level.FULL else Level.LITE, "user")


def as_cases(settings: list[tuple[Level, str]]) -> list[Any]:
    """Of these levels and users, each one's name, and which of them are for every day."""
    return [
        pytest.param(one, id=f"{one[0].name}-{one[1]}", marks=[] if one == EVERY_DAY else [pytest.mark.slow])
        for one in settings
    ]


PLACES = as_cases(SETTINGS)
WALLED = as_cases([(level, user) for level, user in SETTINGS if level > Level.NONE])
MISSING = "/there/is/nothing/here"
ETC = ("ld.so.cache", "localtime", "nsswitch.conf")
OFTEN_STOPPED = {
    "make_a_user_namespace",
    "clone_into_a_namespace",
    "clone3_into_a_namespace",
    "set_up_io_uring",
    "open_userfaultfd",
    "add_a_key",
    "trace_the_victim",
    "read_its_memory",
    "take_its_descriptor",
}
SMALL = {"memory": 1 << 30, "shared_memory": 1 << 30, "disk": 32 << 20, "processes": 24}


@dataclass
class Run:
    """A sandboxed process that may still run."""

    place: Place
    number: int
    read: int
    stderr: Any

    def word(self) -> str:
        """What the process reports while it runs."""
        return os.read(self.read, 1000).decode()

    def wait(self, seconds: float = 30.0) -> int | None:
        code: int | None = self.place.ask(do="wait", number=self.number, seconds=seconds)
        return code

    def result(self) -> Any:
        """What the process returned; the test fails when it ended otherwise."""
        code, text = self.wait(), self.rest()
        self.stderr.seek(0)
        assert code == 0, (code, self.stderr.read())
        return json.loads(text)

    def rest(self, seconds: float = 10.0) -> str:
        """The rest of what it said; reading ends when no process of the sandbox is left to say more."""
        text, deadline = b"", time.monotonic() + seconds
        while select.select([self.read], [], [], max(deadline - time.monotonic(), 0))[0]:
            if not (chunk := os.read(self.read, 65536)):
                return text.decode()
            text += chunk
        raise AssertionError("a process of the sandbox is still there")

    def said(self) -> str:
        self.stderr.seek(0)
        text: str = self.stderr.read()
        return text


def hear(sock: socket.socket) -> Any:
    message = sock.recv(1 << 20)
    assert message, "the host has ended"
    heard = json.loads(message)
    if isinstance(heard, dict) and "skip" in heard:
        pytest.skip(heard["skip"])
    return heard


class Place:
    """A host at one level, as one user."""

    def __init__(self, level: Level, sock: socket.socket, owner: int) -> None:
        self.level, self.sock, self.owner = level, sock, owner
        self.pid: int = hear(sock)["pid"]
        self.folders: list[Path] = []

    def ask(self, *fds: int, **request: Any) -> Any:
        socket.send_fds(self.sock, [json.dumps(request).encode()], fds)
        return hear(self.sock)

    def scratch(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="g-", dir="/var/tmp"))
        os.chown(folder, self.owner, -1)
        self.folders.append(folder)
        return folder

    def start(self, stunt: str, target: dict[str, Any] | None = None, hole: str = "", **policy: Any) -> Run:
        """Fork a process that enters the sandbox and performs a stunt."""
        scratch = policy.pop("scratch", None) or self.scratch()
        work = scratch / "work"
        readable, optional = levels.interpreter_paths()
        policy = {
            "scratch": str(scratch),
            "work": str(work),
            "environment": default_environment(work),
            "readable": [str(path) for path in readable],
            "optional": [str(path) for path in optional],
            "forbidden": [],
            "resources": policy.pop("resources", {}),
            **policy,
        }
        read, write = os.pipe()
        stderr = tempfile.TemporaryFile("w+")  # noqa: SIM115  (open as long as the run)
        request = {"stunt": stunt, "target": target or {}, "policy": policy, "hole": hole}
        number = self.ask(write, stderr.fileno(), do="start", **request)
        os.close(write)
        return Run(self, number, read, stderr)

    def run(self, stunt: str, target: dict[str, Any] | None = None, **policy: Any) -> Any:
        return self.start(stunt, target, **policy).result()


class Nursery:
    """Torch, loaded once; everything else is forked from it."""

    def __init__(self) -> None:
        self.sock, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        script = Path(__file__).with_name("sandbox_host.py")
        environment = {"PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLCONFIGDIR": "/tmp"}
        environment |= {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "SECRET": "token"}
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(script), str(theirs.fileno())],
            env=environment,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        assert self.sock.recv(10) == b"ready"

    def fork(self, **request: Any) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(self.sock, [json.dumps(request).encode()], [theirs.fileno()])
        return ours

    def close(self) -> None:
        self.sock.close()
        self.process.wait(10)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def unavailable(level: Level) -> str:
    """Why a level cannot be tested here; empty if it can."""
    if level is Level.NONE:
        return ""
    needed = {"system-call filter", "namespaces"} if level is Level.FULL else {"system-call filter", "Landlock"}
    return "; ".join(f"{m.name}: {m.detail}" for m in PROBED.missing if m.name in needed)


@pytest.fixture(scope="module")
def places(nursery: Nursery) -> Iterator[Callable[[Level, str], Place]]:
    """Hosts, started when first asked for."""
    started: dict[tuple[Level, str], Place] = {}

    def place(level: Level, user: str) -> Place:
        if (level, user) not in started:
            if reason := unavailable(level):
                pytest.skip(f"{level.name} is not available here: {reason}")
            uid = USERS[user]
            sock = nursery.fork(level=level.name, uid=uid)
            started[level, user] = Place(level, sock, uid if AS_ROOT else os.getuid())
        return started[level, user]

    yield place
    for one in started.values():
        one.sock.close()
        for folder in one.folders:
            remove_tree(folder)


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, places: Callable[[Level, str], Place]) -> Place:
    return places(*request.param)


@pytest.fixture(params=WALLED)
def walled(request: pytest.FixtureRequest, places: Callable[[Level, str], Place]) -> Place:
    return places(*request.param)


@pytest.fixture
def victim(request: pytest.FixtureRequest, nursery: Nursery, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A process of the same user as the sandbox's host, and a folder with a secret."""
    setting = next(iter(request.node.callspec.params.values()))
    owner = USERS[setting[1]] if AS_ROOT else os.getuid()
    folder = Path(tempfile.mkdtemp(prefix="v-", dir="/tmp"))
    for name in ("secret.txt", "spare.txt", "movable.txt"):
        (folder / name).write_text("the hidden answer is 42")
        os.chown(folder / name, owner, -1)
    os.chown(folder, owner, -1)
    sock = nursery.fork(level="victim", uid=USERS[setting[1]], folder=str(folder))
    try:
        yield hear(sock)
    finally:
        sock.close()
        shutil.rmtree(folder)


# ---- attacks


def test_without_walls_every_attack_works(
    places: Callable[[Level, str], Place], victim: dict[str, Any], control: tuple[Level, str]
) -> None:
    """Else an attack that fails behind the walls would prove nothing."""
    results = places(*control).run("attack_all", victim)
    failed = {name: why for name, why in results.items() if why != "worked"}
    if PROBED.level < Level.FULL:  # a container has walls of its own
        failed = {name: why for name, why in failed.items() if name not in OFTEN_STOPPED}
    if not os.access(os.__file__, os.W_OK) or control[1] != "root":
        failed.pop("write_to_the_libraries", None)  # they belong to somebody else
    assert failed == {}


@pytest.fixture(params=[(Level.NONE, user) for user in USERS], ids=lambda setting: setting[1])
def control(request: pytest.FixtureRequest) -> tuple[Level, str]:
    setting: tuple[Level, str] = request.param
    return setting


def test_attacks_fail_behind_the_walls(walled: Place, victim: dict[str, Any]) -> None:
    """Only names and sizes of files are visible at the levels below FULL, and that is documented."""
    results = walled.run("attack_all", victim)
    visible = {"see_a_name"} if walled.level is Level.LITE else set()  # ROOT: the folder is another user's
    assert {name for name, why in results.items() if why == "worked"} == visible
    folder = Path(victim["folder"])
    assert (folder / "secret.txt").read_text() == (folder / "spare.txt").read_text() == "the hidden answer is 42"
    assert {path.name for path in folder.iterdir()} == {"secret.txt", "spare.txt", "movable.txt", "stream", "datagram"}


def test_a_signal_to_everybody_reaches_nobody_outside(walled: Place, victim: dict[str, Any]) -> None:
    walled.run("signal_everybody")
    time.sleep(0.05)
    assert not Path(victim["folder"], "hit").exists()


def test_the_32_bit_and_x32_doors_are_deadly(walled: Place) -> None:
    assert walled.start("use_the_32_bit_door").wait() == -signal.SIGSYS


def test_two_sandboxes_cannot_reach_one_another(walled: Place) -> None:
    forking = walled.level is Level.FULL
    first = walled.start("leave_a_message", {"forking": forking})
    pid = int(first.word())
    target = {"folder": str(walled.folders[-1]), "pid": pid if not forking else outside_pid(first)}
    assert walled.run("read_the_message", target) == []
    first.place.ask(do="kill", number=first.number)


def outside_pid(run: Run) -> int:
    """The number of a namespaced process as this test sees it: one that has its report pipe open."""
    inode = os.fstat(run.read).st_ino
    for fd in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if fd.stat().st_ino == inode and int(fd.parts[2]) != os.getpid():
                return int(fd.parts[2])
        except OSError:
            continue
    raise AssertionError("not found")


needs_landlock = pytest.mark.skipif(not landlock.version(), reason="only Landlock does this, and it is not here")


@needs_landlock
def test_the_first_process_of_a_namespace_is_out_of_reach(places: Callable[[Level, str], Place], user: str) -> None:
    assert places(Level.FULL, user).run("touch_the_first_process") == []


# ---- what must work


def test_notebooks_can_do_their_work(place: Place) -> None:
    """Training, files, threads, asyncio, plots; with namespaces also worker processes. Programs fail politely."""
    failed = place.run("work", {"forking": place.level in (Level.NONE, Level.FULL)})
    if place.level is Level.NONE:
        failed.pop("fail_to_run_a_program")
    assert failed == {}


def test_zeromq_answers_over_ipc(place: Place) -> None:
    """The kernel binds and accepts; the judge, outside, connects."""
    run = place.start("answer_by_zeromq")
    assert run.word() == "bound"
    with zmq.Context() as context, context.socket(zmq.REQ) as sock:
        sock.connect(f"ipc://{place.folders[-1]}/z")
        sock.send(b"hello")
        assert sock.poll(5000) and sock.recv() == b"HELLO"
    assert run.result() == "answered"


def test_what_a_process_is_given(place: Place) -> None:
    """Its environment, folder, descriptors and limits are those of the policy and no others."""
    run = place.start("describe", {"full": place.level is Level.FULL})
    seen, scratch = run.result(), place.folders[-1]
    assert seen["environment"] == default_environment(scratch / "work")
    assert seen["cwd"] == str(scratch / "work") and seen["umask"] == 0o077 and seen["oom"] == "1000"
    assert len(seen["fds"]) == 4 and seen["fds"][:3] == [0, 1, 2]
    assert seen["limits"]["RLIMIT_CORE"] == seen["limits"]["RLIMIT_MEMLOCK"] == 0
    own = place.level >= Level.ROOT and AS_ROOT and place.owner == 0
    assert seen["uid"] == (PUBLIC_UID if own else place.owner)
    if place.level is Level.FULL:
        assert seen["etc"] == sorted({"passwd", "group"} | {n for n in ETC if Path("/etc", n).exists()})
        assert "home" not in seen["root"] and seen["host"] == "notebook"


# ---- how a process ends


@pytest.mark.parametrize(
    ("stunt", "code"),
    [("exit_seven", 7), ("abort", -6), ("kill_ourselves", -9), ("crash", -11), ("terminate_ourselves", -15)],
)
def test_a_process_dies_the_same_death_at_every_level(place: Place, stunt: str, code: int) -> None:
    assert place.start(stunt).wait() == code


def test_an_interrupt_reaches_the_process(place: Place) -> None:
    run = place.start("wait_for_an_interrupt")
    assert run.word() == "waiting"
    place.ask(do="interrupt", number=run.number)
    assert run.result() == "interrupted"


def test_nothing_is_left_when_a_process_ends(place: Place) -> None:
    """Not even a daemon that left the session and ignores signals."""
    if place.level in (Level.LITE, Level.ROOT):
        run = place.start("leave_daemons")
        assert run.wait() == 1 and "Operation not permitted" in run.said()
        return
    assert place.start("leave_daemons").result() == "left"


def test_nothing_is_left_when_a_process_is_killed(place: Place) -> None:
    if place.level in (Level.LITE, Level.ROOT):
        run = place.start("wait_for_an_interrupt")
        assert run.word() == "waiting"
    else:
        run = place.start("leave_daemons_and_wait")
        assert run.word() == "left"
    assert place.ask(do="kill", number=run.number) == -signal.SIGKILL
    run.rest()


def test_nothing_is_left_when_the_host_is_killed(
    nursery: Nursery, walled: Place, request: pytest.FixtureRequest
) -> None:
    """The kernel ends what is below it; no cleaning up by anybody is needed."""
    user = request.node.callspec.params["walled"][1]
    doomed = Place(walled.level, nursery.fork(level=walled.level.name, uid=USERS[user]), walled.owner)
    run = doomed.start("leave_daemons_and_wait" if walled.level is Level.FULL else "wait_for_an_interrupt")
    assert run.word()
    os.kill(doomed.pid, signal.SIGKILL)
    run.rest()
    remove_tree(doomed.folders[0])


# ---- limits


def test_memory_is_limited(place: Place) -> None:
    """Private memory and shared mappings; afterwards the process goes on."""
    stopped = place.run("take_memory", resources=SMALL)
    assert stopped == ["RuntimeError", "MemoryError", "OSError", "OSError", "MemoryError"]


def test_processes_are_limited(places: Callable[[Level, str], Place], user: str) -> None:
    """A fork bomb stops at the limit, for root too, and is gone with one kill."""
    run = places(Level.FULL, user).start("bomb_with_processes", resources=SMALL)
    assert run.wait() == 0
    assert 0 < int(run.rest()) < SMALL["processes"]


def test_a_fork_bomb_is_killed(places: Callable[[Level, str], Place], user: str) -> None:
    run = places(Level.FULL, user).start("fork_for_ever", resources=SMALL)
    assert run.word()
    started = time.monotonic()
    assert run.place.ask(do="kill", number=run.number) == -signal.SIGKILL
    run.rest()
    assert time.monotonic() - started < 5


@pytest.fixture(params=list(USERS))
def user(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_threads_are_limited(walled: Place) -> None:
    if walled.level is Level.LITE and walled.owner == 0:
        pytest.skip("the kernel does not count the threads of root")
    most = 24 if walled.level >= Level.ROOT else 4000
    assert 10 < walled.run("bomb_with_threads", resources=SMALL) < most


def test_disk_is_limited_where_it_is_private(places: Callable[[Level, str], Place], user: str) -> None:
    full = places(Level.FULL, user)
    for where in (".", "/tmp", "/dev/shm"):
        assert 28 <= full.run("fill_the_disk", {"where": where}, resources=SMALL) <= 32
        assert list(full.folders[-1].rglob("*")) == [full.folders[-1] / "work"], "nothing reaches the disk"


@needs_landlock
def test_a_scratch_folder_in_tmp_does_not_open_the_disk(places: Callable[[Level, str], Place], user: str) -> None:
    """A right on /tmp would hold for the scratch folder below it, so /tmp is closed then."""
    full = places(Level.FULL, user)
    folder = Path(tempfile.mkdtemp(prefix="g-"))
    os.chown(folder, full.owner, -1)
    full.folders.append(folder)
    assert full.run("create_in_scratch", scratch=folder) == "13"
    assert full.run("fill_the_disk", {"where": "/tmp"}, scratch=folder) == 0


@needs_landlock
def test_only_sockets_can_be_made_beside_the_work_folder(walled: Place) -> None:
    assert walled.run("create_in_scratch") in ("13", "30")


@needs_landlock
def test_a_folder_cannot_be_spoiled_for_the_next_kernel(walled: Place) -> None:
    """Else students could choose to be left unjudged."""
    scratch = walled.scratch()
    (scratch / "log").touch()
    walled.run("spoil_the_folder_for_the_judge", scratch=scratch)
    assert scratch.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in scratch.iterdir()) == ["log", "work"]
    assert walled.run("write_one_file", scratch=scratch, resources={"file_size": 1 << 20}) == 1


def test_files_are_limited(place: Place) -> None:
    limits = {"file_size": 4 << 20, "open_files": 100}
    assert place.run("write_one_file", resources=limits) == 4
    assert place.run("open_files", resources=limits) < 100


def test_processor_time_is_limited(places: Callable[[Level, str], Place], user: str) -> None:
    assert places(Level.FULL, user).start("spin", resources={"cpu": 1}).wait() == -signal.SIGXCPU


def test_a_hostile_folder_can_be_removed(places: Callable[[Level, str], Place]) -> None:
    """2,500 nested folders without permissions, which shutil.rmtree gives up on."""
    lite = places(Level.LITE, "user")  # at the level FULL they vanish with the process
    lite.run("nest_folders")
    folder = lite.folders.pop()
    remove_tree(folder)
    assert not folder.exists()


# ---- fail closed


@pytest.mark.parametrize(
    ("hole", "wall"),
    [
        ("grader.sandbox.seccomp.load", "an internet socket"),
        ("grader.sandbox.linux.drop_capabilities", "no capabilities"),
        ("grader.sandbox.landlock.restrict", ""),
        ("grader.sandbox.rootfs.enter", ""),
    ],
)
def test_a_missing_wall_ends_the_process(walled: Place, victim: dict[str, Any], hole: str, wall: str) -> None:
    """The self-test finds what is open, and no student code runs."""
    if hole.endswith("rootfs.enter") and walled.level is not Level.FULL:
        pytest.skip("this level has no root of its own")
    if hole.endswith("drop_capabilities") and walled.level < Level.FULL:
        pytest.skip("an ordinary process has no capabilities to drop")
    if hole.endswith("drop_capabilities") and walled.owner == 0:
        pytest.skip("leaving root has dropped them")
    if hole.endswith("landlock.restrict") and walled.level is Level.FULL:
        pytest.skip("this level does not depend on Landlock")
    run = walled.start("describe", hole=hole, forbidden=[f"{victim['folder']}/secret.txt"])
    assert run.wait() == EXIT_NO_WALLS
    assert "these walls do not hold" in run.said() and wall in run.said()
    assert run.rest() == ""


@pytest.mark.parametrize("policy", [{"readable": [MISSING]}, {"readable": ["/"]}, {"forbidden": [MISSING]}])
def test_a_contradictory_policy_ends_the_process(place: Place, policy: dict[str, Any]) -> None:
    assert place.start("describe", **policy).wait() == EXIT_NO_WALLS


def test_a_forbidden_path_inside_a_readable_one_is_refused(walled: Place) -> None:
    run = walled.start("describe", forbidden=[os.__file__])
    assert run.wait() == EXIT_NO_WALLS and "must not be readable" in run.said()
