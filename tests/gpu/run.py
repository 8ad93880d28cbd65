"""Everything that needs a CUDA device, in one command, on a machine that has one.

    python tests/gpu/run.py [--out docs/gpu.json]

Does the simulated device do what the real one does, and does the course judge alike on both? Writes what was found to a
small file, which the README quotes: date, device, versions, and per step whether it held and how long it took.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from grader.devices import real_devices

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
GRADER = str(Path(PYTHON).with_name("grader"))


@dataclass(frozen=True)
class Step:
    """One thing that was tried. `last` is the last line that it printed."""

    what: str
    held: bool
    seconds: float
    last: str


STEPS = {
    "parity of operations, models and training": [
        PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        "tests/unit/test_simcuda_parity.py", "tests/unit/test_simcuda_opinfo.py",
    ],
    "assignment 05 is proved on the device": [GRADER, "validate", "05_gpu", "--device", "cuda"],
    "assignment 05 is proved on the simulated device": [GRADER, "validate", "05_gpu", "--device", "simulated"],
    "notebooks of assignment 05 earn what they must": [
        PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/e2e/test_notebooks.py", "-k", "05_gpu",
    ],
}  # fmt: skip


def tried(what: str, command: list[str]) -> Step:
    started = time.monotonic()
    environment = {**os.environ, "GRADER_PARITY_DEVICE": "cuda"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    lines = (done.stdout or done.stderr).strip().splitlines()
    step = Step(what, done.returncode == 0, round(time.monotonic() - started, 1), lines[-1] if lines else "")
    print(f"{'✓' if step.held else '✗'} {step.what} ({step.seconds:.0f} s): {step.last}", flush=True)
    if not step.held:
        print("\n".join(lines[-40:]), flush=True)
    return step


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "gpu.json")
    chosen = parser.parse_args()
    devices = real_devices()
    if not devices:
        print("PyTorch finds no CUDA device here: nothing was tried", file=sys.stderr)
        return 2
    steps = [tried(what, command) for what, command in STEPS.items()]
    found = {
        "date": datetime.date.today().isoformat(),
        "device": devices[0],
        "versions": {name: version(name) for name in ("torch", "torchvision", "grader")},
        "steps": [asdict(step) for step in steps],
    }
    chosen.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written to {chosen.out}")
    return 0 if all(step.held for step in steps) else 1


if __name__ == "__main__":
    sys.exit(main())
