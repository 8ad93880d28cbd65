"""Files of strangers: read within limits, sorted out by student, refused in one sentence."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import tempfile
import tracemalloc
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError, UsageError
from grader.intake.accounts import Place
from grader.intake.archive import Archive
from grader.intake.inbox import Intake, Wanted, collect
from grader.intake.people import shown_names
from grader.intake.submission import find_assignment, make_submission, names_in, read_cells, read_notebook
from grader.intake.tree import MAX_NESTED, is_left_over
from grader.records import Assignment, Attempt, Question, Student, Submission, Unreadable
from grader.text import clean, identity, name_of, slug

SHAPES = Assignment("01_shapes", "Shapes", "", (Question("flat", "", "", 1), Question("wide", "", "", 1)))
LOOPS = Assignment("02_loops", "Loops", "", (Question("fit", "", "", 1, defines=("fit", "Model")),))
KNOWN = [SHAPES, LOOPS]


def code(*sources: str, assignment: str = "", **metadata: str) -> dict[str, Any]:
    cells = [{"cell_type": "code", "source": source, "metadata": {"grader": metadata}} for source in sources]
    return {"cells": cells, "metadata": {"grader": {"assignment": assignment}} if assignment else {}, "nbformat": 4}


def file(notebook: Any) -> bytes:
    return json.dumps(notebook).encode()


def made(notebook: Any, **options: Any) -> Submission:
    return make_submission(Student.named("s"), "p", file(notebook), KNOWN, **options)


# ---- notebooks


def test_the_assignment_is_in_the_notebook() -> None:
    """Metadata first, then tags and definitions; never the file's name."""
    assert made(code("x = 1", assignment="02_loops")).assignment == "02_loops"
    assert made(code("def wide(t): ...")).assignment == "01_shapes"
    assert made(code("class Model: ...", "%magic", "def fit(): ...")).assignment == "02_loops"
    assert made(code("pass", question="fit")).assignment == "02_loops"
    assert made(code("x = 1", assignment="77_unknown", question="flat")).assignment == "01_shapes"
    assert made(code("x = 1"), forced="01_shapes").assignment == "01_shapes"
    with pytest.raises(SubmissionError, match="answers no question"):
        made(code("x = 1"))


def test_numbers_are_those_of_restart_and_run_all() -> None:
    """Blank cells and markdown have no number."""
    notebook = code("a = 1", "  \n", "b = 2")
    notebook["cells"].insert(1, {"cell_type": "markdown", "source": "text"})
    cells, _ = read_cells(notebook)
    assert [(cell.number, cell.source) for cell in cells] == [(1, "a = 1"), (2, "b = 2")]


def test_the_hash_is_of_the_code() -> None:
    """Outputs, ids and the file's layout change nothing; the code does."""
    one, two = code("x = 1", question="flat"), code("x = 1", question="flat")
    two["cells"][0] |= {"outputs": [{"text": "5 of 5"}], "execution_count": 9, "id": "z"}
    assert made(one).sha == made(two).sha
    assert made(one).sha != made(code("x = 2", question="flat")).sha


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \n\0", "The file is empty."),
        (b"import torch\n", "starts like a Python file"),
        (b'{"cells": [', "not valid JSON"),
        (b"[1]", "it has no cells"),
        (b'{"cells": {}}', "it has no cells"),
        (b'{"cells": 5, "nbformat": 4}', "it has no cells"),
        (b"PK\x03\x04....", "an archive that was named like a notebook"),
        (b"[" * 3_000_000, "more parts than a notebook can have"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"cells": [], "x": ' + b"9" * 6000 + b"}", "not valid JSON"),
        (b"0" * (65 << 20), "larger than 64 MB"),
    ],
    ids=lambda value: str(value[:20])[:20],  # some are long
)
def test_what_is_no_notebook(data: bytes, said: str) -> None:
    """One sentence each, and no crash."""
    with pytest.raises(SubmissionError, match=said):
        read_notebook(data)


def test_hostile_cells() -> None:
    """Cells of wrong types, lone surrogates and NULs are read or left out; too many or too large are refused."""
    odd = {"cell_type": "code", "source": ["a = '\ud800'\0", 5, "\r\nb = 2"]}
    notebook = {"cells": [None, 3, odd], "nbformat": 4}
    cells, _ = read_cells(json.loads(json.dumps(notebook)))
    assert cells[0].source == "a = '?'\nb = 2"
    with pytest.raises(SubmissionError, match="more than 2000 cells"):
        read_cells(code(*["x"] * 2001))
    with pytest.raises(SubmissionError, match="characters"):
        read_cells(code("x" * (2 << 20)))
    with pytest.raises(SubmissionError, match="no code"):
        make_submission(Student.named("x"), "p", b'{"cells": []}', [])


