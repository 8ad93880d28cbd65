"""The course itself: it is proved, its sample class earns what it must, and the package is whole."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
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

from grader.authoring.demo import Sample, due, make_class
from grader.authoring.faults import undisturbed
from grader.authoring.files import files
from grader.authoring.material import Material
from grader.authoring.proofs import REFERENCE, standing_faults, standing_name, standing_trials
from grader.authoring.trials import ask
from grader.course.catalog import Course
from grader.gradebook.store import Gradebook
from grader.running.pool import Pool
from grader.running.setting import Setting

COURSE = Course(ROOT)
SMALL, WHOLE = 2 * len(COURSE.ids()) + 1, 24  # a right one and one with mistakes and gaps of each, and an empty one
SAMPLES = [pytest.param(SMALL, n, id=f"{SMALL}-{n}") for n in range(len(COURSE.ids()), SMALL)]
SAMPLES += [pytest.param(WHOLE, n, id=f"{WHOLE}-{n}", marks=pytest.mark.slow) for n in range(WHOLE)]
SIZES = pytest.mark.parametrize("size", [SMALL, pytest.param(WHOLE, marks=pytest.mark.slow)], scope="module")


@cache
def samples(size: int) -> list[Sample]:
    return list(make_class(COURSE, size))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("id", COURSE.ids())
def test_every_assignment_is_proved(id: str) -> None:
    """No fault: the reference earns all, the handout nothing, mistakes fail as themselves, alternatives pass."""
    proof = grader("validate", id, "--all", course=ROOT)
    assert (proof.returncode, proof.stdout) == (0, "no fault\n"), proof.stdout + proof.stderr


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared(), Pool(Setting(ROOT, walls=BEST), 2) as pool:
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
    found += undisturbed(results[standing_name(REFERENCE, True)].execution, id)
    assert [str(fault) for fault in found] == []


@pytest.fixture(scope="module")
def demo_run(size: int, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where `grader demo` put everything, and what was printed."""
    folder = tmp_path_factory.mktemp("demo")
    graded = typed("demo", folder, *([] if size == WHOLE else ["--students", size]), course=ROOT)
    assert graded.returncode == 0, graded.stderr
    return folder, graded.stdout


@pytest.fixture(scope="module")
def demo(demo_run: tuple[Path, str]) -> tuple[dict[str, float], str]:
    """What each student of `grader demo` earned, and what was printed."""
    folder, printed = demo_run
    with sqlite3.connect(folder / "grades" / "gradebook.db") as db:
        earned = db.execute(
            "SELECT p.name, g.earned FROM grades g JOIN executions e ON e.id = g.execution "
            "JOIN submissions s ON s.id = e.submission JOIN students p ON p.key = s.student"
        )
        return dict(earned), printed


@SIZES
def test_the_sample_class_is_graded(size: int, demo: tuple[dict[str, float], str]) -> None:
    """`grader demo`: nobody is left out, the best of an assignment earn everything, and empty handouts nothing."""
    earned, printed = demo
    assert earned.keys() == {sample.student for sample in samples(size)}
    for id in COURSE.ids():
        first, *_, last = [sample for sample in samples(size) if sample.assignment == id]
        questions = COURSE.assignment(id).coded  # what else is asked waits for a person
        assert earned[first.student] == sum(question.points for question in questions)
        assert earned[last.student] == 0 or len(last.missing) < len(questions)
    assert sum(points == 0 for points in earned.values()) == size % len(COURSE.ids())
    assert f"sample-{size + 1:02d}: The file is not a notebook" in printed


@pytest.mark.filterwarnings("default")  # what runs here is the course's code
@pytest.mark.parametrize(("size", "number"), SAMPLES, scope="module")
def test_a_sample_earns_what_it_must(size: int, number: int, demo: tuple[dict[str, float], str]) -> None:
    """Kernels, suites and gradebook give what is found without any of them, in this process."""
    sample = samples(size)[number]
    assert demo[0][sample.student] == due(COURSE, [sample])[sample.student].earned


@SIZES
@pytest.mark.parametrize("id", COURSE.ids())
def test_pages_of_students_give_nothing_away(size: int, id: str, demo_run: tuple[Path, str]) -> None:
    """No literal, name or line of a suite or reference that the student has not from elsewhere; staff see names."""
    folder, secrets = demo_run[0] / "grades", secrets_of(COURSE, id)
    gradebook, shown = Gradebook(folder / "gradebook.db"), 0
    for key in {sample.student for sample in samples(size) if sample.assignment == id}:
        whole, [page] = gradebook.whole(key, id), (folder / "students").glob(f"{key}-*.html")
        assert whole is not None
        assert secrets.in_page(page.read_text(encoding="utf-8"), own_of(whole)) == [], page.name
        shown += len(secrets.in_page((folder / "staff" / page.name).read_text(encoding="utf-8"), own_of(whole)))
    gradebook.close()
    assert shown > 100  # this is how it looks where something is given away


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
