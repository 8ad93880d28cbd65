"""A handout: all that a student gets of an assignment, and `grader.pyz`, the student's side of this package.

The file is an archive that Python imports from and runs: nothing has to be installed, and no place that unpacks
archives by their names takes it apart. What is in it is what `check` and its command import, and nothing else.
"""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import grader
from grader.authoring.fewer import fewer, table_with, without_rubrics
from grader.course.catalog import Course
from grader.course.notebooks import as_text, student_notebook
from grader.course.settings import settings_of
from grader.errors import SubmissionError, UsageError
from grader.intake.submission import read_notebook
from grader.notebook.handout import STUDENTS_SIDE, TABLE

PACKAGE = Path(grader.__file__).parent
ENTRIES = (
    *("notebook.check", "notebook.beside", "notebook.showing", "notebook.tell", "simcuda", "asking.probes"),
    *("rehearsal.program", "rehearsal.run"),
)
MAIN = b'"""Runs the command."""\n\nfrom grader.rehearsal.program import main\n\nmain()\n'
TIME = (1980, 1, 1, 0, 0, 0)  # of every file in an archive: the same files make the same archive
JUNK = ("__pycache__", ".ipynb_checkpoints")

Files = dict[str, bytes]  # by their names in an archive


def handout(course: Course, id: str) -> Files:
    """The files of an assignment's handout, by name. Raises CourseError, UsageError for no such assignment.

    The notebook is what its solution makes now, whatever lies in the assignment's folder, with the questions that
    `course.toml` says are asked. The table is without rubrics, which say what is a good answer.
    """
    home, notebook, assignment = course.handout(id), course.notebook(id), course.assignment(id)
    asked = {question.id for question in settings_of(course).asked(assignment).questions}
    left_out = {f"public/test_{question.id}.py" for question in assignment.questions if question.id not in asked}
    text = as_text(fewer(student_notebook(course, id), asked) if left_out else student_notebook(course, id))
    found = {path.relative_to(home).as_posix(): path for path in sorted(home.rglob("*")) if path.is_file()}
    kept = {name: path for name, path in found.items() if not _is_junk(name) and path != notebook}
    files = {name: path.read_bytes() for name, path in kept.items() if name not in left_out}
    if left_out:
        files[TABLE] = table_with(files[TABLE].decode(), [q.id for q in assignment.questions], asked).encode()
    files[TABLE] = without_rubrics(files[TABLE].decode(), course.table(id)).encode()
    return {**files, notebook.name: text.encode(), STUDENTS_SIDE: students_side()}


def _is_junk(name: str) -> bool:
    """Whether a file is an editor's or Python's own, or an older copy of what is packed anew."""
    return any(part in JUNK or part.startswith(".") for part in name.split("/")) or name == STUDENTS_SIDE


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a handout's files as a folder, over an older one. Raises UsageError where something else would be lost."""
    if folder.exists() and not (folder / TABLE).is_file():
        raise UsageError(f"{folder}: there is something already, and it is no handout; name another folder with --out")
    for name in files:
        if name.endswith(".ipynb") and _has_run(folder / name):
            raise UsageError(f"{folder / name}: somebody has worked in it; name another folder with --out")
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _has_run(notebook: Path) -> bool:
    """Whether any cell of a notebook was saved with what it had done; False when there is no such file."""
    try:
        cells = read_notebook(notebook.read_bytes())["cells"]
    except FileNotFoundError:
        return False
    except (SubmissionError, LookupError):
        return True
    return any(isinstance(cell, dict) and (cell.get("execution_count") or cell.get("outputs")) for cell in cells)


def archive(files: Mapping[str, bytes], folder: str = "", runs: Collection[str] = ()) -> bytes:
    """A zip of some files, in a folder if one is named; the same files make the same bytes.

    Args:
        runs: those that can be run.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = (0o100755 if name in runs else 0o100644) << 16
            packed.writestr(entry, files[name])
    return made.getvalue()


@cache
def students_side() -> bytes:
    """The content of `grader.pyz`."""
    modules = {f"grader/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes() for path in sorted(needed())}
    return archive({**modules, "grader/__main__.py": MAIN, "__main__.py": MAIN})


def needed() -> set[Path]:
    """The package's files that a student's side imports, wherever in a module that stands."""
    found: set[Path] = set()
    waiting = [path for name in ("", *ENTRIES) for path in _files(name)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [file for name in _imports(path) for file in _files(name)]
    return found


def _files(name: str) -> Iterator[Path]:
    """The files that importing `grader.NAME` runs; none for what is no module."""
    parts = name.split(".") if name else []
    path = PACKAGE.joinpath(*parts)
    homes = [PACKAGE.joinpath(*parts[:length], "__init__.py") for length in range(len(parts) + 1)]
    if path.is_dir() or path.with_suffix(".py").is_file():
        yield from (file for file in (*homes, path.with_suffix(".py")) if file.is_file())


def _imports(path: Path) -> Iterator[str]:
    """What a file imports of the package, but for types only."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("grader.") for name in names if name.startswith("grader."))
