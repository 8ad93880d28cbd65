"""What a handout weighs, and how soon a student's first `check` answers, where nothing is installed but PyTorch.

    python tests/benchmarks/first_check.py [runs]

A kernel is a Python with PyTorch, NumPy, matplotlib and IPython, and the handout. Printed are sizes, and of each run
the seconds that loading PyTorch takes, the first check of a question, its next one, and all checks of the notebook; the
last two lines set the first and the next check against loading PyTorch, which every notebook does anyway.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e"), str(ROOT)]

import bare  # noqa: E402

from grader.authoring import handouts  # noqa: E402
from grader.course.catalog import Course  # noqa: E402
from grader.course.first_cell import with_first_cell  # noqa: E402
from grader.course.notebooks import solved_notebook  # noqa: E402

ID = "01_tensors"
MOST = 300 << 10  # bytes of the student's side
FIRST, NEXT = 1.0, 0.1  # seconds that a check may take, on a machine that does nothing else

RUN = """
import json, sys, time
from contextlib import redirect_stdout
from io import StringIO
from IPython.core.interactiveshell import InteractiveShell

shell, (first, *cells) = InteractiveShell.instance(), json.loads(sys.argv[1])
def took(source):
    started = time.perf_counter()
    with redirect_stdout(StringIO()):
        shell.run_cell(source).raise_error()
    return time.perf_counter() - started
took(first)
loading = took("import numpy, torch; torch.ones(2) + 1")
for cell in cells:
    took(cell.replace("check(", "(lambda name: None)("))
print(json.dumps([loading, took("check('describe')"), took("check('describe')"), took("check()")]))
"""


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    course = Course(ROOT)
    with tempfile.TemporaryDirectory() as place:
        for id in course.ids():
            packed = handouts.archive(handouts.handout(course, id), id)
            print(f"{id + '.zip':<16} {len(packed) / 1000:7.0f} kB")
            zipfile.ZipFile(io.BytesIO(packed)).extractall(place)
        size = len(handouts.students_side())
        print(f"{'grader.pyz':<16} {size / 1000:7.0f} kB in each")
        times = measure(course, Path(place), runs)
    for name, seconds in zip(
        ("PyTorch", "first check", "next check", "all checks"), zip(*times, strict=True), strict=True
    ):
        print(f"{name:<16} " + " ".join(f"{one:7.3f}" for one in seconds) + " s")
    loading, first, again, _ = map(statistics.median, zip(*times, strict=True))
    print(f"{'first/PyTorch':<16} {first / loading:7.3f}\n{'next/PyTorch':<16} {again / loading:7.3f}")
    return 0 if size < MOST and first < FIRST and again < NEXT else 1


def measure(course: Course, place: Path, runs: int) -> list[list[float]]:
    """The four times of some runs, each in a process of its own."""
    notebook = with_first_cell(solved_notebook(course, ID), ID)
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    environment = bare.environment(place)
    found = []
    for _ in range(runs):
        done = bare.python(environment, "-c", RUN, json.dumps(cells), cwd=place / ID)
        assert done.returncode == 0, done.stderr
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return found


if __name__ == "__main__":
    sys.exit(main())
