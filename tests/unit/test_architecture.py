"""The house stays as it is drawn: who may import whom, and one home for each third party."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "grader"

# Each rung imports lower rungs only; places on one rung do not import each other.
LADDER: tuple[tuple[str, ...], ...] = (
    ("errors", "text", "simcuda"),
    ("records",),
    ("asking", "locks", "storage"),
    ("sandbox", "devices"),
    ("course", "rules"),
    ("intake", "kernel", "report", "gradebook"),
    ("judge",),
    ("notebook", "grading"),
    ("running",),
    ("classroom",),
    ("authoring",),
    ("cli",),
)

# A third party may be imported by these places only.
HOMES = {
    "jinja2": {"report"},
    "markupsafe": {"report"},
    "sqlite3": {"gradebook.store"},
    "nbclient": {"kernel"},
    "nbformat": {"kernel"},
    "jupyter_client": {"kernel"},
    "ipykernel": {"kernel"},
    "zmq": {"kernel"},
    "pydantic": {"storage"},
    "safetensors": {"asking.codec"},
    "pytest": {"judge.plugin"},
    "pytest_timeout": {"judge.plugin"},
    "jupytext": {"course.notebooks"},
    "typer": {"cli"},
    "rich": {"cli"},
    "platformdirs": {"kernel.outside.launch"},
    "ctypes": {"sandbox", "running.worker"},
}

# What could run or unpickle a student's data has no place on the trusted side.
BANNED = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported, at the top or inside a function, but not for types only."""
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


ALL = dict(modules())


@pytest.mark.parametrize("name", [n for n in ALL if n not in ("__init__", "__main__")])
def test_imports_go_down_the_ladder(name: str) -> None:
    """A module imports its own folder and lower rungs."""
    place = name.split(".")[0]
    for imported in imports(ALL[name]):
        parts = imported.split(".")
        if parts[0] == "grader" and len(parts) > 1 and parts[1] != place:
            assert rung(parts[1]) < rung(place), f"{name} imports {imported}"


@pytest.mark.parametrize("name", ALL)
def test_each_third_party_has_one_home(name: str) -> None:
    """A library is used in one place, and what can run a student's data nowhere."""
    for imported in imports(ALL[name]):
        top = imported.split(".")[0]
        assert top not in BANNED, f"{name} imports {imported}"
        homes = HOMES.get(top)
        assert homes is None or any(name == home or name.startswith(f"{home}.") for home in homes), (name, imported)


def test_every_place_is_on_the_ladder() -> None:
    """No folder and no module stands beside the ladder."""
    places = {name.split(".")[0] for name in ALL} - {"__init__", "__main__"}
    assert places == {place for places in LADDER for place in places}


def test_the_kernel_side_knows_no_judge() -> None:
    """What runs beside student code imports neither suites nor gradebooks nor the course."""
    for name in [n for n in ALL if n.startswith("kernel.inside") or n == "kernel.wire"]:
        for imported in imports(ALL[name]):
            allowed = (
                "grader.kernel.inside",
                "grader.kernel.wire",
                "grader.asking.responder",
                "grader.asking.traces",
                "grader.sandbox",
                "grader.devices",
                "grader.simcuda",
            )
            assert not imported.startswith("grader.") or imported.startswith(allowed), (name, imported)


def test_nobody_imports_the_command_line() -> None:
    """`cli` is on top: only `__main__` calls it."""
    assert not [n for n, tree in ALL.items() if n != "__main__" and "grader.cli" in set(imports(tree))]


def test_the_coordinator_starts_without_pytorch() -> None:
    """Loading it takes seconds; only the processes that it starts need it."""
    modules = "grader.cli, grader.classroom.grading, grader.intake.inbox, grader.notebook.check"
    code = f"import {modules}, sys; print({{'torch', 'numpy', 'pytest', 'nbclient'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
