"""Known mistakes and alternatives: code that takes the place of one definition of the reference.

    @mistake("MT22", "Flattens the batch axis too", hint="Keep axis 0 out of the flattening.")
    def flatten_images(batch):
        return batch.flatten()

They prove the hidden suites (every mistake must fail its question, every alternative must pass), and a mistake whose
answers are the student's answers is the diagnosis. A file holds imports and decorated definitions, nothing else: each
definition is taken out of it and must live with those imports and what the reference defines.
"""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from grader.errors import CourseError
from grader.records import Assignment

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Variant:
    """One replacement. `source` is its definition without the decorator, `imports` what its file imports."""

    question: str
    name: str  # of what it replaces
    id: str
    title: str
    hint: str
    source: str
    imports: str
    where: str

    def value(self, reference: dict[str, Any]) -> Any:
        """The definition, made in a copy of the reference's namespace where its own name means itself."""
        module = ModuleType(f"variant_{self.question}_{self.id}")
        sys.modules[module.__name__] = module  # dataclasses look a class's module up
        vars(module).update({k: v for k, v in reference.items() if not k.startswith("__")})
        text = f"{self.imports}\n{self.source}"
        linecache.cache[self.where] = (len(text), None, text.splitlines(keepends=True), self.where)  # for tracebacks
        exec(compile(text, self.where, "exec"), vars(module))
        return vars(module)[self.name]


def mistake(id: str, title: str, *, hint: str) -> Callable[[F], F]:
    """Mark a wrong definition. `title` says what it does, `hint` is what a student who did it reads."""
    return lambda definition: definition


def alternative(title: str) -> Callable[[F], F]:
    """Mark a right definition that is written unlike the reference."""
    return lambda definition: definition


def load_variants(assignment: Assignment, folder: Path) -> tuple[Variant, ...]:
    """Every variant in a folder of files named for questions. Raises CourseError."""
    found: list[Variant] = []
    names = {question.id: question.names for question in assignment.questions}
    for file in sorted(folder.glob("*.py")):
        if file.stem not in names:
            raise CourseError(file, f"there is no question {file.stem!r}", "name the file for the question's id")
        found.extend(_in_file(file, names[file.stem]))
    return tuple(found)


def _in_file(file: Path, names: tuple[str, ...]) -> Iterator[Variant]:
    text = file.read_text(encoding="utf-8")
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise CourseError(f"{file}:{error.lineno}", f"no Python: {error.msg}", "correct that line") from error
    lines = text.splitlines()
    imports = "\n".join(
        ast.unparse(node) for node in body if isinstance(node, ast.Import | ast.ImportFrom) and not _ours(node)
    )
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            where = f"{file}:{node.lineno}"
            if node.name not in names:
                raise CourseError(
                    where, f"{node.name!r} is not what the question defines", f"define {', '.join(names)}"
                )
            source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            yield Variant(file.stem, node.name, *_marks(node, where), source, imports, where)
        elif not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr):
            raise CourseError(f"{file}:{node.lineno}", "neither an import nor a definition", "move it into a variant")


def _marks(node: ast.FunctionDef | ast.ClassDef, where: str) -> tuple[str, str, str]:
    """(id, title, hint) from the decorator, which holds plain strings."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
            try:
                given = [ast.literal_eval(argument) for argument in decorator.args]
                named = {str(k.arg): ast.literal_eval(k.value) for k in decorator.keywords}
                if decorator.func.id == "mistake":
                    id, title = given
                    return id, title, named["hint"]
                if decorator.func.id == "alternative":
                    return "", given[0], ""
            except (ValueError, KeyError, IndexError) as error:
                raise CourseError(where, "its mark is not made of plain strings", "write them out") from error
    raise CourseError(where, "it is marked neither as mistake nor as alternative", "decorate it")


def _ours(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an import is of the marks above, which mean nothing in a notebook."""
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("grader", "__future__")