KEYS = st.sampled_from(["cells", "source", "metadata", "grader", "cell_type", "worksheets", "input"])
LEAVES = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner), max_leaves=12)


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(value: Any) -> None:
    """Whatever JSON is handed in becomes a submission or a sentence."""
    try:
        made(value)
    except SubmissionError as error:
        assert str(error).endswith(".")


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_source_has_names_or_none(source: str) -> None:
    """Looking for definitions never fails."""
    assert isinstance(names_in(source), set)


def test_find_assignment_needs_no_metadata_types() -> None:
    """Metadata of any type is passed over."""
    cells, _ = read_cells(code("def flat(t): ..."))
    for metadata in (None, [], "x", {"grader": 5}, {"grader": {"assignment": ["01_shapes"]}}):
        assert find_assignment({"metadata": metadata}, cells, KNOWN) == "01_shapes"


# ---- folders


def write(path: Path, notebook: Any = None, time: float = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file(notebook or code("def flat(t): ...")))
    if time:
        os.utime(path, (time, time))
    return path


def handed(*paths: Path, **options: Any) -> Intake:
    return collect(paths, Wanted(KNOWN, **options))


def students(*paths: Path, **options: Any) -> dict[str, str]:
    """What was found: assignment, or the reason why not, by student's key."""
    found = handed(*paths, **options).handed
    return {e.student.key: e.assignment if isinstance(e, Submission) else e.reason for e in found}


def test_flat_folder(tmp_path: Path) -> None:
    """Notebooks side by side are a student each; data folders, checkpoints and hidden files are none."""
    for name in ("ada.ipynb", "bo (1).ipynb", "cy.ipynb.json", ".hidden.ipynb", ".ipynb_checkpoints/ada.ipynb"):
        write(tmp_path / name)
    (tmp_path / "data").mkdir()
    (tmp_path / "dee.py").write_text("x = 1")
    (tmp_path / "readme.md").write_text("x")
    found = students(tmp_path)
    assert {"ada", "bo (1)", "cy"} == {name for name, what in found.items() if what == "01_shapes"}
    assert "What was found: dee.py" in found["dee"]
    assert len(found) == 4


def test_folder_per_student(tmp_path: Path) -> None:
    """The folder is the student, however deep the notebook lies; two assignments are two submissions."""
    write(tmp_path / "ada" / "work" / "deep" / "p1.ipynb")
    write(tmp_path / "bo" / "one.ipynb")
    write(tmp_path / "bo" / "two.ipynb", code("class Model: ...", "def fit(): ..."))
    (tmp_path / "cy").mkdir()
    entries = handed(tmp_path).handed
    assert [(e.student.name, getattr(e, "assignment", "-")) for e in entries] == [
        ("ada", "01_shapes"),
        ("bo", "01_shapes"),
        ("bo", "02_loops"),
        ("cy", ""),
    ]


