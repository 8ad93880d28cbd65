"""A student's machine with PyTorch, NumPy, matplotlib and IPython, and nothing else: no grader, no kernel, no Jupyter.

    python -S bare.py NOTEBOOK [CELL…]

runs a notebook's cells in IPython where it lies, then further cells, and prints what they print.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__)
LIBRARIES = ("torch", "numpy", "matplotlib", "ipython")


def environment(folder: Path, libraries: tuple[str, ...] = LIBRARIES) -> dict[str, str]:
    """The variables of an environment in which only some libraries are there, with what they need themselves."""
    from packaging.requirements import Requirement

    site, waiting, known = folder / "site", list(libraries), set()
    site.mkdir()
    while waiting:
        name = waiting.pop().lower()
        if name in known:
            continue
        known.add(name)
        found = metadata.distribution(name)
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(found.locate_file(top))
        needs = map(Requirement, found.requires or ())
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GRADER", "JUPYTER"))}
    return {**kept, "PYTHONPATH": str(site), "IPYTHONDIR": str(folder), "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"}


def python(
    environment: dict[str, str], *words: object, cwd: Path, timeout: int = 500
) -> subprocess.CompletedProcess[str]:
    """Python with these libraries and its own."""
    command = [sys.executable, "-S", *map(str, words)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout)


def main(notebook: str, *more: str) -> None:
    """Run it."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    for source in (*("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"), *more):
        shell.run_cell(source).raise_error()


if __name__ == "__main__":
    main(*sys.argv[1:])
