"""The course itself: it is proved, its sample class earns what it must, and the package is whole."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from ancestors import shared
from cases import ROOT, grader, typed
from leaks import own_of, secrets_of
from PIL import Image
from walls_here import BEST

from grader import devices
from grader.authoring.demo import Sample, earned, make_class, write_samples
from grader.authoring.faults import undisturbed
from grader.authoring.files import files
from grader.authoring.local import LocalNotebook, not_written
from grader.authoring.material import Material
from grader.authoring.proofs import HANDOUT, REFERENCE, standing_faults, standing_name, standing_trials
from grader.authoring.trials import ask
from grader.course.catalog import Course
from grader.course.notebooks import student_notebook
from grader.gradebook.store import Gradebook
from grader.judge.suite import load_public_suite, load_suite
from grader.records import Check
from grader.running.pool import Pool
from grader.running.setting import Setting

COURSE = Course(ROOT)
MIXED, WHOLE = len(COURSE.ids()), 24  # one of each assignment, with mistakes and gaps; and the sample class
SAMPLES = [pytest.param(MIXED, n, id=f"{MIXED}-{n}") for n in range(MIXED)]
SAMPLES += [pytest.param(WHOLE, n, id=f"{WHOLE}-{n}", marks=pytest.mark.slow) for n in range(WHOLE)]
SIZES = pytest.mark.parametrize("size", [MIXED, pytest.param(WHOLE, marks=pytest.mark.slow)], scope="module")


@cache
def samples(size: int) -> list[Sample]:
    """A sample class; of one with a right and an empty notebook of each assignment, too, those between them."""
    return list(make_class(COURSE, size)) if size == WHOLE else list(make_class(COURSE, 2 * MIXED + 1))[MIXED:-1]


@cache
def here(id: str) -> LocalNotebook:
    """The reference, asked in this process; for points nothing is diagnosed."""
    return LocalNotebook(COURSE, replace(load_suite(COURSE, id), mistakes={}))


@contextmanager
def on_device(id: str) -> Iterator[None]:
    with devices.on(Setting(ROOT).device_for(COURSE.assignment(id))):
        yield


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("id", COURSE.ids())
def test_every_assignment_is_proved(id: str) -> None:
    """No fault: the reference earns all, the handout nothing, mistakes fail as themselves, alternatives pass."""
    proof = grader("validate", id, "--all", course=ROOT)
    assert (proof.returncode, proof.stdout) == (0, "no fault\n"), proof.stdout + proof.stderr


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared(), Pool(Setting(ROOT, walls=BEST), 1) as pool:
        yield pool


@pytest.mark.parametrize("id", COURSE.ids())
@pytest.mark.parametrize("public", ["here", pytest.param("in_kernels", marks=pytest.mark.slow)])
def test_reference_and_handout(id: str, public: str, pool: Pool) -> None:
    """Files are fresh and whole; the reference earns everything and the empty handout nothing.

    The hidden checks are asked in kernels. So are the public ones with the slow tests, since then the cells run that
    only show something, and these take most of the time.
    """
    assert [str(fault) for fault in files(COURSE, id)] == []
    material = Material.of(COURSE, id)
    questions = [question.id for question in material.assignment.coded]
    trials = standing_trials(material, questions)
    results = dict(ask(pool, [one for one in trials if public == "in_kernels" or not one.order.public]))
    said = ask_public(id, questions) | {name: result.checks for name, result in results.items()}
    found = [fault for question in questions for fault in standing_faults(material, question, said)]
    found += [fault for name in results if REFERENCE in name for fault in undisturbed(results[name].execution, id)]
    assert [str(fault) for fault in found] == []


def ask_public(id: str, questions: list[str]) -> dict[str, tuple[Check, ...]]:
    """The public checks of the reference and of the empty handout, asked in this process."""
    names = [name for question in COURSE.assignment(id).coded for name in question.names]
    said = {}
    with on_device(id):
        notebook = here(id).asked_by(load_public_suite(COURSE, id))
        for who, values in ((REFERENCE, {}), (HANDOUT, dict.fromkeys(names, not_written))):
            with notebook.replaced(values):
                said[standing_name(who, True)] = notebook.ask(questions)
    return said


@pytest.mark.parametrize("id", COURSE.ids())
def test_no_cell_is_wider_than_it_shows(id: str) -> None:
    """JupyterLab on a small screen shows 106 characters of a line of code; a student scrolls for the rest of it."""
    cells = [cell for cell in student_notebook(COURSE, id)["cells"] if cell["cell_type"] == "code"]
    lines = [line.rstrip("\n") for cell in cells for line in cell["source"]]
    assert lines and [line for line in lines if len(line) > 106] == []


def test_the_sample_class_is_made_and_graded(tmp_path: Path) -> None:
    """`grader demo`: from a right notebook to an empty one, and one that nobody can read."""
    made = grader("demo", tmp_path, "--students", 3, "-j", 1)
    assert made.returncode == 0, made.stderr
    points = earned_in(tmp_path)
    assert points.keys() == {"sample-01", "sample-02", "sample-03"}
    assert points["sample-01"] == 10 > points["sample-02"] > points["sample-03"] == 0
    assert "sample-04: The file is not a notebook" in made.stdout


@pytest.fixture(scope="module")
def demo(size: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a sample class was put and graded."""
    folder = tmp_path_factory.mktemp("demo")
    if size == WHOLE:
        graded, due = typed("demo", folder, course=ROOT), 0
    else:
        write_samples(samples(size), folder / "class")
        graded = grader("run", folder / "class", "--out", folder / "grades", "-j", 1, course=ROOT)
        due = 3  # answers in words wait for a person
    assert graded.returncode == due, graded.stderr
    return folder


