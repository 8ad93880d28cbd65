"""Which files of the package a verdict rests on: those that judging imports, and no others.

So a proof outlives a change of a page, of a table, of a command.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import grader
from grader.course.catalog import hash_files

PACKAGE = Path(grader.__file__).parent
JUDGING = ("grader.running.worker", "grader.authoring.proofs", "grader.kernel.inside.ancestor")
SUITES = PACKAGE / "asking"  # what a course's own suites import from


@cache
def judging_hash() -> str:
    """Of the package's own code, as far as verdicts rest on it: its version says nothing in a checkout."""
    return hash_files(PACKAGE, judging())


def judging() -> list[Path]:
    """The files that a verdict rests on, sorted."""
    words = (".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in SUITES.rglob("*.py"))
    return reached((*JUDGING, *words))


def reached(modules: Iterable[str]) -> list[Path]:
    """The files of these modules of the package and of all that they import, at any time; sorted."""
    found: set[Path] = set()
    open_ = list(modules)
    while open_:
        name = open_.pop()
        while name.startswith(grader.__name__):
            path = _file(name)
            if path and path not in found:
                found.add(path)
                open_ += _named(path)
            name = name.rpartition(".")[0]
    return sorted(found)


def _file(module: str) -> Path | None:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return next((one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()), None)


def _named(path: Path) -> Iterator[str]:
    """What a file imports. A module that is started by its name stands there as a string."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
