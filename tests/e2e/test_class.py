"""A class and its parts: what one run leaves of another's results, which attempt counts, where results may lie."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cases import GRADER, TOY, Case, Done, grader, notebook_of, typed

ALL_RIGHT, WORSE = (json.dumps(notebook_of(Case(n, TOY.parent / n))) for n in ("all_right", "returns_none"))
HALF = WORSE.replace("return t * 2", "return t * 3")
FILES = {  # ben handed in three times
    "ada/notebook.ipynb": (ALL_RIGHT, 1),
    "ben/a.ipynb": (WORSE, 1),
    "ben/b.ipynb": (ALL_RIGHT, 2),
    "ben/c.ipynb": (HALF, 3),
    "cy/notebook.ipynb": ("{", 1),
}
Rows = dict[str, list[str]]


def write(folder: Path) -> Path:
    for name, (text, hour) in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (hour * 3600, hour * 3600))
    return folder


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("parts") / "class")


@pytest.fixture(scope="module")
def whole(handed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class as it was graded once; nobody writes here."""
    out = tmp_path_factory.mktemp("whole") / "grades"
    assert grader("run", handed, "--out", out).returncode == 3
    return out


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    """The results of a class, to go on from."""
    return shutil.copytree(whole, tmp_path / "grades")


def table(out: Path) -> Rows:
    """`grades.csv` by student."""
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row[0]: row for row in list(csv.reader(file))[1:]}


def points(out: Path) -> dict[str, str]:
    return {student: row[3] for student, row in table(out).items()}


def pages(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.rglob("*.html")}


def terminal(done: Done) -> dict[str, str]:
    """The lines of the table on the terminal, by student."""
    lines = done.stdout.splitlines()
    return {line.split()[0]: line for line in lines if " 01_toy " in line}


# ---- a part of the class


