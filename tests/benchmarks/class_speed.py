"""How fast is a class graded? The same ten-question notebook with this package, its peers, and nothing around it.

    python tests/benchmarks/class_speed.py [--class-size 100] [--peers 6] [--walls full none]

Whole grades: suite, gradebook and feedback pages, by each grader's own commands, in one run on one machine; the start
of each program is counted. Only ratios are printed: seconds of one machine say nothing about another. The floor is what
cannot be avoided: the notebook's code and its checks, executed in a fork of a process that has loaded PyTorch. The
peers are installed into an environment of their own on the first run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import peers
from ten_questions import IMPORTS, QUESTIONS

GRADER = str(Path(sys.executable).with_name("grader"))
START_BUDGET = 1.6  # a class of one in bare imports of PyTorch
PEERS_BUDGET = {"nbgrader": 40.0, "otter-grader": 80.0}  # a submission in submissions of ours
CACHE = Path(tempfile.gettempdir()) / "grader-benchmark-peers"


@dataclass(frozen=True)
class Timing:
    """A class graded: seconds for so many submissions, the start of the program included."""

    name: str
    seconds: float
    count: int

    @property
    def each(self) -> float:
        return self.seconds / self.count


def write_course(root: Path) -> None:
    """The ten questions as a course of this package."""
    id = "01_ten"
    table = ['title = "Ten questions"', 'summary = "For measuring."']
    cells = [f"# %%\n{IMPORTS}"]
    for folder in (f"assignments/{id}", "solutions", f"tests/hidden/{id}"):
        (root / folder).mkdir(parents=True)
    for question in QUESTIONS:
        table.append(f'[[questions]]\nid = "{question.name}"\ntitle = "{question.name}"\nsection = "All"\npoints = 1')
        cells.append(f'# %% question="{question.name}"\n{question.solution}')
        (root / f"tests/hidden/{id}/test_{question.name}.py").write_text(question.suite)
    (root / f"assignments/{id}/assignment.toml").write_text("\n".join(table))
    (root / f"solutions/{id}.py").write_text("\n".join(cells))


def write_class(root: Path, folder: Path, count: int) -> None:
    from grader.course.catalog import Course
    from grader.course.notebooks import as_text, solved_notebook

    text = as_text(solved_notebook(Course(root), "01_ten"))
    folder.mkdir()
    for number in range(count):
        (folder / f"student{number:03d}.ipynb").write_text(text)


def grade(root: Path, folder: Path, count: int, *options: str) -> Timing:
    """`grader run` on the class."""
    with tempfile.TemporaryDirectory() as out:
        command = [GRADER, "run", str(folder), "--out", out, "--course", str(root), "--json", *options]
        started = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True)
        seconds = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    grades = json.loads(done.stdout)["grades"]
    assert [g["earned"] for g in grades] == [len(QUESTIONS)] * count
    return Timing(" ".join(["grader", *options]), seconds, count)


def bare_import() -> Timing:
    """Python with PyTorch and nothing else, start to end."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
    return Timing('python -c "import torch"', time.monotonic() - started, 1)


def floor(count: int) -> Timing:
    """The same code and checks in bare forks, one after another."""
    import torch

    torch.set_num_threads(1)
    code = compile(IMPORTS + "".join(q.solution + q.assertions for q in QUESTIONS), "notebook", "exec")
    exec(code, {})  # matplotlib and the like are loaded in the parent, as in a warm kernel's
    started = time.monotonic()
    for _ in range(count):
        pid = os.fork()
        if pid == 0:
            exec(code, {})
            os._exit(0)
        assert os.waitpid(pid, 0)[1] == 0
    return Timing("floor: fork and exec", time.monotonic() - started, count)


@contextmanager
def unshared() -> Iterator[dict[str, int]]:
    """The most unshared memory, in bytes, of any kernel and of any judge; filled in when the block ends.

    Both are forks that fork nobody themselves: what has such a child holds the pages that all share.
    """
    most: dict[str, int] = {"kernel": 0, "judge": 0}
    seen: dict[int, tuple[str, int]] = {}
    holders: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            for process in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    if kind := _kind(process):
                        parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
                        holders.update([parent] if _kind(Path("/proc", str(parent))) == kind else [int(process.name)])
                        size = max(_private(process), seen.get(int(process.name), ("", 0))[1])
                        seen[int(process.name)] = (kind, size)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()
        for pid, (kind, size) in seen.items():
            most[kind] = max(most[kind], 0 if pid in holders else size)


def _kind(process: Path) -> str:
    """All are forks of one ancestor; at the level full, kernels live in a process namespace of their own."""
    if b"grader.kernel.inside.ancestor" not in (process / "cmdline").read_bytes():
        return ""
    status = (process / "status").read_text().splitlines()
    [spaces] = [line.split()[1:] for line in status if line.startswith("NSpid:")]
    return "kernel" if len(spaces) > 1 else "judge"


def _private(process: Path) -> int:
    lines = (process / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


def show(timings: list[Timing], ours: Timing) -> None:
    """A line for each: how long a submission takes, where one of ours in a whole class takes 1."""
    print(f"{'':34}{'submissions':>12}{'times ours':>12}")
    for timing in timings:
        budget = f"  (at least {PEERS_BUDGET[timing.name]:.0f})" if timing.name in PEERS_BUDGET else ""
        print(f"{timing.name:34}{timing.count:12}{timing.each / ours.each:12.2f}{budget}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--class-size", type=int, default=100)
    parser.add_argument("--peers", type=int, default=6, help="submissions for each of the peers; 0 leaves them out")
    parser.add_argument("--walls", nargs="*", default=["auto", "none"])
    chosen = parser.parse_args()
    count = chosen.class_size
    with tempfile.TemporaryDirectory() as place:
        root, folder = Path(place) / "course", Path(place) / "class"
        write_course(root)
        write_class(root, folder, count)
        (Path(place) / "one").mkdir()
        (Path(place) / "one" / "student.ipynb").write_bytes((folder / "student000.ipynb").read_bytes())
        timings = [floor(200)]
        with unshared() as most:  # apart: looking costs a core
            grade(root, Path(place) / "one", 1)
        turns = [(bare_import(), grade(root, Path(place) / "one", 1)) for _ in range(3)]
        bare, start = (min(column, key=lambda timing: timing.seconds) for column in zip(*turns, strict=True))
        ours = [grade(root, folder, count, "--walls", walls) for walls in chosen.walls]
        single = grade(root, folder, count, "-j", "1")
        timings += [bare, Timing("grader, a class of one", start.seconds, 1), single, *ours]
        if chosen.peers:
            bin = peers.environment(CACHE)
            print(", ".join(f"{name} {version}" for name, version in peers.versions(bin).items()))
            for name, run in (("nbgrader", peers.nbgrader), ("otter-grader", peers.otter)):
                with tempfile.TemporaryDirectory() as home:
                    timings.append(Timing(name, run(bin, Path(home), chosen.peers), chosen.peers))
    show(timings, ours[0])
    ratio = start.seconds / bare.seconds
    print(f"a class of one, start to page: {ratio:.2f} times a bare import of PyTorch (budget {START_BUDGET})")
    running = (ours[0].seconds - start.seconds) / (count - 1)
    print(f"once it runs, a submission takes {running / ours[0].each:.2f} of that with the start")
    alone = (single.seconds - start.seconds) / (count - 1)
    print(f"one at a time, the start taken off: {alone / timings[0].each:.1f} times the floor")
    print(f"unshared memory: {most['kernel'] / 2**20:.0f} MB in a kernel, {most['judge'] / 2**20:.0f} MB in a judge")


if __name__ == "__main__":
    main()
