"""Files of strangers: read within limits, sorted out by student, refused in one sentence."""

from __future__ import annotations

import io
import json
import os
import stat
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError, UsageError
from grader.intake.archive import archive_entries
from grader.intake.inbox import collect
from grader.intake.submission import find_assignment, make_submission, names_in, read_cells, read_notebook
from grader.records import Assignment, Question, Student, Submission, Unreadable
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
    ids=lambda value: str(value)[:20],
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
        read_cells({"cells": []})


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


def write(path: Path, notebook: Any = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file(notebook or code("def flat(t): ...")))
    return path


def students(*paths: Path) -> dict[str, str]:
    """What was found: assignment, or the reason why not, by student."""
    found = collect(paths, KNOWN)
    return {e.student.name: e.assignment if isinstance(e, Submission) else e.reason for e in found}


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
    write(tmp_path / "bo" / "two.ipynb", code("class Model: ..."))
    (tmp_path / "cy").mkdir()
    entries = collect([tmp_path], KNOWN)
    assert [(e.student.name, getattr(e, "assignment", "-")) for e in entries] == [
        ("ada", "01_shapes"),
        ("bo", "01_shapes"),
        ("bo", "02_loops"),
        ("cy", "-"),
    ]


def test_the_newest_counts(tmp_path: Path) -> None:
    """Of two notebooks for one assignment the newer one is graded, and the student is told."""
    old, new = write(tmp_path / "ada" / "b.ipynb"), write(tmp_path / "ada" / "a.ipynb", code("def wide(t): ..."))
    os.utime(old, (1, 1))
    (entry,) = collect([tmp_path], KNOWN)
    assert isinstance(entry, Submission) and entry.path == str(new)
    assert "the newest, a.ipynb, counts, not b.ipynb" in entry.notes[0]


def test_folders_of_students_as_paths(tmp_path: Path) -> None:
    """`grader run class/*`: what has one name in two places is of two students, named for their folders."""
    for student in ("class/ada", "class/bo", "late/bo", "class/eve"):
        write(tmp_path / student / "p1.ipynb")
    write(tmp_path / "class" / "eve" / "more.ipynb")
    ada, bo, eve = (tmp_path / "class" / name for name in ("ada", "bo", "eve"))
    assert [entry.student.name for entry in collect([ada], KNOWN)] == ["p1"]
    assert [entry.student.name for entry in collect([ada, bo, eve], KNOWN)] == ["ada", "bo", "eve/p1", "more"]
    assert [entry.student.name for entry in collect([ada / "p1.ipynb", bo / "p1.ipynb"], KNOWN)] == ["ada", "bo"]
    twice = [entry.student.name for entry in collect([bo, tmp_path / "late" / "bo"], KNOWN)]
    assert twice == [str(bo), str(tmp_path / "late" / "bo")]


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    """A link to another student's work, and a pipe that nobody writes to."""
    target = write(tmp_path / "elsewhere" / "p.ipynb")
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "p.ipynb").symlink_to(target)
    (tmp_path / "class" / "bo").mkdir()
    os.mkfifo(tmp_path / "class" / "bo" / "p.ipynb")
    (tmp_path / "class" / "cy").symlink_to(target.parent)
    found = students(tmp_path / "class")
    assert "no ordinary file" in found["ada"] and "no ordinary file" in found["bo"]
    assert "01_shapes" not in found.values()


def test_nothing_handed_in(tmp_path: Path) -> None:
    """An empty folder and a missing path are wrong usage."""
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageError):
            collect([path], KNOWN)


# ---- archives


def zipped(members: dict[str, bytes], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", options.get("method", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def put(path: Path, data: bytes) -> Path:
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
    assert {"ada", "bo", "dee"} <= {name for name, what in found.items() if what == "01_shapes"}
    assert "What was found: essay.pdf" in found["eve"]
    assert len(found) == 5


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
        collect([put(tmp_path / "x.zip", b"nonsense")], KNOWN)
    (tmp_path / "class" / "ada").mkdir(parents=True)
    put(tmp_path / "class" / "ada" / "work.zip", b"nonsense")
    assert "damaged" in students(tmp_path / "class")["ada"]


def test_too_many_files() -> None:
    """The number of members is bounded."""
    with pytest.raises(SubmissionError, match=r"more than 20,000"):
        archive_entries(zipped({f"{i}.txt": b"" for i in range(20_001)}, method=zipfile.ZIP_STORED), lambda name: False)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_an_archive_or_not(data: bytes) -> None:
    """Random bytes are refused with a sentence."""
    try:
        for entry in archive_entries(b"PK\x03\x04" + data, lambda name: False):
            entry.read(1000)
    except SubmissionError:
        pass


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