def test_a_part_of_the_class_does_not_replace_it(handed: Path, whole: Path, out: Path) -> None:
    """One student is graded again: the others keep rows and pages, and are on the terminal."""
    done = grader("run", handed / "ben", "--out", out, "--force")
    assert done.returncode == 0, done.stderr
    assert table(out) == table(whole) and set(points(out)) == {"ada", "ben", "cy"}
    before, after = pages(whole), pages(out)
    assert before.keys() == after.keys()
    assert all(after[name] == before[name] for name in before if name.startswith("ada"))
    page = (out / "class-01_toy.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("ada", "ben", "cy"))
    shown = terminal(done)
    assert set(shown) == {"ada", "ben"}
    assert "from an earlier run" in shown["ada"] and "earlier" not in shown["ben"]
    assert "needs a person: cy" in done.stdout


def test_a_part_changes_its_own_row(handed: Path, whole: Path, out: Path, tmp_path: Path) -> None:
    """ben hands in something better, given as a file alone; cy something that can be read."""
    home = shutil.copytree(handed, tmp_path / "class")
    (home / "ben" / "d.ipynb").write_text(ALL_RIGHT.replace("t * 2", "2 * t"), encoding="utf-8")
    (home / "cy" / "notebook.ipynb").write_text(ALL_RIGHT, encoding="utf-8")
    assert grader("run", home / "ben" / "d.ipynb", "--out", out).returncode == 0
    assert points(out) == {**points(whole), "ben": "10"}
    assert table(out)["ada"] == table(whole)["ada"] and table(out)["cy"] == table(whole)["cy"]
    assert grader("run", home / "cy", "--out", out).returncode == 0
    assert points(out) == {"ada": "10", "ben": "10", "cy": "10"}


def test_nothing_readable_replaces_nothing(handed: Path, whole: Path, out: Path) -> None:
    """A run in which nobody can be graded leaves everybody where they were."""
    done = grader("run", handed / "cy", "--out", out)
    assert done.returncode == 3
    assert table(out) == table(whole) and pages(out) == pages(whole)


def test_pages_for_staff_are_not_handed_out(whole: Path) -> None:
    """Each student has a page in both folders; names of checks and the command are in one of them alone."""
    handed, kept = ({path.name: path for path in (whole / folder).iterdir()} for folder in ("students", "staff"))
    assert handed.keys() == kept.keys() and len(handed) == 2
    for name, path in handed.items():
        student, staff = (one.read_text(encoding="utf-8") for one in (path, kept[name]))
        assert "test_values" in staff and "--force" in staff and "for staff" in staff
        assert not any(secret in student for secret in ("test_values", "--force", "for staff"))
    page = (whole / "course.html").read_text(encoding="utf-8")
    assert "ada" in page and "ben" in page and 'href="class-01_toy.html"' in page


def test_a_path_need_not_be_text(handed: Path, whole: Path, out: Path) -> None:
    """Bytes that are no letters are written out where the command is stored, in which folder ever results lie."""
    odd = out.rename(os.fsdecode(os.fsencode(out) + b"-caf\xe9"))
    done = grader("score", "--out", odd)
    assert done.returncode == 3, done.stderr
    assert points(odd) == points(whole)


# ---- attempts


@pytest.mark.parametrize(("attempt", "due", "file"), [("last", "6", "c"), ("best", "10", "b"), ("first", "8", "a")])
def test_which_attempt_counts(attempt: str, due: str, file: str, handed: Path, out: Path) -> None:
    """In the gradebook, the table, the page and on the terminal alike, whatever counted before."""
    done = grader("run", handed, "--out", out, "--attempt", attempt)
    assert done.returncode == 3, done.stderr
    assert points(out) == {"ada": "10", "ben": due, "cy": ""}
    assert f"{due}/10" in terminal(done)["ben"]
    (page,) = (out / "students").glob("ben*.html")
    assert f">{due}<" in page.read_text(encoding="utf-8") or f"{due} of 10" in page.read_text(encoding="utf-8")
    said = json.loads(grader("run", handed / "ada", "--out", out, "--json").stdout)
    (ben,) = (grade for grade in said["grades"] if grade["student"]["name"] == "ben")
    assert str(ben["earned"]).removesuffix(".0") == due and not ben["in_this_run"]


# ---- where results lie, and what is left elsewhere


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("file", "no folder can be made"),
        ("file/below", "no folder can be made"),
        ("link", "no folder can be made"),
        ("/proc/x", "no folder can be made"),
        ("/proc/self", "gradebook.db"),
        ("x" * 300, "no folder can be made"),
        ("book/students", "no folder can be made"),
        ("book/gradebook.db/", "gradebook.db"),
        ("book/grades.csv/", "there is a folder"),
        ("book/class-01_toy.html/", "there is a folder"),
    ],
)
def test_results_cannot_lie_there(place: str, said: str, handed: Path, tmp_path: Path) -> None:
    """One line, exit code 2, before anything is graded."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    out = tmp_path / place
    if place.startswith("book/"):
        out = tmp_path / "book"
        out.mkdir()
        (tmp_path / place).mkdir() if place.endswith("/") else (tmp_path / place).write_text("x")
    done = grader("run", handed, "--out", out)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and not done.stdout


def test_two_runs_on_a_new_folder(handed: Path, whole: Path, tmp_path: Path) -> None:
    """Started together, both end well, and everybody is in the table."""
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(typed, "run", handed, "--out", tmp_path / "grades")
        ends = [grader("run", handed, "--out", tmp_path / "grades"), other.result()]
    assert [done.returncode for done in ends] == [3, 3], [done.stderr for done in ends]
    assert points(tmp_path / "grades") == points(whole)


@pytest.mark.parametrize("kernels", ["warm", pytest.param("cold", marks=pytest.mark.slow)])
def test_nothing_is_left_in_the_temporary_folder(kernels: str, handed: Path, tmp_path: Path, short_path: Path) -> None:
    """No connection file with its key, no socket, no scratch; the empty lock of a place for a worker stays."""
    command = [*GRADER, "run", str(handed / "ada"), "--out", str(tmp_path / "out"), "--course", str(TOY)]
    done = subprocess.run(
        [*command, "--kernels", kernels], env={**os.environ, "TMPDIR": str(short_path)}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    left = {path.name: path.stat().st_size for path in short_path.rglob("*")}
    assert all(name.startswith("grader-slot-") and size == 0 for name, size in left.items()), left


# ---- quests


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "by itself"])
def test_a_class_has_a_board_if_the_course_says_so(asked: bool, tmp_path: Path) -> None:
    """Two with nicknames and one without; who is behind one stands nowhere on the board."""
    course = shutil.copytree(TOY, tmp_path / "course")
    table, suite = (
        course / name for name in ("assignments/01_toy/assignment.toml", "tests/hidden/01_toy/test_double.py")
    )
    table.write_text(table.read_text().replace('id = "double"', 'id = "double"\nquest = "lowest"', 1))
    measure = 'draw.quest("Twice the three", student.double(torch.tensor(3.0)).item(), student)'
    suite.write_text(f'{suite.read_text()}\n\ndef test_quest(student, draw):\n    """It counts."""\n    {measure}\n')
    (course / "course.toml").write_text("board = true\n" if asked else "")
    for name, cells in {"ada": ['NICKNAME = "Comet"'], "ben": ['NICKNAME = "<b>Quark</b>"', HALVED], "cy": []}.items():
        notebook = notebook_of(Case(name, TOY.parent / "all_right"))
        code = [{"cell_type": "code", "id": f"own-{n}", "source": cell, "metadata": {}} for n, cell in enumerate(cells)]
        for cell in code:
            cell |= {"outputs": [], "execution_count": None}
        notebook["cells"] += code
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "notebook.ipynb").write_text(json.dumps(notebook))
    done = grader("run", tmp_path / "class", "--out", tmp_path / "grades", course=course)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "grades" / "class-01_toy.html").read_text(encoding="utf-8")
    assert ("Quest: Double" in page) == ("<bdi>Comet</bdi>" in page) == asked
    assert not asked or page.index("&lt;b&gt;Quark") < page.index("Comet")
    assert "<b>Quark" not in page
    [own] = (tmp_path / "grades" / "students").glob("ada-*.html")
    assert "Twice the three" in own.read_text(encoding="utf-8")  # whoever asks for a board or not


HALVED = "def double(t):\n    return t * 1"
