"""Honest notebooks with bad luck: each gets what its answers are worth, and nobody else notices.

What the cases of tests/unlucky are about, and which of them covers what: tests/unlucky/README.md.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import ROOT, TOY, Case, Graded, assert_grade, assert_said, cases_in, grade_cases, grader, hand_in
from ground import AS_ROOT, NOBODY, Ground

from grader.sandbox.scratch import MARK

pytestmark = pytest.mark.timeout(600)

CASES = cases_in(ROOT / "tests" / "unlucky")
READABLE = [case for case in CASES if "unreadable" not in case.expected]
ALL_RIGHT = Case("all_right", TOY.parent / "all_right", {"points": 10})


def by_name(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All cases as one class, with one that is all right."""
    return grade_cases([*CASES, ALL_RIGHT], tmp_path_factory.mktemp("unlucky"), "-j", 3)  # some wait for their limit


@pytest.mark.parametrize("case", [*CASES, ALL_RIGHT], ids=by_name)
def test_exact_grade(case: Case, graded: Graded) -> None:
    """Bad luck costs what it touches, and no more."""
    assert_grade(case, graded)


@pytest.mark.parametrize("case", READABLE, ids=by_name)
def test_what_is_said(case: Case, graded: Graded) -> None:
    """The report says what happened, in the gradebook and on the page."""
    assert_said(case, graded)
    page = Path(graded.grades[case.student]["page"]).read_text(encoding="utf-8")
    for text in case.expected.get("shows", []):
        assert text in page


def test_every_case_is_in_the_table() -> None:
    """The table beside the cases names each of them, and no other."""
    table = (ROOT / "tests" / "unlucky" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"unlucky/`(\w+)`", table)) == {case.name for case in CASES}
    others = set(re.findall(r"(?<!unlucky/)`([a-z_]+)`", table))
    assert others <= {case.name for case in cases_in(TOY.parent)}


# ---- places


@pytest.fixture(scope="module")
def crowded() -> Iterator[tuple[Graded, set[str]]]:
    """A class that an ordinary user graded, to whom things are locked; and what was in its temporary folder then."""
    folder = Path(tempfile.mkdtemp(prefix="unlucky-", dir="/tmp"))
    folder.chmod(0o755)
    ground = Ground(folder, NOBODY if AS_ROOT else 0)
    leave_things(ground.folder / "tmp")
    with unreadable_places(ground.folder / "class"):
        graded = ground.grade([ALL_RIGHT]).graded
    yield graded, {path.name for path in (ground.folder / "tmp").iterdir()}
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)


@contextlib.contextmanager
def unreadable_places(handed: Path) -> Iterator[None]:
    """A locked folder, one that can only be listed, a name that is no text, a socket."""
    for name in ("locked", "listed", "no text", "socket"):
        hand_in(Case(name, ALL_RIGHT.folder), handed)
    (handed / "no text").rename(os.fsdecode(os.fsencode(handed) + b"/caf\xe9"))
    (handed / "locked").chmod(0)
    (handed / "listed").chmod(0o444)
    (handed / "socket" / "notebook.ipynb").unlink()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{handed}/socket/notebook.ipynb")
        yield


def leave_things(folder: Path) -> None:
    """Another user's locks, and things named like leftovers of ours; one bears the mark."""
    (folder / "grader-slot-0.lock").touch(0)
    (folder / "grader-4194304-x").write_text("no folder")
    (folder / "grader-4194305-y").symlink_to("/etc")
    (folder / "grader-4194306-z" / "sub").mkdir(parents=True)
    (folder / "grader-4194306-z" / MARK).touch()
    (folder / "grader-2026-spring").mkdir()
    (folder / "grader-2026-spring" / "gradebook.db").write_text("the grades of a term")


def test_places_that_cannot_be_read(crowded: tuple[Graded, set[str]]) -> None:
    """One line each, no crash."""
    graded, _ = crowded
    assert graded.grades["all_right"]["earned"] == graded.grades["caf\ufffd"]["earned"] == 10
    assert "The folder cannot be read: Permission denied." in graded.unreadable["locked"]
    assert "cannot be read: Permission denied" in graded.unreadable["listed"]
    assert "not an ordinary file" in graded.unreadable["socket"]


def test_what_others_left_in_the_temporary_folder(crowded: tuple[Graded, set[str]]) -> None:
    """It is nobody's business, whatever its name; a mark tells."""
    graded, left = crowded
    assert graded.grades["all_right"]["earned"] == 10
    assert {"grader-4194304-x", "grader-4194305-y", "grader-2026-spring"} <= left
    assert "grader-4194306-z" not in left


def test_a_torn_gradebook(tmp_path: Path) -> None:
    """A file that is no gradebook any more is not touched; the message says what to do."""
    hand_in(ALL_RIGHT, tmp_path / "class")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "gradebook.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    done = grader("run", tmp_path / "class", "--out", tmp_path / "out")
    assert done.returncode == 2, done.stderr
    assert "is not a gradebook" in done.stderr and "choose another folder with --out" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_question_of_no_points(tmp_path: Path) -> None:
    """It would be divided by; the table is refused with its line."""
    shutil.copytree(TOY, tmp_path / "course")
    table = tmp_path / "course" / "assignments" / "01_toy" / "assignment.toml"
    table.write_text(table.read_text().replace("points = 2", "points = 0", 1))
    hand_in(ALL_RIGHT, tmp_path / "class")
    done = grader("run", tmp_path / "class", "--out", tmp_path / "out", course=tmp_path / "course")
    assert done.returncode == 1, done.stderr
    assert "double: 0 points; give it at least one" in done.stderr
