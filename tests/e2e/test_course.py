"""The course itself: it is proved, its sample class earns what it must, and the package is whole."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import ROOT, grader
from PIL import Image

from grader.authoring.demo import CLASS_SIZE, due, make_class
from grader.authoring.faults import undisturbed
from grader.authoring.files import files
from grader.authoring.material import Material
from grader.authoring.proofs import REFERENCE, standing_faults, standing_name, standing_trials
from grader.authoring.trials import ask
from grader.course.catalog import Course
from grader.running.pool import Pool
from grader.running.setting import Setting
from grader.sandbox.levels import best_level

COURSE = Course(ROOT)


def test_the_first_assignment_is_proved() -> None:
    """No fault: the reference earns all, the handout nothing, mistakes fail as themselves, alternatives pass.

    The others are proved in the same way by `grader validate`, which takes some minutes for each of them.
    """
    proof = grader("validate", COURSE.ids()[0], "--all", course=ROOT)
    assert (proof.returncode, proof.stdout) == (0, "no fault\n"), proof.stdout + proof.stderr


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Setting(ROOT, walls=best_level()), 2) as pool:
        yield pool


@pytest.mark.parametrize("id", COURSE.ids())
def test_reference_and_handout(id: str, pool: Pool) -> None:
    """Files are fresh and whole; in kernels the reference earns everything and the empty handout nothing."""
    assert [str(fault) for fault in files(COURSE, id)] == []
    material = Material.of(COURSE, id)
    questions = [question.id for question in material.assignment.questions]
    results = dict(ask(pool, standing_trials(material, questions)))
    said = {name: result.checks for name, result in results.items()}
    found = [fault for question in questions for fault in standing_faults(material, question, said)]
    found += undisturbed(results[standing_name(REFERENCE, False)].execution, id)
    assert [str(fault) for fault in found] == []


def test_the_sample_class_earns_what_it_must(tmp_path: Path) -> None:
    """`grader demo`: kernels, suites and gradebook give each sample what it was made to earn."""
    graded = grader("demo", tmp_path / "demo", course=ROOT)
    assert graded.returncode == 0, graded.stderr
    with sqlite3.connect(tmp_path / "demo" / "grades" / "gradebook.db") as db:
        earned = dict(
            db.execute(
                "SELECT s.student, g.earned FROM grades g JOIN executions e ON e.id = g.execution "
                "JOIN submissions s ON s.id = e.submission"
            )
        )
    samples = list(make_class(COURSE, CLASS_SIZE))
    assert {sample.assignment for sample in samples} == set(COURSE.ids())
    assert earned == {student: grade.earned for student, grade in due(COURSE, samples).items()}
    assert f"sample-{CLASS_SIZE + 1:02d}: The file is no notebook" in graded.stdout


@pytest.mark.parametrize(("program", "id"), [("data_02", "02_data"), ("garments", "02_data"), ("garments", "04_cnn")])
def test_data_are_what_their_program_makes(program: str, id: str, tmp_path: Path) -> None:
    """Anybody can make the course's data again: the same files, the same pixels."""
    subprocess.run([sys.executable, str(ROOT / "materials" / f"{program}.py"), str(tmp_path)], check=True)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) >= 4
    for path in made:
        kept = COURSE.handout(id) / "data" / path.relative_to(tmp_path)
        assert contents(path) == contents(kept), kept


def contents(path: Path) -> object:
    """The bytes of a file; of a picture what it shows, since compressors differ."""
    if path.suffix != ".png":
        return path.read_bytes()
    with Image.open(path) as picture:
        return picture.size, picture.mode, picture.tobytes(), getattr(picture, "text", None)


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    """Everything of the package reaches an installed wheel, the templates too; nothing of the course does."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = (path for path in (ROOT / "grader").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    pages = {f"grader/templates/{path.name}" for path in (ROOT / "templates").iterdir()}
    assert packed == {path.relative_to(ROOT).as_posix() for path in files} | pages
    assert "grader/templates/student.html" in packed