def earned_in(folder: Path) -> dict[str, float]:
    """What each student of a sample class earned."""
    with sqlite3.connect(folder / "grades" / "gradebook.db") as db:
        return dict(
            db.execute(
                "SELECT p.name, g.earned FROM grades g JOIN executions e ON e.id = g.execution "
                "JOIN submissions s ON s.id = e.submission JOIN students p ON p.key = s.student"
            )
        )


@pytest.mark.slow
@pytest.mark.parametrize("size", [WHOLE], scope="module")
def test_the_whole_sample_class(size: int, demo: Path) -> None:
    """Nobody is left out, the best of an assignment earn everything, and empty handouts nothing."""
    found = earned_in(demo)
    assert found.keys() == {sample.student for sample in samples(size)}
    for id in COURSE.ids():
        first, *_, last = [sample for sample in samples(size) if sample.assignment == id]
        questions = COURSE.assignment(id).coded  # what else is asked waits for a person
        assert found[first.student] == sum(question.points for question in questions)
        assert found[last.student] == 0 or len(last.missing) < len(questions)
    assert sum(points == 0 for points in found.values()) == size % len(COURSE.ids())


@pytest.mark.filterwarnings("default")  # what runs here is the course's code
@pytest.mark.parametrize(("size", "number"), SAMPLES, scope="module")
def test_a_sample_earns_what_it_must(size: int, number: int, demo: Path) -> None:
    """Kernels, suites and gradebook give what is found without any of them, in this process."""
    sample = samples(size)[number]
    with on_device(sample.assignment):
        assert earned_in(demo)[sample.student] == earned(sample, here(sample.assignment)).earned


@SIZES
@pytest.mark.parametrize("id", COURSE.ids())
def test_pages_of_students_give_nothing_away(size: int, id: str, demo: Path) -> None:
    """No literal, name or line of a suite or reference that the student has not from elsewhere; staff see names."""
    folder, secrets = demo / "grades", secrets_of(COURSE, id)
    gradebook, shown = Gradebook(folder / "gradebook.db"), 0
    keys = {sample.student for sample in samples(size) if sample.assignment == id}
    for key in keys:
        whole, [page] = gradebook.whole(key, id), (folder / "students").glob(f"{key}-*.html")
        assert whole is not None
        assert secrets.in_page(page.read_text(encoding="utf-8"), own_of(whole)) == [], page.name
        shown += len(secrets.in_page((folder / "staff" / page.name).read_text(encoding="utf-8"), own_of(whole)))
    gradebook.close()
    assert shown > 30 * len(keys)  # this is how it looks where something is given away


@pytest.mark.parametrize(("program", "id"), [("data_02", "02_data"), ("garments", "02_data"), ("garments", "04_cnn")])
def test_data_are_what_their_program_makes(program: str, id: str, tmp_path: Path) -> None:
    """Anybody can make the course's data again: the same files, the same pixels."""
    subprocess.run([sys.executable, str(ROOT / "materials" / f"{program}.py"), str(tmp_path)], check=True)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) >= 4
    for path in made:
        kept = COURSE.handout(id) / "data" / path.relative_to(tmp_path)
        assert contents(path) == contents(kept), kept


def test_real_data_are_what_their_program_makes(tmp_path: Path) -> None:
    """Where the packages are installed that hold the originals, which nothing else needs."""
    specs = [find_spec(name) for name in ("sklearn", "skimage")]
    places = {Path(spec.origin).parents[1] for spec in specs if spec and spec.origin}
    if None in specs or len(places) != 1:
        pytest.skip("needs scikit-learn and scikit-image, side by side")
    program = ROOT / "materials" / "real_data.py"
    subprocess.run([sys.executable, str(program), str(places.pop()), str(tmp_path)], check=True)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        kept = COURSE.handout("02_data") / "data" / path.relative_to(tmp_path)
        assert contents(path) == contents(kept), kept


REAL = {id: COURSE.handout(id) / "data" for id in COURSE.written()}


@pytest.mark.parametrize("id", REAL)
def test_real_data_are_the_same_everywhere_and_their_sources_are_named(id: str) -> None:
    """What two assignments have is one thing; beside each file stands where it comes from, and its licence."""
    said = (REAL[id] / "SOURCES.md").read_text(encoding="utf-8")
    digits = np.load(REAL[id] / "digits.npz")
    assert digits["images"].shape == (1797, 8, 8) and digits["images"].max() == 16
    assert np.bincount(digits["labels"]).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert "`digits.npz`" in said and "CC BY 4.0" in said
    assert all(f"`{path.name}`" in said for path in REAL[id].glob("*.pt"))
    for path in (REAL[id] / "photographs").glob("*"):
        assert f"`photographs/{path.name}`" in said
        assert path.read_bytes() == (REAL["02_data"] / "photographs" / path.name).read_bytes()
        with Image.open(path) as picture:
            assert picture.mode == "RGB" and picture.size in ((150, 100), (159, 106))


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
    sources = (path for path in (ROOT / "templates").rglob("*") if path.is_file())
    pages = {f"grader/{path.relative_to(ROOT).as_posix()}" for path in sources}
    assert packed == {path.relative_to(ROOT).as_posix() for path in files} | pages
    assert "grader/templates/student.html" in packed