@pytest.mark.parametrize(
    ("paths", "keys"),
    [
        ("tue/ada/1.ipynb tue/bo/1.ipynb thu/cy/1.ipynb", "ada bo cy"),  # sections
        ("all/ada/1.ipynb all/bo/1.ipynb", "ada bo"),  # one folder around everything
        ("all/ada.ipynb all/bo.ipynb", "ada bo"),
        ("a/b/c/ada/x.ipynb a/b/c/bo/y.ipynb a/b/c/readme.txt", "ada bo"),
        ("s1/g1/ada/1.ipynb s1/g1/bo/1.ipynb s2/g1/cy/1.ipynb s2/g2/dee/1.ipynb", "ada bo cy dee"),
        ("ada/hw1/1.ipynb ada/hw2/2.ipynb bo/hw1/1.ipynb", "ada bo"),  # parts of the work
        ("ada/x/1.ipynb bo/y/1.ipynb", "ada bo"),  # what each unpacked
        ("tue/1001/x.ipynb tue/1002/x.ipynb thu/1003/x.ipynb", "1001 1002 1003"),  # numbers for names
        ("tue/ben/1.ipynb tue/ada/1.ipynb thu/ben/1.ipynb thu/cy/1.ipynb", "tue/ben ada thu/ben cy"),  # one name twice
        ("ada/1.ipynb tue/bo/1.ipynb tue/cy/1.ipynb", "ada bo cy"),  # some in a section
        ("tue/ada.ipynb tue/bo.ipynb thu/cy.ipynb thu/dee.ipynb", "ada bo cy dee"),
        ("ben/01.ipynb", "ben"),
        ("ben/work/01.ipynb ben/work/data.csv", "ben"),
        ("tue/ada/1.ipynb tue/eve/ thu/bo/1.ipynb", "ada eve bo"),  # an empty one
        ("tue/eve/ tue/dee/ thu/bo/1.ipynb", "eve dee bo"),  # an empty section
        ("tue/ada.ipynb tue/bo.ipynb thu/cy.ipynb", "ada bo cy"),  # a section with one file
        ("tue/ada.ipynb thu/bo.ipynb", "ada bo"),  # each with one
        ("Group_A/ada.ipynb Group_B/bo.ipynb Group_B/cy.ipynb", "ada bo cy"),
        ("Group_A/ada.ipynb Group_B/bo.ipynb", "Group_A Group_B"),  # or a group's one file
        ("Lee/ada.ipynb Lee/bo.ipynb Fox/cy.ipynb Fox/dee.ipynb Wu/eve.ipynb", "ada bo cy dee eve"),  # by tutor
        ("Lee/ada.ipynb Lee/bo.ipynb Fox/cy.ipynb", "ada bo cy"),
        ("tue/ada.ipynb tue/bo.ipynb thu/cy/1.ipynb thu/dee/1.ipynb", "ada bo cy dee"),  # files here, folders there
        ("Lee/ada.ipynb Lee/bo.ipynb Fox/cy/1.ipynb Fox/dee/1.ipynb", "ada bo cy dee"),
        ("A/ada/1.ipynb A/bo.ipynb B/cy/1.ipynb B/dee.ipynb", "ada bo cy dee"),
        ("Y1/A/ada.ipynb Y1/B/bo.ipynb Y2/A/cy.ipynb Y2/B/dee.ipynb", "ada bo cy dee"),
        ("tue/ada.ipynb tue/bo.ipynb thu/ada.ipynb", "tue/ada bo thu/ada"),  # one name twice
        ("tue/ada.pdf thu/bo.ipynb thu/cy.ipynb", "ada bo cy"),  # no notebook in a section
        ("tue/1001234.ipynb tue/1001235.ipynb thu/u1001236.ipynb", "1001234 1001235 u1001236"),
        ("ada/hw_20240901.ipynb ada/hw_20240902.ipynb bo/hw_20240901.ipynb", "ada bo"),  # dates
        ("ada/draft.ipynb ada/final.ipynb bo/work.ipynb", "ada bo"),
        ("ada/idea.ipynb ada/other.ipynb bo/01.ipynb", "ada bo"),
        ("Sun/my_idea.ipynb Wei/great.ipynb May/final.ipynb", "Sun Wei May"),  # days that are names
        ("hw1/ada/x.ipynb hw1/bo/x.ipynb hw2/ada/x.ipynb hw2/bo/x.ipynb", "ada bo"),  # by assignment
        ("hw1/ada.ipynb hw1/bo.ipynb hw2/ada.ipynb", "ada bo"),
        ("lab1/ada/x.ipynb lab1/bo/x.ipynb lab2/ada/x.ipynb", "lab1/ada bo lab2/ada"),  # a room, or a sheet
        ("01/ada.ipynb 01/bo.ipynb 02/ada.ipynb 02/bo.ipynb", "01/ada 01/bo 02/ada 02/bo"),
        ("1/ada.ipynb 1/bo.ipynb 2/cy.ipynb", "ada bo cy"),
        ("1/idea.ipynb 2/other.ipynb", "1 2"),
        ("ada/01.ipynb bo/01.ipynb 01_shapes.ipynb", "ada bo 01_shapes"),  # the course's own beside students
        ("tue/ada/1.ipynb tue/bo/1.ipynb thu.ipynb", "ada bo thu"),
    ],
)
def test_classes_are_nested_as_courses_like(paths: str, keys: str, tmp_path: Path) -> None:
    """The same students, in a folder, in a zip of it, and in a zip of a folder around it."""
    names = paths.split()
    for name in names:
        (tmp_path / "got" / name).mkdir(parents=True) if name.endswith("/") else write(tmp_path / "got" / name)
    assert set(students(tmp_path / "got")) == set(keys.split())
    for around in ("", "around/"):
        members = {around + name: b"" if name.endswith("/") else file(code("def flat(t): ...")) for name in names}
        assert set(students(put(tmp_path / "class.zip", zipped(members)))) == set(keys.split())


