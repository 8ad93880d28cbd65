"""An autograder for Gradescope: what is in the zip, and that its scripts grade."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cases import TOY, Case, grader, notebook_of

from grader.authoring.autograder import package
from grader.course.catalog import Course


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gradescope's folder: the zip unpacked in `source`, a submission with a notebook and a file beside it."""
    folder = tmp_path_factory.mktemp("autograder")
    done = grader("package", "gradescope", "01_toy", "--out", folder / "a.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "a.zip") as archive:
        archive.extractall(folder / "source")
    for name in ("submission", "results"):
        (folder / name).mkdir()
    notebook = notebook_of(Case("returns_none", TOY.parent / "returns_none"))
    (folder / "submission" / "my work.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "submission" / "helper.py").write_text("x = 1\n", encoding="utf-8")
    return folder


def test_the_zip_has_what_grading_takes_and_no_more(root: Path) -> None:
    """Scripts at the top, that can be run; the suite; no proofs, no caches, no deadlines; the same each time."""
    with zipfile.ZipFile(root / "a.zip") as archive:
        names = archive.namelist()
        runs = {info.filename for info in archive.infolist() if info.external_attr >> 16 & 0o100}
        settings = archive.read("course/course.toml").decode()
    assert runs == {"setup.sh", "run_autograder"}
    assert {"requirements.txt", "course/tests/hidden/01_toy/test_double.py", "course/solutions/01_toy.py"} < {*names}
    assert {"package/grader/cli/run.py", "package/grader/templates/student.html"} < {*names}
    assert not any("alternatives" in name or "__pycache__" in name for name in names)
    assert "due" not in settings and 'level = "full"' in settings
    assert package(Course(TOY), "01_toy", "auto") == (root / "a.zip").read_bytes()


def test_its_commands_write_results(root: Path, tmp_path: Path) -> None:
    """The two commands of run_autograder, with the course that is in the zip."""
    text = (root / "source" / "run_autograder").read_text(encoding="utf-8").replace("\\\n", " ")
    commands = [line for line in text.splitlines() if line.startswith("python/bin/python -m grader")]
    (tmp_path / "class").mkdir()
    shutil.copytree(root / "submission", tmp_path / "class" / "student")
    codes = []
    for command in commands:
        words = shlex.split(command.replace("$out", str(tmp_path)))
        codes.append(grader(*words[3:], course=None, cwd=root).returncode)
    assert codes == [0, 0]
    results = json.loads((root / "results" / "results.json").read_bytes())
    assert results["score"] == 8
    assert [(test["score"], test["max_score"]) for test in results["tests"]] == [(2, 2)] * 3 + [(0, 2)] + [(2, 2)]
    assert "Every picture becomes one row." in results["tests"][3]["output"]
    assert "assert" not in (root / "results" / "results.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["setup.sh", "run_autograder"])
def test_its_scripts_are_shell(script: str, root: Path) -> None:
    """Bash can read them."""
    subprocess.run(["bash", "-n", root / "source" / script], check=True)


@pytest.mark.slow
def test_the_script_grades_with_the_package_that_is_packed(root: Path) -> None:
    """As a program, the packed package before all others; what is torn gets no score."""
    home = root / "python" / "bin"
    home.mkdir(parents=True)
    (home / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (home / "python").chmod(0o755)
    env = {**os.environ, "AUTOGRADER": str(root), "PYTHONPATH": str(root / "source" / "package")}
    done = subprocess.run(["bash", root / "source" / "run_autograder"], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads((root / "results" / "results.json").read_bytes())["score"] == 8
    (root / "submission" / "my work.ipynb").write_text("{", encoding="utf-8")
    subprocess.run(["bash", root / "source" / "run_autograder"], env=env, capture_output=True, text=True)
    assert "score" not in json.loads((root / "results" / "results.json").read_bytes())


def test_an_unknown_assignment_is_wrong_usage() -> None:
    """And so is an unknown platform."""
    assert grader("package", "gradescope", "07_x").returncode == 2
    assert grader("package", "moodle", "01_toy").returncode == 2


def test_the_archive_is_one(root: Path) -> None:
    """No name leads out of it."""
    with zipfile.ZipFile(io.BytesIO((root / "a.zip").read_bytes())) as archive:
        assert archive.testzip() is None
        assert not any(name.startswith("/") or ".." in name for name in archive.namelist())
