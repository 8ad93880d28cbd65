"""The same class gets the same grades on a machine that is busy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cases import TOY, Case, Graded, grade_cases
from walls_here import BEST

from grader.sandbox.policy import Level

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the system does not count what waits"),
]

ALL_RIGHT = (TOY.parent / "all_right" / "notebook.py").read_text(encoding="utf-8")
OWN_SECONDS = "import time; end = time.process_time() + {0}\n{1}while time.process_time() < end: pass\n{1}"
LOAD = 14

SPINS = """# %%
import os, time
for _ in range(58):
    if os.fork() == 0:
        while True:
            pass
"""


def slowly(seconds: float) -> str:
    """The right notebook, each cell and each call of which computes for a while: 0.7 s of 1.5, 1 s of 2.

    No slow function calls another: the time of one call would be that of many.
    """
    numbers = 'torch.tensor([float(x) for x in line.split(",")])'
    assert f"mean_of({numbers})" in ALL_RIGHT
    text = ALL_RIGHT.replace(f"mean_of({numbers})", f"{numbers}.double().mean().item()")
    text = text.replace("    return", f"    {OWN_SECONDS.format(seconds, '    ')}return")
    return text.replace("import torch", f"import torch\n{OWN_SECONDS.format(seconds + 0.3, '')}", 1)


TEXTS = {
    "quick": ALL_RIGHT,
    "slow": slowly(0.7),
    "wrong": ALL_RIGHT.replace("t * 2", "t + 2"),
    "hangs": ALL_RIGHT.replace("    return t * 2", "    while True: pass"),
    "sleeps": ALL_RIGHT.replace("    return t.sqrt()", "    import time\n    time.sleep(60)\n    return t.sqrt()"),
}


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many programs that do nothing but compute."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


def grade(folder: Path, texts: dict[str, str], *options: object) -> Graded:
    cases = [Case(name, folder / "cases" / name) for name in texts]
    for case in cases:
        case.folder.mkdir(parents=True)
        (case.folder / "notebook.py").write_text(texts[case.name], encoding="utf-8")
    return grade_cases(cases, folder, *options)


def verdicts(graded: Graded) -> dict[str, list[tuple[str, str, str]]]:
    return {
        name: [(check["name"], check["status"], check["message"]) for check in checks]
        for name, checks in graded.checks.items()
    }


def test_load_changes_no_grade(tmp_path: Path) -> None:
    """Slow answers within their limits pass, and those that hang or sleep are stopped, with and without a load."""
    seen = []
    for loops in (0, LOAD):
        with busy(loops):
            seen.append(verdicts(grade(tmp_path / str(loops), TEXTS)))
    assert seen[0] == seen[1]
    assert all(status == "passed" for name in ("quick", "slow") for _, status, _ in seen[0][name])


@pytest.mark.skipif(BEST is not Level.FULL, reason="a notebook has no processes of its own here")
def test_a_neighbour_that_spins(tmp_path: Path) -> None:
    """A notebook that keeps sixty processes spinning takes nothing from an honest one beside it."""
    spinner = SPINS + ALL_RIGHT.replace("    return t * 2", "    time.sleep(30)")
    graded = grade(tmp_path, {"honest": slowly(0.5), "spinner": spinner, "other": slowly(0.4)}, "-j", os.cpu_count())
    assert graded.grades["honest"]["earned"] == graded.grades["other"]["earned"] == 10