def test_a_notebook_alone_is_its_students(tmp_path: Path) -> None:
    """`grader run class/ben` and `grader run class/ben/01.ipynb` know that it is ben."""
    for name in ("ben/01.ipynb", "ada/homework of mine.ipynb", "cy/deep/01.ipynb"):
        write(tmp_path / "class" / name)
    for path in ("ben", "ben/01.ipynb"):
        assert list(students(tmp_path / "class" / path)) == ["ben"]
    for path in ("ada", "ada/homework of mine.ipynb"):
        assert list(students(tmp_path / "class" / path)) == ["ada"]
    assert list(students(tmp_path / "class" / "cy")) == ["cy"]
    write(tmp_path / "flat" / "dee.ipynb")
    assert list(students(tmp_path / "flat" / "dee.ipynb")) == ["dee"]
    for number, name in enumerate(("eve/a.ipynb", "eve/b.ipynb", "fay/idea.ipynb", "fay/other.ipynb"), 1):
        write(tmp_path / "class" / name, code(f"def flat(t): return {number}"), number)
    assert list(students(tmp_path / "class" / "eve")) == ["eve"]  # several attempts
    assert list(students(tmp_path / "class" / "fay", known={"fay", "ben"})) == ["fay"]
    for name in ("ps9/ada.ipynb", "ps9/bo.ipynb", "lectures/1.ipynb", "demos/2.ipynb"):
        write(tmp_path / "desk" / name)
    assert list(students(tmp_path / "desk" / "ps9", known={"ada"})) == ["ada", "bo"]  # a class of files
    for name in ("tue/gil.ipynb", "tue/hal.ipynb", "thu/ida.ipynb"):
        write(tmp_path / "sections" / name)
    for path, who in (("tue", ["gil", "hal"]), ("thu", ["ida"]), ("thu/ida.ipynb", ["ida"])):
        assert list(students(tmp_path / "sections" / path)) == who


def test_a_gradebook_keeps_who_was_told_apart(tmp_path: Path) -> None:
    """ben of the one section stays who he was when he is graded alone."""
    for name in ("tue/ben", "tue/ada", "thu/ben", "thu/cy"):
        write(tmp_path / name / "01.ipynb")
    known = set(students(tmp_path))
    assert list(students(tmp_path / "tue" / "ben", known=known)) == ["tue/ben"]
    assert list(students(tmp_path / "thu", known=known)) == ["cy", "thu/ben"]


def test_folders_of_students_as_paths(tmp_path: Path) -> None:
    """`grader run class/*`: what has one name in two places is of two students, named for their folders."""
    for student in ("class/ada", "class/bo", "late/bo", "class/eve"):
        write(tmp_path / student / "p1.ipynb")
    ada, bo, eve = (tmp_path / "class" / name for name in ("ada", "bo", "eve"))
    assert list(students(ada)) == ["ada"]
    assert list(students(ada, bo, eve)) == ["ada", "bo", "eve"]
    assert list(students(ada / "p1.ipynb", bo / "p1.ipynb")) == ["ada", "bo"]
    assert list(students(bo, tmp_path / "late" / "bo")) == ["class/bo", "late/bo"]
    whole = handed(tmp_path / "class", bo, bo / "p1.ipynb")
    assert len(whole.handed) == len(whole.accounts) == 3  # a path within another is not handed in twice


def test_names_are_never_cut_or_cleaned_before_they_are_compared(tmp_path: Path) -> None:
    """Different raw names are different people, told apart where they look alike; two forms of one name are one."""
    long = "x" * 99
    names = ["Ada", "Ada ", "Ada\x01", "Ada\x02", f"{long}1", f"{long}2", "ada", os.fsdecode(b"Ad\xff"), "Ad\\udcff"]
    for number, name in enumerate(names):
        write(tmp_path / "class" / name / "01.ipynb", code(f"def flat(t): return {number}"))
    intake = handed(tmp_path / "class")
    entries = intake.handed
    work = {e.student.key: intake.load(e).cells[0].source for e in entries if isinstance(e, Submission)}
    assert work == {identity(name): f"def flat(t): return {number}" for number, name in enumerate(names)}
    assert len({entry.student.key for entry in entries}) == len(entries) == len(names)
    shown = shown_names(entry.student for entry in entries)
    assert len(set(shown.values())) == len(names)
    write(tmp_path / "forms" / unicodedata.normalize("NFC", "José") / "01.ipynb")
    write(
        tmp_path / "forms" / unicodedata.normalize("NFD", "José") / "02.ipynb",
        code("class Model: ...", "def fit(): ..."),
    )
    assert [e.student.key for e in handed(tmp_path / "forms").handed] == [unicodedata.normalize("NFC", "José")] * 2


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    """A link to another student's work, and a pipe that nobody writes to."""
    target = write(tmp_path / "elsewhere" / "p.ipynb")
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "p.ipynb").symlink_to(target)
    (tmp_path / "class" / "bo").mkdir()
    os.mkfifo(tmp_path / "class" / "bo" / "p.ipynb")
    (tmp_path / "class" / "cy").symlink_to(target.parent)
    found = students(tmp_path / "class")
    assert "not an ordinary file" in found["ada"] and "not an ordinary file" in found["bo"]
    assert "01_shapes" not in found.values()


def test_nothing_handed_in(tmp_path: Path) -> None:
    """An empty folder and a missing path are wrong usage."""
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageError):
            handed(path)


# ---- attempts


