"""The house stays as it is drawn: who may import whom, and one home for each third party."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.authoring import handouts

PACKAGE = Path(__file__).parents[2] / "grader"

# Each rung imports lower rungs only; places on one rung do not import each other.
LADDER: tuple[tuple[str, ...], ...] = (
    ("errors", "text", "simcuda"),
    ("records",),
    ("asking",),
    ("notebook",),
    ("locks", "storage", "folders"),
    ("sandbox", "devices"),
    ("course", "rules", "roster"),
    ("intake", "kernel", "gradebook", "exports", "desk"),
    ("judge",),
    ("grading",),
    ("rehearsal", "report"),
    ("running",),
    ("classroom",),
    ("authoring", "marking"),
    ("cli",),
)

# What `check` needs: these import Python's own modules, but for those that one kind of system has, and these libraries.
BASE = ("errors", "text", "records", "simcuda", "asking", "notebook")
LIBRARIES = {"grader", "torch", "numpy", "IPython"}
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}

# A third party may be imported by these places only.
HOMES = {
    "jinja2": {"report"},
    "markupsafe": {"report"},
    "markdown_it": {"report.markdown"},
    "mdit_py_plugins": {"report.markdown"},
    "latex2mathml": {"report.markdown"},
    "pygments": {"report.code"},
    "leather": {"report.charts"},
    "datasketch": {"classroom.likeness"},
    "PIL": {"judge.drawing"},
    "sqlite3": {"gradebook"},
    "starlette": {"marking.app"},
    "uvicorn": {"marking.serve"},
    "nbclient": {"kernel", "rehearsal"},
    "nbformat": {"kernel", "rehearsal"},
    "jupyter_client": {"kernel"},
    "ipykernel": {"kernel"},
    "zmq": {"kernel"},
    "packaging": {"course.requirements"},
    "pydantic": {"storage"},
    "safetensors": {"kernel.questions"},
    "pytest": {"judge.plugin", "judge.collection", "authoring.pytest_plugin"},
    "pytest_timeout": {"judge.collection"},
    "jupytext": {"course.notebooks"},
    "tomlkit": {"desk.blocks"},
    "typer": {"cli"},
    "rich": {"cli"},
    "platformdirs": {"folders"},
    "yaml": {"intake.layouts.beside"},  # with a loader that makes texts, lists and tables only
    "dulwich": {"intake.layouts.git"},
    "dask": {"running.cluster"},
    "distributed": {"running.cluster"},
    "ctypes": {"sandbox", "running.worker"},
}

# What could run or unpickle a student's data has no place on the trusted side.
BANNED = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}


ALL = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(ALL[name].read_text(encoding="utf-8"))


@cache
def imports(name: str) -> list[str]:
    """Every module that is imported, at the top or inside a function, but not for types only."""
    return list(_imports(tree_of(name)))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            inner = {name for name in members if is_module(name)}
            yield from inner or {node.module}


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or folder of the package."""
    path = PACKAGE.parent / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def rung(place: str) -> int:
    return next(i for i, places in enumerate(LADDER) if place in places)


@pytest.mark.parametrize("name", [n for n in ALL if n not in ("__init__", "__main__")])
def test_imports_go_down_the_ladder(name: str) -> None:
    """A module imports its own folder and lower rungs."""
    place = name.split(".")[0]
    for imported in imports(name):
        parts = imported.split(".")
        if parts[0] == "grader" and len(parts) > 1 and parts[1] != place:
            assert rung(parts[1]) < rung(place), f"{name} imports {imported}"


@pytest.mark.parametrize("name", ALL)
def test_each_third_party_has_one_home(name: str) -> None:
    """A library is used in one place, and what can run a student's data nowhere."""
    for imported in imports(name):
        top = imported.split(".")[0]
        assert top not in BANNED, f"{name} imports {imported}"
        homes = HOMES.get(top)
        assert homes is None or any(name == home or name.startswith(f"{home}.") for home in homes), (name, imported)


