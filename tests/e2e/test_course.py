"""The course itself: it is proved, its sample class earns what it must, and the package is whole."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from ancestors import shared
from cases import ROOT, Case, Graded, assert_grade, assert_said, grader, hand_in, of_the_assignments, typed
from leaks import own_of, secrets_of
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
from grader.course.notebooks import as_text, solved_notebook, student_notebook
from grader.gradebook.store import Gradebook
from grader.judge.suite import load_public_suite, load_suite
from grader.records import Check, Execution, Status
from grader.running.pool import Pool
from grader.running.setting import Setting

COURSE = Course(ROOT)
MIXED, WHOLE = len(COURSE.ids()), 24  # one of each assignment, with mistakes and gaps; and the sample class
SAMPLES = [pytest.param(MIXED, n, id=f"{MIXED}-{n}") for n in range(MIXED)]
SAMPLES += [pytest.param(WHOLE, n, id=f"{WHOLE}-{n}", marks=pytest.mark.slow) for n in range(WHOLE)]
EVERY_DAY = (("01_tensors", "global_state"), ("04_cnn", "typical_first_attempt"), ("05_gpu", "hard_coded_cuda"))
HANDED_IN = [case for case in of_the_assignments() if (case.assignment, case.name) in EVERY_DAY]
SIZES = pytest.mark.parametrize("size", [MIXED, pytest.param(WHOLE, marks=pytest.mark.slow)], scope="module")


@cache
def samples(size: int) -> list[Sample]:
    """A sample class; of one with a right and an empty notebook of each assignment, too, those between them."""
    return list(make_class(COURSE, size)) if size == WHOLE else list(make_class(COURSE, 2 * MIXED + 1))[MIXED:-1]


def standing() -> Iterator[Sample]:
    """The reference and the empty handout of each assignment."""
    for id in COURSE.ids():
        yield Sample(REFERENCE, id, as_text(solved_notebook(COURSE, id)))
        yield Sample(HANDOUT, id, as_text(student_notebook(COURSE, id)))


@cache
def here(id: str) -> LocalNotebook:
    """The reference, asked in this process."""
    return LocalNotebook(COURSE, load_suite(COURSE, id))


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


@pytest.mark.parametrize("id", COURSE.ids())
@pytest.mark.parametrize("size", [MIXED], scope="module")
def test_reference_and_handout(size: int, id: str, demo: Path) -> None:
    """Files are fresh and whole; the reference earns everything and the empty handout nothing.

    The hidden checks have been asked in kernels, the public ones are asked in this process.
    """
    assert [str(fault) for fault in files(COURSE, id)] == []
    gradebook = Gradebook(demo / "grades" / "gradebook.db")
    graded = {who: gradebook.whole(who, id) for who in (REFERENCE, HANDOUT)}
    gradebook.close()
    said = {standing_name(who, False): result.checks for who, result in graded.items() if result}
    ran = graded[REFERENCE]
    assert ran is not None and found_in(id, said | ask_public(id), ran.execution) == []


@pytest.mark.slow
@pytest.mark.parametrize("id", COURSE.ids())
def test_reference_and_handout_in_kernels(id: str, pool: Pool) -> None:
    """The same, with the public checks in kernels, too: then the cells run that only show something."""
    material = Material.of(COURSE, id)
    asked = [question.id for question in material.assignment.coded]
    trials = [trial for public in (False, True) for trial in standing_trials(material, asked, public=public)]
    results = dict(ask(pool, trials))
    ran = [result.execution for name, result in results.items() if REFERENCE in name]
    assert found_in(id, {name: result.checks for name, result in results.items()}, *ran) == []


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared(), Pool(Setting(ROOT, walls=BEST), 1) as pool:
        yield pool


def found_in(id: str, said: dict[str, tuple[Check, ...]], *ran: Execution) -> list[str]:
    """The faults that show in what the reference and the empty handout were asked."""
    material = Material.of(COURSE, id)
    found = [
        fault
        for question in material.assignment.coded
        for public in (False, True)
        for fault in standing_faults(material, question.id, said, public=public)
    ]
    found += [fault for execution in ran for fault in undisturbed(execution, id)]
    return [str(fault) for fault in found]


def ask_public(id: str) -> dict[str, tuple[Check, ...]]:
    """The public checks of the reference and of the empty handout, asked in this process."""
    questions = COURSE.assignment(id).coded
    names = [name for question in questions for name in question.names]
    said = {}
    with on_device(id):
        notebook = here(id).asked_by(load_public_suite(COURSE, id))
        for who, values in ((REFERENCE, {}), (HANDOUT, dict.fromkeys(names, not_written))):
            with notebook.replaced(values):
                said[standing_name(who, True)] = notebook.ask([question.id for question in questions])
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
        write_samples([*samples(size), *standing()], folder / "class")
        for case in HANDED_IN:
            hand_in(case, folder / "class")
        graded = grader("run", folder / "class", "--out", folder / "grades", "--json", course=ROOT)
        due = 3  # answers in words wait for a person
    assert graded.returncode == due, graded.stderr
    (folder / "said.json").write_text(graded.stdout, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", HANDED_IN, ids=[f"{case.assignment}-{case.name}" for case in HANDED_IN])
@pytest.mark.parametrize("size", [MIXED], scope="module")
def test_what_students_hand_in(size: int, case: Case, demo: Path) -> None:
    """The notebook earns exactly its points, and its report says why; others are in test_notebooks.py."""
    graded = Graded.of(demo / "grades", (demo / "said.json").read_text(encoding="utf-8"))
    assert_grade(case, graded)
    assert_said(case, graded)


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
        notebook = here(sample.assignment)
        undiagnosed = notebook.asked_by(replace(notebook.suite, mistakes={}))  # which costs no points
        assert earned_in(demo)[sample.student] == earned(sample, undiagnosed).earned


KINDS = (ValueError, RuntimeError, TypeError, KeyError, IndexError, ZeroDivisionError, AssertionError)
EACH = 5  # of so many questions one is tried: 39 in all


def raises(kind: type[Exception]) -> Callable[..., NoReturn]:
    def unrelated(*args: object, **kwargs: object) -> NoReturn:
        raise kind("unrelated")

    return unrelated


@pytest.mark.parametrize("id", COURSE.ids())
def test_an_exception_that_nobody_foresaw_is_no_known_mistake(id: str) -> None:
    """Functions that only raise fail their question, and are told no untruth about it."""
    with on_device(id):
        for number, question in enumerate(COURSE.assignment(id).coded[::EACH]):
            stub = raises(KINDS[number % len(KINDS)])
            with here(id).replaced(dict.fromkeys(question.names, stub)):
                checks = here(id).ask([question.id])
            assert any(check.status is Status.FAILED for check in checks), question.id
            assert not [check.diagnosis for check in checks if check.diagnosis], question.id


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
