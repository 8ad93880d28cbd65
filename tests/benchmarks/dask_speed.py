"""What does a cluster cost on one machine? Ten questions by the local pool and by Dask, with one place and two.

    python tests/benchmarks/dask_speed.py [--count 200]

Seconds each are counted from the first result to the last: the start of a cluster is said beside them.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from class_speed import GRADER, write_class, write_course


def grade(root: Path, handed: Path, out: Path, *options: str) -> tuple[float, float]:
    """Seconds until the first, and for each after it."""
    command = [GRADER, "run", handed, "--out", out, "--course", root, "--log", "json", *options]
    began, times = time.monotonic(), list[float]()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith('{"event": "graded"'):
                times.append(time.monotonic() - began)
    assert process.returncode == 0 and len(times) > 1
    return times[0], (times[-1] - times[0]) / (len(times) - 1)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=200)
    told = asked.parse_args()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="dask-speed-") as folder:
        root, handed = Path(folder, "course"), Path(folder, "class")
        write_course(root)
        write_class(root, handed, told.count)
        for name, options in (("local", []), ("Dask", ["--dask", "local"])):
            for places in ("1", "2"):
                start, each = grade(root, handed, Path(folder, name + places), "-j", places, *options)
                found[name + places] = each
                print(f"{name}, {places} at a time: {each:.3f} s each, the first after {start:.1f} s", flush=True)
    print(f"Dask over local, two at a time: {found['Dask2'] / found['local2']:.2f}")
    local, dask = found["local1"] / found["local2"], found["Dask1"] / found["Dask2"]
    print(f"two places over one: local {local:.2f}, Dask {dask:.2f}")


if __name__ == "__main__":
    main()
