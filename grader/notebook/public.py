"""Public checks: the test functions of `public/test_<question>.py`, called by the names of their parameters.

They are written like hidden ones and say the same words, and plain pytest runs them, too. A student's side has no
pytest, so they use what is in `FIXTURES` and nothing else of it; `load_tests` refuses the rest.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import torch

from grader.asking import vocabulary
from grader.asking.probes import Probe
from grader.asking.student import Interview, Student
from grader.asking.vocabulary import WORDS
from grader.errors import CourseError, Failure

FIXTURES = frozenset({"student", "run", "rng", "tmp_path", *WORDS})


@dataclass(frozen=True, slots=True)
class PublicTest:
    """One public check of a question. `calls` names what it calls, so what must not be plain data."""

    question: str
    name: str
    promise: str
    function: Callable[..., None]
    calls: frozenset[str]

    @property
    def takes(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def seed(self) -> int:
        """Of its random inputs: the same in every run."""
        name = f"{self.question}::{self.name}"
        return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


@dataclass
class Comparison:
    """What a check compared last, when the two differed."""

    got: object
    expected: object


def load_tests(folder: Path, question: str) -> tuple[PublicTest, ...]:
    """The public checks of a question, in order; none when it has no file. Raises CourseError."""
    path = folder / f"test_{question}.py"
    if not path.is_file():
        return ()
    module = ModuleType(f"public_{question}")
    module.__file__ = str(path)
    try:
        source = path.read_text(encoding="utf-8")
        exec(compile(source, str(path), "exec"), vars(module))
    except Exception as error:
        raise CourseError(path, f"it raises {type(error).__name__}: {error}", "make it import") from error
    called = _called(source, vars(module))
    found = [value for name, value in vars(module).items() if name.startswith("test")]
    tests = tuple(_test(path, question, function, called) for function in found)
    if not tests or any(name.startswith("Test") for name in vars(module)):
        raise CourseError(path, "it has no test functions, or tests in classes", "write functions `test_...`")
    return tests


def _test(path: Path, question: str, function: object, called: frozenset[str]) -> PublicTest:
    name = getattr(function, "__name__", "?")
    where = f"{path}: {name}"
    if type(function) is not FunctionType or hasattr(function, "pytestmark"):
        raise CourseError(where, "it is not a plain function", "use no decorators of pytest in public checks")
    promise = " ".join((inspect.getdoc(function) or "").split())
    if not promise:
        raise CourseError(where, "no docstring", "say in it what the student's code must do")
    test = PublicTest(question, name, promise, function, called)
    for parameter in test.takes:
        if parameter not in FIXTURES:
            known = ", ".join(sorted(FIXTURES))
            raise CourseError(where, f"there is no {parameter!r} for public checks", f"use of these: {known}")
    return test


def _called(source: str, module: dict[str, Any]) -> frozenset[str]:
    """The names of the notebook that the tests call: themselves, or in a probe that they hand them to."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        found.add(_of_student(node.func))
        if isinstance(node.func, ast.Name) and node.func.id == "run" and node.args:
            probe, *given = node.args
            parameters = _called_parameters(module.get(getattr(probe, "id", "")))
            found |= {_of_student(value) for value, called in zip(given, parameters, strict=False) if called}
    return frozenset(found - {""})


def _of_student(node: ast.expr) -> str:
    """The NAME of an expression `student.NAME`, else nothing."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "student":
        return node.attr
    return ""


def _called_parameters(probe: object) -> list[bool]:
    """For each parameter of a probe, whether the probe calls it."""
    if not isinstance(probe, Probe):
        return []
    body = ast.parse(probe.parts[-1]).body[0]
    calls = {node.func.id for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return [argument.arg in calls for argument in body.args.args] if isinstance(body, ast.FunctionDef) else []


def run_test(test: PublicTest, interview: Interview) -> tuple[BaseException | None, Comparison | None]:
    """Run a check: what left it, None when it passed, and what it was comparing when that happened."""
    compared: list[Comparison] = []

    def same(got: object, expected: object, *args: Any, **kwargs: Any) -> None:
        try:
            vocabulary.same(got, expected, *args, **kwargs)
        except Failure:
            compared.append(Comparison(got, expected))
            raise

    try:
        with ExitStack() as stack:
            fixtures = dict(_fixtures(test, interview, stack), same=same)
            test.function(**{name: fixtures[name] for name in test.takes})
    except BaseException as fault:
        return fault, compared[-1] if compared else None
    return None, None


def _fixtures(test: PublicTest, interview: Interview, stack: ExitStack) -> Iterator[tuple[str, Any]]:
    yield from WORDS.items()
    yield "student", Student(interview)
    yield "run", interview.run
    yield "rng", torch.Generator().manual_seed(test.seed)
    if "tmp_path" in test.takes:
        yield "tmp_path", Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="check-")))
