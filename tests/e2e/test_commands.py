"""The commands for authors and administrators, as they are typed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from cases import TOY, Case, grader, hand_in, typed


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOY, tmp_path / "course"))


def test_a_new_assignment_is_without_fault(course: Path) -> None:
    """What `grader new` writes is proved by `grader validate`, and is the author's to change."""
    made = grader("new", "02_topic", course=course)
    assert made.returncode == 0, made.stderr
    written = [Path(line) for line in made.stdout.splitlines()]
    assert course / "solutions" / "02_topic.py" in written
    assert all(path.is_file() for path in written)
    proof = grader("validate", "02_topic", course=course)
    assert (proof.returncode, proof.stdout) == (0, "no fault\n"), proof.stdout + proof.stderr


@pytest.mark.parametrize("name", ["01_toy", "topic", "03-topic", "../03_topic"])
def test_a_new_assignment_needs_a_name_of_its_own(course: Path, name: str) -> None:
    """Names that exist or would not be found again are refused in one line, and nothing is written."""
    before = sorted(course.rglob("*"))
    made = grader("new", name, course=course)
    assert made.returncode == 2
    assert made.stderr.startswith("grader: ") and made.stderr.count("\n") == 1, made.stderr
    assert sorted(course.rglob("*")) == before


def test_a_fault_is_a_line_with_file_and_remedy(course: Path) -> None:
    """`grader validate` ends with exit code 1 and says where to look."""
    gone = course / "tests" / "mistakes" / "01_toy" / "double.py"
    gone.unlink()
    proof = grader("validate", "--quick", course=course)
    assert proof.returncode == 1
    assert f"{gone}: is missing for the question 'double'; write it" in proof.stdout.splitlines()


def test_a_notebook_that_is_not_fresh_is_a_fault(course: Path) -> None:
    """`grader build` makes the handout what `grader validate` wants it to be."""
    handout = course / "assignments" / "01_toy" / "01_toy.ipynb"
    right = handout.read_text(encoding="utf-8")
    handout.write_text(right.replace("A small assignment", "A tiny assignment"), encoding="utf-8")
    assert f"{handout}: is not what its solution makes" in grader("validate", "--quick", course=course).stdout
    assert grader("build", course=course).returncode == 0
    assert handout.read_text(encoding="utf-8") == right


def test_doctor_names_the_walls() -> None:
    """Every mechanism has a line; each that does not work says what to do."""
    said = grader_doctor()
    assert said[0].startswith("sandbox: ")
    marks = [line for line in said[1:] if not line.startswith("    ")]
    assert marks and all(line[0] in "✓✗" for line in marks), said
    for line, following in zip(said[1:], [*said[2:], ""], strict=True):
        if line.startswith("✗"):
            assert following.startswith("    "), line


def test_what_a_course_lets_notebooks_use(course: Path) -> None:
    """`grader doctor` has a line for each requirement of the course; what is missing is an exit code, and a command."""
    table = course / "course.toml"
    table.write_text('requirements = ["numpy>=1", "no-such-package", "numpy<1", "nothing; python_version < \'3\'"]')
    done = grader("doctor", course=course)
    assert done.returncode == 1
    said = [line for line in done.stdout.splitlines() if "package" in line]
    assert said[0].startswith("✓ package numpy>=1: ")
    assert said[1:3] == ["✗ package no-such-package: not there", "    pip install 'no-such-package'"]
    assert said[3].startswith("✗ package numpy<1: ") and len(said) == 4
    table.write_text('requirements = ["numpy>=1"]')
    assert grader("doctor", course=course).returncode == 0
    table.write_text('requirements = ["numpy >== 1"]')
    done = grader("doctor", course=course)
    assert done.returncode == 2 and "course.toml: requirements: 'numpy >== 1' is no requirement" in done.stderr


def test_no_grading_without_the_sandbox_that_is_required(tmp_path: Path) -> None:
    """`--require-sandbox` refuses in one line; without it the same command warns and grades."""
    (tmp_path / "in").mkdir()
    shutil.copy(TOY / "assignments" / "01_toy" / "01_toy.ipynb", tmp_path / "in")
    command = ("run", tmp_path / "in", "--out", tmp_path / "out", "--walls", "none")
    refused = grader(*command, "--require-sandbox")
    assert refused.returncode == 2
    assert "no sandbox stands" in refused.stderr and refused.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
    graded = grader(*command)
    assert graded.returncode == 0, graded.stderr
    assert "no sandbox stands" in graded.stderr and "insist" not in graded.stderr
    with closing(sqlite3.connect(tmp_path / "out" / "gradebook.db")) as db, db:
        db.execute("UPDATE executions SET evidence = json_set(evidence, '$.walls', 'full')")
    again = grader(*command)
    assert again.returncode == 0, again.stderr
    [said] = [line for line in again.stderr.splitlines() if "gradebook.db" in line]
    assert "level full, now they are none" in said and said.endswith("--walls full")


def grader_doctor() -> list[str]:
    done = grader("doctor", course=None)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("full", ["results", "temporary"])
def test_a_full_disk_is_one_line(full: str, tmp_path: Path, short_path: Path) -> None:
    """Wherever space runs out, that is said; after making room the same command goes on."""
    disk, free = short_path / "disk", short_path / "free"
    disk.mkdir(), free.mkdir()
    size = "size=64k,nr_inodes=3" if full == "temporary" else "size=64k"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "disk", disk], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    hand_in(Case("all_right", TOY.parent / "all_right"), tmp_path / "class")
    out, temporary = (disk, free) if full == "results" else (free, disk)
    try:
        (disk / "large").write_bytes(bytes(60_000))
        command = ("run", tmp_path / "class", "--out", out / "grades")
        done = typed(*command, env={**os.environ, "TMPDIR": str(temporary)})
        assert done.returncode == 1, done.stdout + done.stderr
        assert ": the disk is full; make room" in done.stderr and "Traceback" not in done.stderr
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)
    assert grader(*command).returncode == 0