@pytest.mark.parametrize(
    ("files", "last", "first"),
    [
        ({"b.ipynb": 1, "a.ipynb": 2}, "a.ipynb", "b.ipynb"),  # the files' times
        ({"x.ipynb": 5, "x (1).ipynb": 5}, "x (1).ipynb", "x.ipynb"),  # a browser's number
        ({"x.ipynb": 5, "x (2).ipynb": 1, "x (10).ipynb": 1}, "x (10).ipynb", "x.ipynb"),  # goes before the time
        ({"x.ipynb": 5, "x-1.ipynb": 5, "x-2.ipynb": 5}, "x-2.ipynb", "x.ipynb"),
        ({"x_v1.ipynb": 5, "x_v2.ipynb": 5}, "x_v2.ipynb", "x_v1.ipynb"),
        ({"a.ipynb": 5, "b.ipynb": 5}, "", ""),  # nothing tells
        ({"a.ipynb": 5, "b.ipynb": 5, "c.ipynb": 9}, "c.ipynb", ""),
    ],
)
def test_which_attempt_counts(files: dict[str, int], last: str, first: str, tmp_path: Path) -> None:
    """By the best evidence there is; where there is none, a person must look."""
    for name, time in files.items():
        write(tmp_path / "class" / "ada" / name, code(f"def flat(t): return {name!r}"), time)
    write(tmp_path / "class" / "bo" / "01.ipynb")
    for attempt, due in ((Attempt.LAST, last), (Attempt.FIRST, first)):
        (ada, _) = handed(tmp_path / "class", attempt=attempt).handed
        if due:
            assert isinstance(ada, Submission) and Path(ada.path).name == due
            assert all("counts, not" in note for note in ada.notes) and len(ada.notes) == len(files) - 1
        else:
            assert isinstance(ada, Unreadable) and "nothing tells" in ada.reason
            assert all(str(tmp_path / "class" / "ada" / name) in ada.reason for name in files)
    best = handed(tmp_path / "class", attempt=Attempt.BEST).handed
    assert len(best) == len(files) + 1


def test_copies_are_one_attempt(tmp_path: Path) -> None:
    """Two files with the same code are no question."""
    for name in ("a.ipynb", "b.ipynb"):
        write(tmp_path / "class" / "ada" / name, time=5)
    (ada,) = handed(tmp_path / "class", layout="folders").handed
    assert isinstance(ada, Submission) and ada.notes == ()


def test_what_cannot_be_read_and_is_newer_is_told(tmp_path: Path) -> None:
    """The platform says that the torn file came last: the older one is graded, and a person must look."""
    for number, data in (
        (50_001, file(code("def flat(t): ..."))),
        (50_002, b"{"),
        (50_003, file(code("def wide(t): ..."))),
    ):
        (tmp_path / f"adang_1001_{number}_x.ipynb").write_bytes(data)
    (tmp_path / "bo_1002_50009_x.ipynb").write_bytes(b"{")
    assert [type(e) for e in handed(tmp_path).handed] == [Submission, Unreadable]
    (tmp_path / "adang_1001_50003_x.ipynb").unlink()
    found = [(type(e), e.student.name) for e in handed(tmp_path).handed]
    assert sorted(found, key=str) == [(Submission, "adang"), (Unreadable, "adang"), (Unreadable, "bo")]


def test_what_lies_beside_a_notebook(tmp_path: Path) -> None:
    """Files in its folder and below, under names that it knows; other attempts and what is too much are left out."""
    home = tmp_path / "class" / "ada" / "work"
    write(home / "01.ipynb", time=9)
    write(home / "old.ipynb", code("def wide(t): ..."), time=1)
    for name in ("helper.py", "data/rows.csv", "../notes.txt", ".DS_Store"):
        put(home / name, b"x")
    write(tmp_path / "class" / "bo" / "01.ipynb")
    intake = handed(tmp_path / "class")
    ada, bo = (intake.load(entry) for entry in intake.handed if isinstance(entry, Submission))
    assert [file.name for file in ada.files] == ["data/rows.csv", "helper.py"] and bo.files == ()
    put(home / "helper.py", b"y")
    assert intake.load(intake.handed[0]).sha != ada.sha  # type: ignore[arg-type]
    put(home / "large.bin", bytes(5 << 20))
    large = next(e for e in handed(tmp_path / "class").handed if e.student.key == "ada")
    assert isinstance(large, Submission) and "`large.bin` beside the notebook is not used" in large.notes[0]


# ---- which assignment


def test_the_notebook_says_whose_it_is(tmp_path: Path) -> None:
    """What it says goes before --assignment, and a contradiction is told, not graded as 0."""
    says = code("x = 1", assignment="02_loops")
    assert made(says).assignment == "02_loops"
    with pytest.raises(SubmissionError, match="belongs to 02_loops, not to 01_shapes"):
        made(says, forced="01_shapes")
    assert made(code("x = 1"), forced="01_shapes").assignment == "01_shapes"