def test_the_readme_draws_the_ladder() -> None:
    """The picture of the house has every place once, lower rungs above."""
    readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    drawn = readme.partition("```\ngrader/\n")[2].partition("```")[0].partition("templates/")[0]
    places = [word.strip("/") for line in drawn.splitlines() for word in line[:25].split()]
    assert sorted(places) == sorted(place for rung_of in LADDER for place in rung_of)
    assert [rung(place) for place in places] == sorted(rung(place) for place in places)


def test_every_place_is_on_the_ladder() -> None:
    """No folder and no module stands beside the ladder."""
    places = {name.split(".")[0] for name in ALL} - {"__init__", "__main__"}
    assert places == {place for places in LADDER for place in places}


@pytest.mark.parametrize("name", [name for name in ALL if name.split(".")[0] in BASE])
def test_the_base_is_light(name: str) -> None:
    """A student's side works where there is PyTorch and NumPy, on every system; it stands below all else."""
    tops = {imported.split(".")[0] for imported in imports(name)}
    assert tops <= LIBRARIES | (sys.stdlib_module_names - POSIX), name
    assert rung(name.split(".")[0]) < rung("locks")


def test_the_students_side_is_light() -> None:
    """Of what a handout brings along, only what runs a whole notebook asks for more, which every Jupyter has."""
    packed = {path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".") for path in handouts.needed()}
    for name in packed:
        tops = {imported.split(".")[0] for imported in imports(name)}
        more = {"nbclient", "nbformat"} if name.startswith("rehearsal.") else set()
        assert tops <= LIBRARIES | more | (sys.stdlib_module_names - POSIX), name


# What stands on the two sides of the wall between students' code and ours, and the wire between them: the modules
# that lie in `kernel` itself. Each may import these places only.
SIDES = {
    "kernel.inside": ("kernel.inside", "kernel", "asking", "sandbox", "simcuda", "devices"),
    "kernel.outside": ("kernel.outside", "kernel", "asking", "sandbox", "devices", "records", "errors", "folders"),
    "kernel": ("kernel", "asking", "text"),
}


def folder(name: str) -> str:
    """Where a module of ours lies: "kernel.inside" for kernel.inside.host, "errors" for a file at the top."""
    path = PACKAGE / name.replace(".", "/")
    return name if path.is_dir() or "." not in name else name.rpartition(".")[0]


@pytest.mark.parametrize("name", [name for name in ALL if folder(name) in SIDES])
def test_who_stands_beside_students_is_seen_by_the_folder(name: str) -> None:
    """What runs beside student code knows no suite, no course and no trusted side; the wire knows neither side."""
    for imported in imports(name):
        if imported.startswith("grader."):
            assert folder(imported.removeprefix("grader.")) in SIDES[folder(name)], f"{name} imports {imported}"


def test_nobody_imports_the_command_line() -> None:
    """`cli` is on top: only `__main__` calls it."""
    assert not [name for name in ALL if name != "__main__" and "grader.cli" in imports(name)]


def test_the_coordinator_starts_without_pytorch() -> None:
    """Loading it takes seconds; only the processes that it starts need it."""
    modules = "grader.cli, grader.classroom.grading, grader.intake.inbox, grader.notebook.check"
    code = f"import {modules}, sys; print({{'torch', 'numpy', 'pytest', 'nbclient'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_private_names_of_pytorch_have_one_home() -> None:
    """The simulated device stands on names that may move: `simcuda.internals` holds them all."""
    for name in ALL:
        if name.startswith("simcuda.") and name != "simcuda.internals":
            for node in ast.walk(tree_of(name)):
                if not isinstance(node, ast.Attribute):
                    continue
                owner, private = ast.unparse(node.value), re.match("_(?!_)", node.attr)
                assert not (private and re.match(r"torch\b(?!\.ops)", owner)), f"{name}: {owner}.{node.attr}"


def test_modules_of_a_folder_import_each_other_in_one_direction() -> None:
    """There is no circle inside a folder either."""
    edges = {
        name: {imported.removeprefix("grader.") for imported in imports(name)} & ALL.keys()
        for name in ALL
        if not name.endswith("__init__")
    }
    while leaves := {name for name, needs in edges.items() if not needs & edges.keys()}:
        edges = {name: needs for name, needs in edges.items() if name not in leaves}
    assert not edges
