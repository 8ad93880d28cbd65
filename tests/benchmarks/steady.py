"""Does memory stay flat over a long class? One of small notebooks is graded; what each kind of process holds is drawn.

    python tests/benchmarks/steady.py [--count 10000] [--out docs/steady]

Samples every few seconds: the memory (proportional, pages that processes share counted once) of the coordinator, of the
process that kernels and workers come from with the kernel host, and of workers with their forks; open files of the
coordinator and of the longest-lived children; entries of the temporary directory. Writes OUT.svg and OUT.json.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from class_speed import GRADER, write_class, write_course

EVERY = 3.0  # seconds
KINDS = {"coordinator": "coordinator", "shared": "ancestor and kernel host", "places": "workers, judges, kernels"}


def family(pid: int) -> dict[int, int]:
    """A process and all below it, with the parent of each."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {one: parents[one] for one in found if one in parents}


def pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


def files(pid: int) -> int:
    with contextlib.suppress(OSError):
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return 0


def sample(pid: int, temporary: Path, done: int, started: float) -> dict[str, float]:
    """What is held at this moment, in bytes."""
    all_ = family(pid)
    ancestors = [one for one, parent in all_.items() if parent == pid]
    forks = sorted(one for one, parent in all_.items() if parent in ancestors)
    shared = {*ancestors, *forks[:1]}  # the host is the ancestor's first child
    return {
        "seconds": time.monotonic() - started,
        "done": done,
        "coordinator": pss(pid),
        "shared": sum(map(pss, shared)),
        "places": sum(pss(one) for one in all_ if one != pid and one not in shared),
        "coordinator files": files(pid),
        "other files": sum(files(one) for one in [*shared, *forks[1:]]),
        "temporary": len(list(temporary.iterdir())),
    }


def draw(samples: list[dict[str, float]], count: int, path: Path) -> None:
    """The samples over the submissions that were done."""
    figure, (memory, numbers) = plt.subplots(2, 1, figsize=(8, 6), sharex=True, height_ratios=(2, 1))
    done = [one["done"] for one in samples]
    for kind, label in KINDS.items():
        memory.plot(done, [one[kind] / 2**20 for one in samples], label=label, linewidth=1)
    memory.set_ylabel("MB, shared pages once")
    memory.set_ylim(bottom=0)
    memory.set_title(f"{count} submissions of ten questions, two places")
    memory.legend(loc="lower right")
    for kind in ("coordinator files", "other files", "temporary"):
        label = "entries of the temporary directory" if kind == "temporary" else f"open files, {kind.split()[0]}"
        numbers.plot(done, [one[kind] for one in samples], label=label, linewidth=1)
    numbers.set_ylim(bottom=0)
    numbers.set_xlabel("submissions done")
    numbers.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--out", type=Path, default=Path("docs/steady"))
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="steady-", dir="/tmp") as folder:
        root, handed, out, temporary = (Path(folder, name) for name in ("course", "class", "grades", "t"))
        temporary.mkdir()
        write_course(root)
        write_class(root, handed, told.count)
        command = [GRADER, "run", handed, "--out", out, "--course", root, "-j", "2", "--log", "json"]
        env = {**os.environ, "TMPDIR": str(temporary)}
        with Path(folder, "log").open("w") as log:
            process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=log)
            started, samples = time.monotonic(), list[dict[str, float]]()
            while process.poll() is None:
                time.sleep(EVERY)
                state = out / "run.json"
                done = json.loads(state.read_text())["done"] if state.is_file() else 0
                samples.append(sample(process.pid, temporary, done, started))
        assert process.returncode == 0, Path(folder, "log").read_text()[-2000:]
        state_: dict[str, Any] = json.loads((out / "run.json").read_text())
        grading = [one for one in samples if 0 < one["done"] < told.count]
        early = grading[len(grading) // 10]
        summary = {
            "count": told.count,
            "seconds": round(state_["seconds"], 1),
            "per minute": round(60 * told.count / state_["seconds"], 1),
            "gradebook bytes each": (out / "gradebook.db").stat().st_size // told.count,
            "left in the temporary directory": len([p for p in temporary.iterdir() if p.stat().st_size]),
            "after a tenth": early,
            "at the end": grading[-1],
            "most": {name: max(one[name] for one in grading) for name in early},
            "coordinator while class pages are written": max(one["coordinator"] for one in samples),
        }
    told.out.with_suffix(".json").write_text(json.dumps(summary, indent=1) + "\n")
    draw(grading, told.count, told.out.with_suffix(".svg"))
    print(json.dumps(summary, indent=1), file=sys.stderr)


if __name__ == "__main__":
    main()