def test_a_lone_name_is_no_assignment() -> None:
    """A foreign notebook that happens to define one of many names needs a person."""
    many = Assignment("03_many", "Many", "", tuple(Question(f"q{n}", "", "", 1) for n in range(20)))
    with pytest.raises(SubmissionError, match="answers 5% of 03_many's questions"):
        make_submission(Student.named("s"), "p", file(code("def q1(): ...")), [many])
    cells = [f"def q{n}(): ..." for n in range(5)]
    assert make_submission(Student.named("s"), "p", file(code(*cells)), [many]).assignment == "03_many"


def test_another_language_is_said_to_be_one() -> None:
    """A notebook of R."""
    notebook = code("x <- 1")
    notebook["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    with pytest.raises(SubmissionError, match="written in R, not in Python"):
        made(notebook)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> theirs\n]}', "Git's conflict marks"),
        ("# %% [markdown]\n# Hello\n\n# %%\nimport torch\n", "a script with cells"),
        ("import torch\n\n# %%\nx = 1\n", "a script with cells"),
        ("#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\nx = 1\n", "a script with cells"),
        ("# a comment\n\nimport torch\n", "like a Python file"),
        ("# Databricks notebook source\nx = 1\n", "exported from Databricks"),
        ("\ufeff<!DOCTYPE html>\n<html>", "a web page"),
        ("%PDF-1.7", "a PDF"),
        ("---\ntitle: x\noutput: html_document\n---\n", "R Markdown or Quarto"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        ('{"paragraphs": []}', "Zeppelin"),
        ("hello", "not valid JSON"),
    ],
)
def test_what_else_is_called_a_notebook(text: str, said: str) -> None:
    """Each in its own sentence."""
    with pytest.raises(SubmissionError, match=re.escape(said)):
        read_notebook(text.encode())


# ---- archives


