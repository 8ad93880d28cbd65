"""Which level a machine offers, what it says about a missing one, and what a policy may not ask for."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from grader.sandbox import landlock, levels, linux, seccomp
from grader.sandbox.policy import Level, Policy, Resources, SandboxError, default_environment
from grader.sandbox.scratch import remove_tree
from grader.sandbox.walls import Sandbox

on_linux = pytest.mark.skipif(not linux.LINUX, reason="the walls are made of Linux")
HEADER = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")


@on_linux
def test_a_probe_names_what_is_missing_and_the_remedy() -> None:
    report = levels.probe()
    assert report.level is levels.best_level()
    assert all(mechanism.remedy.endswith(".") for mechanism in report.missing)
    assert report.level is Level.FULL or report.missing


@on_linux
@pytest.mark.parametrize(("moments", "wrong"), [(["busy", None], None), (["no", "no", "no", None], "no")])
def test_one_bad_moment_does_not_lower_the_walls(
    moments: list[str | None], wrong: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails once is tried again; what always fails is said, and not tried for ever."""
    said = iter(moments)
    monkeypatch.setattr(levels, "_tried", lambda level: next(said))
    assert levels._trial(Level.FULL) == wrong


PYTHONS = [sys.executable, "/usr/bin/python3", "/usr/local/bin/python3", "/opt/conda/bin/python3"]
TRIAL = "from grader.sandbox import levels, policy; print([levels._trial(level) for level in policy.Level if level])"


@on_linux
@pytest.mark.parametrize("python", PYTHONS, ids=range(len(PYTHONS)))
def test_walls_stand_wherever_python_is_installed(python: str) -> None:
    """What can be entered hangs on the machine, not on the folder that its Python lies in."""
    if not Path(python).exists():
        pytest.skip("there is no such Python here")
    version = subprocess.run([python, "-c", "import sys; print(sys.version_info >= (3, 11))"], capture_output=True)
    if version.stdout != b"True\n":
        pytest.skip("it is too old")
    root = str(Path(levels.__file__).parents[2])
    done = subprocess.run([python, "-c", TRIAL], cwd=root, capture_output=True, text=True)
    found = zip(ast.literal_eval(done.stdout or "[]"), filter(None, Level), strict=True)
    assert [wrong for wrong, level in found if wrong and levels._trial(level) is None] == []


def test_levels_are_ordered_by_strength() -> None:
    assert Level.NONE < Level.LITE < Level.ROOT < Level.FULL


