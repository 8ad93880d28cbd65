"""A student's machine with PyTorch, NumPy, matplotlib and IPython, and nothing else: no grader, no kernel, no Jupyter.

    python -S bare.py

runs notebooks that it is told of, each in a fork: the cells in IPython, then further cells.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
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


class Laptop:
    """Runs notebooks in such an environment, which has loaded PyTorch once for all of them."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        command = [sys.executable, "-S", str(HERE)]
        self._process = subprocess.Popen(command, env=environment, stdin=-1, stdout=-1, text=True)
        self._folder = folder

    def run(self, notebook: Path, *cells: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """The notebook where it lies, then further cells: what they printed."""
        out, err = self._folder / "out", self._folder / "err"
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps([str(cwd), str(out), str(err), str(notebook), *cells]), file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        return subprocess.CompletedProcess(cells, code, *(path.read_text(encoding="utf-8") for path in (out, err)))

    def close(self) -> None:
        self._process.communicate()


def serve() -> None:
    """Run what is told of, a line each; say how it ended."""
    import torch  # noqa: F401  (for all of them)
    from IPython.core.interactiveshell import InteractiveShell

    for line in sys.stdin:
        cwd, out, err, notebook, *more = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                os.chdir(cwd)
                for number, name in enumerate((os.devnull, out, err)):
                    os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
                shell = InteractiveShell.instance()
                cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
                for source in (*("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"), *more):
                    shell.run_cell(source).raise_error()
                sys.stdout.flush()
                os._exit(0)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
