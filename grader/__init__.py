"""A course-assessment package for PyTorch: assignments, their proofs, and an autograder.

What notebooks and suites import from here is loaded on first use, so that `import grader` costs nothing:

    check             a notebook's own checks
    beside            shows what was predicted beside what came
    when_solved       runs a function that shows what answers do
    probe             marks a suite's function that runs inside the kernel
    mistake           marks a known wrong answer
    alternative       marks a right answer that is written unlike the reference
    simulated_cuda    a CUDA device for machines without one, within a block
    start_simulation  the same from here on, for notebooks
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.asking.probes import probe as probe
    from grader.course.variants import alternative as alternative
    from grader.course.variants import mistake as mistake
    from grader.notebook.beside import beside as beside
    from grader.notebook.check import check as check
    from grader.notebook.showing import when_solved as when_solved
    from grader.simcuda import simulated_cuda as simulated_cuda
    from grader.simcuda import start_simulation as start_simulation

if sys.version_info < (3, 11):  # noqa: UP036  (in a handout, nothing has looked at it before)
    raise ImportError(f"grader needs Python 3.11 or newer, and this is {sys.version.split()[0]}: choose another kernel")

__version__ = "0.1.0"

_HOMES = {
    "check": "grader.notebook.check",
    "beside": "grader.notebook.beside",
    "when_solved": "grader.notebook.showing",
    "probe": "grader.asking.probes",
    "mistake": "grader.course.variants",
    "alternative": "grader.course.variants",
    "simulated_cuda": "grader.simcuda",
    "start_simulation": "grader.simcuda",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
