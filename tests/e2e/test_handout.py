"""What students get: complete, the same each time, and at work where there is nothing else."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bare
import pytest
from cases import ROOT, TOY, grader
from words import write_course

from grader.authoring import handouts
from grader.course.catalog import Course
from grader.course.first_cell import with_first_cell
from grader.course.notebooks import solved_notebook
from grader.errors import CourseError
from grader.intake.seal import is_intact
from grader.intake.submission import read_cells, read_notebook

HERE = "import grader; print(grader.__file__)"
CELLS = read_cells(with_first_cell(solved_notebook(Course(TOY), "01_toy"), "01_toy"))[0]
SIZE = 300 << 10  # bytes that the student's side may have


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return bare.environment(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def laptop(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[bare.Laptop]:
    laptop = bare.Laptop(environment, tmp_path_factory.mktemp("laptop"))
    yield laptop
    laptop.close()


@pytest.fixture(scope="module")
def students_laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bare.Laptop]:
    """What the students' guide tells to install, but for Jupyter."""
    environment = bare.environment(tmp_path_factory.mktemp("students"), (*bare.LIBRARIES, "torchvision"))
    laptop = bare.Laptop(environment, tmp_path_factory.mktemp("laptop"))
    yield laptop
    laptop.close()


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The toy assignment's handout, unpacked somewhere, its questions answered."""
    return unpack(Course(TOY), "01_toy", tmp_path / "some where")


def unpack(course: Course, id: str, to: Path) -> Path:
    """A handout as a student has it who has answered everything."""
    with zipfile.ZipFile(io.BytesIO(handouts.archive(handouts.handout(course, id), id))) as packed:
        packed.extractall(to)
    solved = with_first_cell(solved_notebook(course, id), id)
    (to / id / f"{id}.ipynb").write_text(json.dumps(solved), encoding="utf-8")
    return to / id


