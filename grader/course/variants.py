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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from grader.errors import CourseError
from grader.records import Assignment

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Variant:
    """One replacement. `source` is its definition without the mark, `imports` what its file imports.

    `hint` is the first step of its hint, `more` the others, if there are any.
    """

    question: str
    name: str  # of what it replaces
    id: str
    title: str
    hint: str
    source: str
    imports: str
    where: str
    more: tuple[str, ...] = ()

    def value(self, reference: dict[str, Any]) -> Any:
        """The definition, made in a copy of the reference's namespace where its own name means itself."""
        module = ModuleType(f"variant_{self.question}_{self.id}")
        sys.modules[module.__name__] = module  # dataclasses look a class's module up
        vars(module).update({k: v for k, v in reference.items() if not k.startswith("__")})
        text = f"{self.imports}\n{self.source}"
        linecache.cache[self.where] = (len(text), None, text.splitlines(keepends=True), self.where)  # for tracebacks
        exec(compile(text, self.where, "exec"), vars(module))
        return vars(module)[self.name]


def mistake(id: str, title: str, *, hint: str | Sequence[str]) -> Callable[[F], F]:
    """Mark a wrong definition. `title` says what it does, `hint` is what a student who did it reads.

    Args:
        hint: one text, or two or three that are opened one after the other: what is wrong, where, how it is mended.
    """
    return lambda definition: definition


def alternative(title: str) -> Callable[[F], F]:
    """Mark a right definition that is written unlike the reference."""
    return lambda definition: definition


def load_variants(assignment: Assignment, folder: Path) -> tuple[Variant, ...]:
    """Every variant in a folder of files named for questions, or in one such file. Raises CourseError."""
    found: list[Variant] = []
    names = {question.id: question.names for question in assignment.coded}
    for file in [folder] if folder.is_file() else sorted(folder.glob("*.py")):
        if file.stem not in names:
            raise CourseError(file, f"there is no question {file.stem!r}", "name the file for the question's id")
        found.extend(_in_file(file, file.read_text(encoding="utf-8"), names[file.stem]))
    return tuple(found)


def by_question(variants: Iterable[Variant]) -> dict[str, list[Variant]]:
    """Variants by the question that they are about."""
    found: dict[str, list[Variant]] = {}
    for variant in variants:
        found.setdefault(variant.question, []).append(variant)
    return found


@lru_cache(maxsize=1024)
def _in_file(file: Path, text: str, names: tuple[str, ...]) -> tuple[Variant, ...]:
    """The variants in a file's text."""
    return tuple(_variants(file, text, names))


def _variants(file: Path, text: str, names: tuple[str, ...]) -> Iterator[Variant]:
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
            kept = [f"@{ast.unparse(decorator)}" for decorator in node.decorator_list if not _mark_of(decorator)]
            source = "\n".join([*kept, *lines[node.lineno - 1 : node.end_lineno]])
            id, title, (hint, *more) = _marks(node, where)
            yield Variant(file.stem, node.name, id, title, hint, source, imports, where, tuple(more))
        elif not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr):
            raise CourseError(f"{file}:{node.lineno}", "neither an import nor a definition", "move it into a variant")


# What a mark is given: first in order, then by name.
MARKS = {"mistake": ("id", "title", "hint"), "alternative": ("title",)}
MOST_STEPS = 3  # of a hint: what is wrong, where, how it is mended
LIKE_THIS = {
    "mistake": 'as in @mistake("M1", "Keeps the sum in a tensor", hint="A Python float was asked for.")',
    "alternative": 'as in @alternative("with einsum")',
}


def _mark_of(decorator: ast.expr) -> str:
    """Which mark a decorator is, "" for one that is part of the definition."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return function.id if isinstance(function, ast.Name) and function.id in MARKS else ""


def _marks(node: ast.FunctionDef | ast.ClassDef, where: str) -> tuple[str, str, tuple[str, ...]]:
    """(id, title, steps of the hint) from the one decorator that marks a definition."""
    marks = [decorator for decorator in node.decorator_list if _mark_of(decorator)]
    if len(marks) != 1:
        what = f"{node.name} has two marks" if marks else f"{node.name} is marked neither as mistake nor as alternative"
        raise CourseError(where, what, "decorate it with one of them")
    kind = _mark_of(marks[0])
    args, keywords = (marks[0].args, marks[0].keywords) if isinstance(marks[0], ast.Call) else ([], [])
    given = dict(zip(MARKS[kind], args, strict=False)) | {str(k.arg): k.value for k in keywords}
    if len(args) > len(MARKS[kind]) or given.keys() - set(MARKS[kind]):
        raise CourseError(where, f"@{kind} is given more than {', '.join(MARKS[kind])}", f"write it {LIKE_THIS[kind]}")
    said = {name: _texts(given.get(name), f"the {name} of this {kind}", where, kind) for name in MARKS[kind]}
    for name, texts in said.items():
        if len(texts) > (MOST_STEPS if name == "hint" else 1):
            what = f"the {name} of this {kind} is {len(texts)} texts"
            raise CourseError(where, what, "write one to three steps" if name == "hint" else "write one text")
    return said.get("id", ("",))[0], said["title"][0], said.get("hint", ("",))


def _texts(value: ast.expr | None, what: str, where: str, kind: str) -> tuple[str, ...]:
    """The texts that stand in a mark. Raises CourseError when none does, or something that is no plain string."""
    fix = LIKE_THIS[kind]
    if value is None:
        raise CourseError(where, f"{what} is missing", f"write it, {fix}")
    try:
        found = ast.literal_eval(value)
    except ValueError:
        found = None
    texts = tuple(found) if isinstance(found, tuple | list) else (found,)
    if not texts or any(not isinstance(text, str) or not text.strip() for text in texts):
        empty = not texts or any(isinstance(text, str) and not text.strip() for text in texts)
        raise CourseError(where, f"{what} is {'empty' if empty else 'no plain string'}", fix)
    return texts


def _ours(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an import is of the marks above, which mean nothing in a notebook."""
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("grader", "__future__")