def zipped(members: dict[str, bytes], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", options.get("method", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    """Folders in an archive are students; names of paths are made harmless."""
    good = file(code("def flat(t): ..."))
    data = zipped({
        "ada/p.ipynb": good,
        "../../bo/p.ipynb": good,
        "C:\\cy\\p.ipynb": good,
        "/dee/p.ipynb": good,
        "__MACOSX/ada/._p.ipynb": b"noise",
        "eve/essay.pdf": b"%PDF",
    })  # fmt: skip
    found = students(put(tmp_path / "class.zip", data))
    assert {"ada", "bo", "cy", "dee"} == {name for name, what in found.items() if what == "01_shapes"}
    assert "What was found: essay.pdf" in found["eve"]
    assert len(found) == 5


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Jürgen Groß", "utf-8"),
        ("Jürgen Groß", "cp437"),
        ("Åse Øye", "cp850"),
        ("José Núñez", "cp1252"),
        ("王小明", "gbk"),
        ("山田たろう", "cp932"),
        ("김철수", "euc_kr"),
        ("Анна Иванова", "cp866"),
    ],
)
def test_names_in_archives(name: str, encoding: str, tmp_path: Path) -> None:
    """UTF-8 without its flag, or a system's code page, as systems write them."""
    raw = name.encode(encoding)
    mark = "x" * len(raw)
    members = {f"{mark}/01.ipynb": file(code("def flat(t): ...")), "bo/01.ipynb": file(code("def flat(t): ..."))}
    path = put(tmp_path / "class.zip", zipped(members).replace(mark.encode(), raw))
    assert set(students(path)) == {name, "bo"}


def test_bombs_and_tricks(tmp_path: Path) -> None:
    """What inflates beyond reason, lies about its size, is a link or is broken: one sentence each."""
    bomb = zipped({"ada/p.ipynb": b"\0" * (70 << 20)})
    assert "larger than a notebook can be" in students(put(tmp_path / "bomb.zip", bomb))["ada"]
    link = zipfile.ZipInfo("bo/p.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "a link instead of a file" in students(put(tmp_path / "link.zip", buffer.getvalue()))["bo"]
    broken = bytearray(zipped({"cy/p.ipynb": file(code("def flat(t): ...")) * 50}))
    broken[60:90] = b"\xff" * 30
    assert "damaged" in students(put(tmp_path / "broken.zip", bytes(broken)))["cy"]


def test_an_archive_that_is_none(tmp_path: Path) -> None:
    """Given on the command line, it is wrong usage; in a student's folder, it is the student's reason."""
    with pytest.raises(UsageError, match="damaged"):
        handed(put(tmp_path / "x.zip", b"nonsense"))
    put(tmp_path / "class" / "ada" / "work.zip", b"nonsense")
    write(tmp_path / "class" / "bo" / "01.ipynb")
    assert "damaged" in students(tmp_path / "class")["ada"]


def test_two_members_of_one_name(tmp_path: Path) -> None:
    """An archive may hold them: both are read, each as what it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for hour in (2, 1):
            member = zipfile.ZipInfo("ada/01.ipynb", (2024, 9, 1, hour, 0, 0))
            archive.writestr(member, file(code(f"def flat(t): return {hour}")))
    path = put(tmp_path / "class.zip", buffer.getvalue())
    (newest,) = (intake := handed(path)).handed
    assert isinstance(newest, Submission) and intake.load(newest).cells[0].source == "def flat(t): return 2"
    both = (intake := handed(path, attempt=Attempt.BEST)).loaded()
    assert len({entry.path for entry in both}) == len({e.sha for e in both if isinstance(e, Submission)}) == 2
    assert len(intake.accounts) == 2


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of members is bounded."""
    monkeypatch.setattr("grader.intake.archive.MAX_MEMBERS", 2)
    data = zipped({f"{i}.txt": b"" for i in range(3)})
    with pytest.raises(SubmissionError, match="more than 2 files"):
        Archive(lambda: io.BytesIO(data)).members()


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_an_archive_or_not(data: bytes) -> None:
    """Random bytes are refused with a sentence."""
    archive = Archive(lambda: io.BytesIO(b"PK\x03\x04" + data))
    try:
        for member in archive.members():
            archive.read(member.index, 1000)
    except SubmissionError:
        pass


def test_little_is_in_memory(tmp_path: Path) -> None:
    """A class of large notebooks, and an archive that inflates to much, are read one file at a time."""
    large = code("def flat(t): ...")
    large["cells"][0]["outputs"] = [{"text": "x" * (12 << 20)}]
    data = file(large)
    for number in range(8):
        put(tmp_path / "class" / f"s{number}" / "01.ipynb", data)
    put(tmp_path / "class.zip", zipped({f"s{number}/01.ipynb": data for number in range(8)}))
    for path in (tmp_path / "class", tmp_path / "class.zip"):
        tracemalloc.start()
        assert len(handed(path).handed) == 8
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 80 << 20


# ---- nothing disappears


PEOPLE = st.lists(
    st.text(
        st.characters(blacklist_categories=("Cs",), blacklist_characters="/\\\0\n\r"), min_size=1, max_size=12
    ).filter(
        lambda name: (
            len(name.encode()) < 200 and not is_left_over(name, folder=True) and not is_left_over(name) and name.strip()
        )
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda name: unicodedata.normalize("NFC", name),
)
SHAPES_OF_CLASSES = st.sampled_from(["folders", "sections", "zip", "around", "zip around", "flat", "zips", "deep zip"])


@given(PEOPLE, SHAPES_OF_CLASSES, st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_disappears_and_no_two_become_one(people: list[str], shape: str, data: st.DataObject) -> None:
    """Every student of a class of any shape has one submission, their own; every file is accounted for once."""
    files: dict[str, bytes] = {}
    for number, name in enumerate(people):
        section = f"section {number % 2}/" if shape == "sections" and len(people) > 3 else ""
        inside = data.draw(st.sampled_from(["01_shapes.ipynb", "work.ipynb", "x y.ipynb"]))
        body = file(code(f"def flat(t): return {number}"))
        if shape == "flat":
            files[f"{name}.ipynb"] = body
        elif shape == "zips":
            files[f"{name}.zip"] = zipped({inside: body})
        elif shape == "deep zip":
            files[f"{name}/work.zip"] = zipped({f"in/{inside}": body, "in/readme.md": b"x"})
        else:
            files[f"{section}{name}/{inside}"] = body
            if data.draw(st.booleans()):
                files[f"{section}{name}/helper.py"] = b"x = 1"
    if shape in ("around", "zip around"):
        files = {f"Class of 2024/{name}": body for name, body in files.items()}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "some", "where", "got")
        if shape.startswith("zip") and shape != "zips":
            root = put(root.with_suffix(".zip"), zipped(files))
        else:
            for name, body in files.items():
                put(root / name, body)
        intake = handed(root)
        found = {intake.load(e).cells[0].source: e.student.key for e in intake.handed if isinstance(e, Submission)}
    assert found == {f"def flat(t): return {n}": identity(name) for n, name in enumerate(people)}
    inner = 2 if shape == "deep zip" else 1
    assert len(intake.accounts) == len(files) * inner == len({account.where for account in intake.accounts})


@pytest.mark.parametrize("shape", ["folder", "zip", "one by one"])
def test_names_that_look_the_same_when_shown(shape: str, tmp_path: Path) -> None:
    """Every file has a path of its own in what is shown and stored, whatever its name consists of."""
    names = ["\x1a", "\x1b", "\x7f", "\ufffd"]
    last = "/a.ipynb" if shape == "one by one" else ".ipynb"
    files = {f"{name}{last}": file(code(f"def flat(t): return {number}")) for number, name in enumerate(names)}
    if shape == "zip":
        roots = [put(tmp_path / "in.zip", zipped(files))]
    else:
        made = [put(tmp_path / "in" / name, body) for name, body in files.items()]
        roots = made if shape == "one by one" else [tmp_path / "in"]
    intake = handed(*roots)
    assert len({account.where for account in intake.accounts}) == len({e.path for e in intake.handed}) == len(names)
    assert {intake.load(entry).cells[0].source for entry in intake.handed} == {
        f"def flat(t): return {n}" for n in range(len(names))
    }


NAMES = st.sampled_from(
    ["ada", "bo", "a", "01", "old", "work", "x.ipynb", "y.ipynb", "01.ipynb", "h.py", "z.zip", ".DS_Store", "__MACOSX"]
)
TREES = st.recursive(
    st.sampled_from(
        [b"", b"{", b"PK\x03\x04", file(code("def flat(t): ...")), file(code("class Model: ...", "def fit(): ..."))]
    ),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, TREES, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_file_of_any_tree_is_accounted_for(tree: dict[str, Any]) -> None:
    """Files in folders, in archives, in archives in archives: each ends in exactly one place."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "some", "where", "got")
        expected = plant(root, tree)
        try:
            intake = handed(root)
        except UsageError as error:
            assert "nothing to grade" in str(error)
            return
    assert sorted(account.where for account in intake.accounts) == sorted(expected)
    for account in intake.accounts:
        assert account.reason or account.place is not Place.UNUSABLE
        assert account.students or account.place in (Place.PLATFORM, Place.UNUSABLE)


def plant(path: Path, tree: dict[str, Any], left: bool = False) -> list[str]:
    """Write a tree, folders that are named like archives as archives; returns the paths of its files.

    What a system left there is not opened.
    """
    found: list[str] = []
    path.mkdir(parents=True)
    for name, what in tree.items():
        if isinstance(what, bytes):
            put(path / name, what)
            found.append(str(path / name))
        elif name.endswith(".zip"):
            members = flattened(what)
            put(path / name, zipped(members))
            found += (
                [f"{path / name}/{member}" for member in listed(what)] if members and not left else [str(path / name)]
            )
        else:
            found += plant(path / name, what, left or name == "__MACOSX")
    return found


def flattened(tree: dict[str, Any], before: str = "") -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    for name, what in tree.items():
        if isinstance(what, bytes):
            members[before + name] = what
        elif name.endswith(".zip"):
            members[before + name] = zipped(flattened(what))
        else:
            members |= flattened(what, f"{before}{name}/")
    return members


def listed(tree: dict[str, Any], depth: int = 0, left: bool = False) -> list[str]:
    """The files of an archive; what is nested too deep is one file."""
    found: list[str] = []
    for name, what in tree.items():
        if isinstance(what, bytes):
            found.append(name)
        elif name.endswith(".zip"):
            one = depth >= MAX_NESTED or left or not flattened(what)
            found += [name] if one else [f"{name}/{inner}" for inner in listed(what, depth + 1)]
        else:
            found += [f"{name}/{inner}" for inner in listed(what, depth, left or name == "__MACOSX")]
    return found


# ---- text


def test_clean_text() -> None:
    """Escape sequences, controls, reordering marks and surrogates are gone; the text is not longer than asked."""
    dirty = "\x1b]0;title\x07\x1b[31mred\x1b[0m \u202eevil\u202c \ud800\x00 tab\tline\n"
    assert clean(dirty) == "red \ufffdevil\ufffd \ufffd\ufffd tab\tline\n"
    assert len(clean("x" * 1000, 10)) == 10


@given(st.text())
def test_names_and_slugs(text: str) -> None:
    """Any text gives a name of one line and the name of a file."""
    assert name_of(text) and "\n" not in name_of(text) and len(name_of(text)) <= 100
    assert not set(slug(text, "x")) & set(" /\\.\0\n") and len(slug(text, "x").encode()) <= 150


def test_slugs_do_not_meet() -> None:
    """Two students never share a page."""
    names = ["Ada", "ada", "ada ", "Áda", "../ada", "太郎", "花子"]
    assert len({slug("ada", name).lower() for name in names}) == len(names)
    assert slug("王小明 01", "x").startswith("王小明-01-") and slug("Jürgen Groß", "x").startswith("jürgen-groß-")


@given(st.text(), st.text())
def test_two_names_are_two_keys(one: str, two: str) -> None:
    """Only the form of accents makes no difference; every key can be stored."""
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", two)
    assert (identity(one) == identity(two)) == same
    identity(one).encode()


def test_unreadable_is_a_record() -> None:
    """Who cannot be read is still somebody."""
    assert Unreadable(Student.named("s"), "p", "why").reason == "why"