def first_cell(folder: Path) -> str:
    cells: list[dict[str, Any]] = json.loads((folder / f"{folder.name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_the_command_makes_folders_and_archives(tmp_path: Path) -> None:
    """Twice the same bytes; complete; no editor's copies; the notebook is that of `grader build`."""
    course = Path(shutil.copytree(TOY, tmp_path / "course"))
    (course / "assignments" / "01_toy" / ".ipynb_checkpoints").mkdir()
    (course / "assignments" / "01_toy" / ".ipynb_checkpoints" / "01_toy.ipynb").write_text("{}")
    for out in ("one", "two"):
        done = grader("handout", "--all", "--zip", "--out", tmp_path / out, course=course)
        assert done.returncode == 0, done.stderr
    one, two = ((tmp_path / out / "01_toy.zip").read_bytes() for out in ("one", "two"))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        names = packed.namelist()
        built = packed.read("01_toy/01_toy.ipynb")
        assert packed.getinfo("01_toy/grader.pyz").file_size < SIZE
    assert built == (TOY / "assignments" / "01_toy" / "01_toy.ipynb").read_bytes()
    assert {"01_toy/assignment.toml", "01_toy/data/table.csv", "01_toy/public/test_double.py"} <= set(names)
    assert not any("checkpoints" in name for name in names)
    assert grader("handout", "01_toy", "--out", tmp_path / "one", course=course).returncode == 0
    files = {path for path in (tmp_path / "one" / "01_toy").rglob("*") if path.is_file()}
    assert {f"01_toy/{path.relative_to(tmp_path / 'one' / '01_toy').as_posix()}" for path in files} == set(names)


def test_what_a_good_answer_is_stays_here(tmp_path: Path) -> None:
    """Rubrics are left out of the table; all else is in it, and the questions can still be told apart."""
    course = write_course(tmp_path / "course")
    table = course.table("01_toy")
    given = tomllib.loads(handouts.handout(course, "01_toy")["assignment.toml"].decode())
    whole = tomllib.loads(table.read_text(encoding="utf-8"))
    assert [question.pop("rubric", None) is not None for question in whole["questions"]][-2:] == [True, True]
    assert given == whole
    text = table.read_text(encoding="utf-8").replace("rubric = [{", "[[questions.rubric]]\n#", 1)
    table.write_text(text + '\nid = "x"\ntext = "y"\npoints = 2\n', encoding="utf-8")
    with pytest.raises(CourseError, match="a rubric is written in another way"):
        handouts.handout(course, "01_toy")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "or say --all"),
        (("01_toy", "--all"), "or say --all"),
        (("01_tay",), "no assignment '01_tay'"),
        (("01_toy", "--out", "assignments"), "there lies the course itself"),
        (("01_toy", "--out", "worked"), "somebody has worked in it"),
        (("01_toy", "--out", "other"), "it is no handout"),
    ],
)
def test_nothing_else_is_written_over(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """One line says what to do instead."""
    course = Path(shutil.copytree(TOY, tmp_path / "course"))
    shutil.copytree(course / "assignments" / "01_toy", course / "worked" / "01_toy")
    run = {"cells": [{"cell_type": "code", "source": "1", "execution_count": 1, "outputs": [], "metadata": {}}]}
    (course / "worked" / "01_toy" / "01_toy.ipynb").write_text(json.dumps(run))
    (course / "other" / "01_toy").mkdir(parents=True)
    before = hashed(course)
    done = grader("handout", *words, course=None, cwd=course)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert hashed(course) == before


def hashed(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_students_side_holds_nothing_of_the_teachers(unpacked: Path) -> None:
    """No suite, no judge, no page, no command of theirs."""
    with zipfile.ZipFile(unpacked / "grader.pyz") as packed:
        places = {name.split("/")[1].removesuffix(".py") for name in packed.namelist() if "/" in name}
    assert not places & {"judge", "grading.pipeline", "sandbox", "course", "storage", "report", "authoring", "cli"}
    assert {"notebook", "simcuda", "asking", "rehearsal"} <= places


def test_a_handout_works_where_nothing_is_installed(unpacked: Path, laptop: bare.Laptop) -> None:
    """Every check of the notebook holds, with the package out of the handout; also after `%cd`, and run again there."""
    elsewhere = "%cd -q /\ncheck()\n" + first_cell(unpacked)
    done = laptop.run(unpacked / "01_toy.ipynb", HERE, elsewhere, "check()", cwd=unpacked)
    assert done.returncode == 0, done.stderr
    assert f"{unpacked / 'grader.pyz'}/grader/__init__.py" in done.stdout
    assert done.stdout.count("5 of 5 questions pass their public checks.") == 2, done.stdout


@pytest.mark.parametrize("place", ["inside", "above", "colab", "kaggle", "lost"])
def test_the_first_cell_finds_the_handout(place: str, unpacked: Path, laptop: bare.Laptop) -> None:
    """From a folder within it or the one above, from what was uploaded for a notebook that is alone; or it says so."""
    cell = first_cell(unpacked)
    if place == "kaggle":
        cell = cell.replace("/kaggle/input", str(unpacked.parent))
    code = [cell, HERE, "from pathlib import Path; print(Path('data/table.csv').is_file())"]
    start = {"inside": unpacked / "data", "above": unpacked.parent}.get(place, unpacked.parent / "content")
    start.mkdir(exist_ok=True)
    if place == "colab":
        (start / "01_toy (1).zip").write_bytes(handouts.archive(handouts.handout(Course(TOY), "01_toy"), "01_toy"))
    (start / "alone.ipynb").write_text(json.dumps({"cells": []}))
    done = laptop.run(start / "alone.ipynb", *code[: 1 if place == "lost" else 3], cwd=start)
    assert done.returncode == 0, done.stderr
    if place == "lost":
        assert "grader.pyz is not here" in done.stdout
        return
    home = start / "01_toy" if place in ("colab", "kaggle") else unpacked
    assert f"{home / 'grader.pyz'}/grader/__init__.py" in done.stdout
    assert ("True" in done.stdout) == (place != "inside")


def test_an_installed_grader_does_not_take_its_place(unpacked: Path, laptop: bare.Laptop) -> None:
    """The checks and what runs them are of one version."""
    installed = {"cells": [{"cell_type": "code", "source": f"import sys; sys.path.append({str(ROOT)!r})"}]}
    (unpacked / "first.ipynb").write_text(json.dumps(installed))
    cells = json.loads((unpacked / "01_toy.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    done = laptop.run(unpacked / "first.ipynb", *sources, HERE, cwd=unpacked)
    assert done.returncode == 0 and "grader.pyz/grader/__init__.py" in done.stdout, done.stdout + done.stderr


def test_the_command_needs_no_installation(unpacked: Path, tmp_path: Path) -> None:
    """Where Jupyter's own libraries are: a notebook that was downloaded to somewhere else is run in its handout."""
    (tmp_path / "jupyter").mkdir()
    jupyter = bare.environment(tmp_path / "jupyter", (*bare.LIBRARIES, "nbclient", "ipykernel"))
    moved = Path(shutil.move(unpacked / "01_toy.ipynb", tmp_path / "01_toy (1).ipynb"))
    shutil.copy(TOY / "assignments" / "01_toy" / "01_toy.ipynb", unpacked)
    done = bare.python(jupyter, unpacked / "grader.pyz", "check", moved, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout.endswith("5 of 5 public checks passed.\n"), done.stdout


def test_a_notebook_is_handed_in_from_the_handout_alone(unpacked: Path, environment: dict[str, str]) -> None:
    """Where no kernel can be started it is not checked, and sealed all the same."""
    done = bare.python(environment, "grader.pyz", "submit", "01_toy.ipynb", cwd=unpacked)
    assert done.returncode == 0, done.stderr
    assert "It was not checked: running a notebook needs" in done.stdout and "Its receipt: " in done.stdout
    assert is_intact(read_notebook((unpacked / "hand_in" / "01_toy.ipynb").read_bytes()), CELLS)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("check", "01_toy.ipynb"), 2, "-m pip install nbclient ipykernel\n"),
        (("check", "gone.ipynb"), 2, "there is no such file or folder\n"),
        (("check", "assignment.toml"), 2, "is not a notebook: its content is not valid JSON.\n"),
        (("run", "01_toy.ipynb"), 2, "--help\n"),
        ((), 2, "--help\n"),
    ],
)
def test_the_command_says_what_is_wrong(
    words: tuple[str, ...], code: int, said: str, unpacked: Path, environment: dict[str, str]
) -> None:
    """In one line."""
    done = bare.python(environment, "grader.pyz", *words, cwd=unpacked)
    assert done.returncode == code and done.stderr.endswith(said) and done.stderr.count("\n") == 1, done.stderr


def test_a_python_that_is_too_old_is_said_so(unpacked: Path, environment: dict[str, str]) -> None:
    """The kernel of a hub may be of last year; nothing else looks at it."""
    source = "import sys; sys.version_info, sys.path[:0] = (3, 10, 1), ['grader.pyz']; import grader"
    done = bare.python(environment, "-c", source, cwd=unpacked)
    assert done.returncode == 1 and "grader needs Python 3.11 or newer" in done.stderr.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("id", Course(ROOT).written())
def test_real_handouts_work_where_nothing_is_installed(id: str, tmp_path: Path, students_laptop: bare.Laptop) -> None:
    """The reference passes all checks; where there is no card, on the simulated one. Checks leave no file behind."""
    course = Course(ROOT)
    folder = unpack(course, id, tmp_path)
    before = set(folder.rglob("*"))
    done = students_laptop.run(folder / f"{id}.ipynb", HERE, "check()", cwd=folder)
    assert done.returncode == 0, done.stderr
    asked = len(course.assignment(id).coded)  # what else is asked waits for a person
    assert "grader.pyz/grader" in done.stdout
    assert f"{asked} of {asked} questions pass their public checks." in done.stdout, done.stdout[-3000:]
    assert set(folder.rglob("*")) == before
