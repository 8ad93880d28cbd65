"""The same notebook graded by nbgrader and by otter-grader, in an environment of their own, by their own commands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from ten_questions import IMPORTS, QUESTIONS

PEERS = ("nbgrader", "otter-grader")


def environment(folder: Path) -> Path:
    """An environment with the peers, which borrows PyTorch from this one; made once. Returns its `bin`."""
    if not (folder / "bin" / "otter").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "-q", *PEERS], check=True)
    packages = Path(_ask(folder / "bin", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    # read after their own packages: what they have installed themselves comes first
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def versions(bin: Path) -> dict[str, str]:
    code = f"from importlib.metadata import version as v; import json; print(json.dumps({{p: v(p) for p in {PEERS}}}))"
    return dict(json.loads(_ask(bin, code)))


def nbgrader(bin: Path, folder: Path, count: int) -> float:
    """Seconds for `nbgrader autograde` and `generate_feedback` on a class, which it grades one after another."""
    _write(folder / "source" / "ps" / "ten.ipynb", _nbgrader_source())
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'speed'\n")
    _run(bin / "nbgrader", "generate_assignment", "ps", cwd=folder)
    for number in range(count):
        home = folder / "submitted" / f"student{number}" / "ps"
        home.mkdir(parents=True)
        released = json.loads((folder / "release" / "ps" / "ten.ipynb").read_text())
        solutions = {q.name: q.solution for q in QUESTIONS}
        for cell in released["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            if name in solutions:
                cell["source"] = solutions[name]
        _write(home / "ten.ipynb", released)
    started = time.monotonic()
    _run(bin / "nbgrader", "autograde", "ps", cwd=folder)
    _run(bin / "nbgrader", "generate_feedback", "ps", cwd=folder)
    seconds = time.monotonic() - started
    assert len(list((folder / "feedback").rglob("*.html"))) == count, "nbgrader did not grade them all"
    return seconds


def otter(bin: Path, folder: Path, count: int) -> float:
    """Seconds for `otter run` on each notebook of a class."""
    _write(folder / "ten.ipynb", _otter_source())
    _run(bin / "otter", "assign", "--no-run-tests", "ten.ipynb", "dist", cwd=folder)
    [archive] = (folder / "dist" / "autograder").glob("*.zip")
    submission = folder / "student.ipynb"
    shutil.copy(folder / "dist" / "autograder" / "ten.ipynb", submission)
    seconds = 0.0
    for number in range(count):
        out = folder / f"out{number}"
        out.mkdir()
        started = time.monotonic()
        _run(bin / "otter", "run", "-a", str(archive), "-o", str(out), str(submission), cwd=folder)
        seconds += time.monotonic() - started
        score = json.loads((out / "results.json").read_text())
        assert sum(test.get("score") or 0 for test in score["tests"]) > 0, "otter-grader gave no points"
    return seconds


def _nbgrader_source() -> Any:
    cells = [new_code_cell(IMPORTS)]
    for question in QUESTIONS:
        body = f"    ### BEGIN SOLUTION\n    {question.body}\n    ### END SOLUTION\n"
        answer = new_code_cell(f"def {question.name}({question.parameters}):\n{body}")
        answer.metadata["nbgrader"] = _mark(question.name, solution=True, grade=False)
        hidden = new_code_cell(f"### BEGIN HIDDEN TESTS\n{question.assertions}### END HIDDEN TESTS\n")
        hidden.metadata["nbgrader"] = {**_mark(f"{question.name}_tests", solution=False, grade=True), "points": 1}
        cells += [answer, hidden]
    return new_notebook(cells=cells, metadata=_KERNEL)


def _otter_source() -> Any:
    cells = [
        new_raw_cell("# ASSIGNMENT CONFIG\nname: speed\ninit_cell: false\ncheck_all_cell: false\nexport_cell: false")
    ]
    cells.append(new_code_cell(IMPORTS))
    for question in QUESTIONS:
        cells += [
            new_raw_cell(f"# BEGIN QUESTION\nname: {question.name}\npoints: 1"),
            new_markdown_cell(f"Write `{question.name}`."),
            new_raw_cell("# BEGIN SOLUTION"),
            new_code_cell(question.solution),
            new_raw_cell("# END SOLUTION"),
            new_raw_cell("# BEGIN TESTS"),
            new_code_cell("# HIDDEN\n" + question.assertions),
            new_raw_cell("# END TESTS"),
            new_raw_cell("# END QUESTION"),
        ]
    return new_notebook(cells=cells, metadata=_KERNEL)


_KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def _mark(id: str, *, solution: bool, grade: bool) -> dict[str, Any]:
    return {"grade_id": id, "solution": solution, "grade": grade, "locked": grade, "task": False, "schema_version": 3}


def _write(path: Path, notebook: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _ask(bin: Path, code: str) -> str:
    return subprocess.run([str(bin / "python"), "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def _run(program: Path, *arguments: str, cwd: Path) -> None:
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}  # they call one another
    done = subprocess.run([str(program), *arguments], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{program.name} {arguments[0]} failed: {(done.stdout + done.stderr)[-2000:]}")