@on_linux
@pytest.mark.skipif(not seccomp.available(), reason="the restrictions are made with seccomp")
@pytest.mark.parametrize(
    ("denied", "expected", "missing"),
    [
        ("unshare", {Level.LITE, Level.ROOT}, "namespaces"),  # as in a container with Docker's default profile
        ("mount", {Level.LITE, Level.ROOT}, "namespaces"),  # as with AppArmor on Ubuntu 24.04
        ("landlock", {Level.FULL}, "Landlock"),
        ("unshare landlock", {Level.NONE}, "Landlock"),
    ],
)
def test_a_machine_with_less_offers_less(denied: str, expected: set[Level], missing: str) -> None:
    """A level is offered because it was entered, not because a call exists."""
    if "landlock" not in denied and (levels.best_level() < Level.FULL or not landlock.version()):
        pytest.skip("this machine offers less to begin with")
    numbers = {"unshare": [272], "mount": [165], "landlock": [444]}
    refused = [number for name in denied.split() for number in numbers[name]]
    script = (
        "from grader.sandbox import landlock, levels, linux, seccomp\n"
        "linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)\n"
        f"seccomp.load(seccomp._answers({refused}, 1) + seccomp._do(6, 0x7fff0000))\n"
        "report = levels.probe()\n"
        "print(report.level.name, *(m.name for m in report.missing), sep='|')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    level, *lacking = done.stdout.strip().split("|")
    if Level.FULL in expected and levels.best_level() < Level.FULL:
        expected = {Level.NONE}
    assert Level[level] in expected and missing in lacking


@on_linux
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may change user")
def test_only_root_can_change_user() -> None:
    with pytest.raises(SandboxError, match="only root"):
        Sandbox.prepare(Level.ROOT)


@on_linux
def test_a_process_that_stands_in_passes_interrupts_on_and_ends_alike() -> None:
    """What `prepare` leaves behind at the level FULL is, to its parent, the host itself."""
    script = (
        "import os, signal, time\n"
        "from grader.sandbox.children import stand_in\n"
        "pid = os.fork()\n"
        "if pid: stand_in(pid)\n"
        "signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))\n"
        "os.write(1, b'ready')\n"
        "time.sleep(20)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.read(5) == b"ready"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == -signal.SIGTERM
    process.stdout.close()


@on_linux
def test_a_host_with_one_kernel_is_that_kernel_to_its_parent() -> None:
    """For kernels that are not forked from a warm host: started, interrupted and collected as a plain process."""
    script = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from grader.sandbox import levels\n"
        "from grader.sandbox.policy import Policy\n"
        "from grader.sandbox.walls import Sandbox\n"
        "sandbox = Sandbox.prepare(levels.best_level())\n"
        "child = sandbox.fork()\n"
        "if child: sandbox.stand_in(child)\n"
        "scratch = Path(sys.argv[1])\n"
        "sandbox.enter(Policy(scratch, scratch / 'work', {}, *levels.interpreter_paths()))\n"
        "try:\n"
        "    os.write(1, b'ready')\n"
        "    time.sleep(20)\n"
        "except KeyboardInterrupt:\n"
        "    os._exit(42)\n"
    )
    scratch = Path(tempfile.mkdtemp(prefix="g-"))
    process = subprocess.Popen([sys.executable, "-c", script, str(scratch)], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.read(5) == b"ready"
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 42
    process.stdout.close()
    remove_tree(scratch)


@pytest.mark.skipif(not HEADER.exists(), reason=f"{HEADER} is not installed")
def test_the_table_of_system_calls_agrees_with_the_kernel_headers() -> None:
    known = {name: int(number) for name, number in re.findall(r"#define __NR_(\w+) (\d+)", HEADER.read_text())}
    groups = [*seccomp.REFUSED.values(), seccomp.PRETENDED, seccomp.WITHOUT_NAMESPACES]
    table = {name: number for group in groups for name, number in group.items()}
    assert {name: number for name, number in table.items() if known.get(name, number) != number} == {}
    assert max(table.values()) < seccomp.FIRST_UNKNOWN


def policy(folder: Path, **changes: object) -> Policy:
    work = folder / "work"
    fields = {"scratch": folder, "work": work, "environment": default_environment(work), "readable": (Path("/usr"),)}
    return Policy(**{**fields, **changes})  # type: ignore[arg-type]


def test_readable_paths_keep_their_links_and_lose_their_doubles(tmp_path: Path) -> None:
    """A path is shown where it is, and so is every symbolic link that leads to it."""
    real = tmp_path / "real"
    (real / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    view = policy(tmp_path / "s", readable=(tmp_path / "link" / "inner", real, tmp_path / "link")).view
    assert view.real == (real,)
    assert view.links == {tmp_path / "link": "real"}


def test_a_missing_path_is_an_error_unless_it_is_optional(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    policy(tmp_path, optional=(missing,)).check()
    with pytest.raises(SandboxError, match="does not exist"):
        policy(tmp_path, readable=(missing,)).check()


def test_contradictions_are_found_before_anything_is_confined(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    scratch = tmp_path / "scratch"
    (tmp_path / "link").symlink_to(scratch)
    for changes, word in [
        ({"readable": (tmp_path,)}, "must not be readable"),
        ({"readable": (tmp_path / "course",), "forbidden": (tmp_path / "course",)}, "must not be readable"),
        ({"work": tmp_path / "elsewhere"}, "must lie inside"),
        ({"work": scratch}, "must lie inside"),
        ({"scratch": tmp_path / "link"}, "without symbolic links"),
        ({"scratch": scratch / ("x" * 90), "work": scratch / ("x" * 90) / "work"}, "too long"),
    ]:
        with pytest.raises(SandboxError, match=word):
            policy(scratch, **changes).check()


def test_policies_are_plain_frozen_data(tmp_path: Path) -> None:
    assert policy(tmp_path) == policy(tmp_path)
    with pytest.raises(AttributeError):
        policy(tmp_path).slot = 1  # type: ignore[misc]
    assert Resources() == Resources()
