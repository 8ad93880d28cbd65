"""What hidden suites and references hold that no page may show: their literals, names and lines.

What they tell students on purpose is none of it: promises, names of parts and cases, messages, titles and hints of
known mistakes. Neither is what stands in the handout, or in the student's own notebook.
"""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.course.catalog import Course
from grader.course.notebooks import solutions_in, source_cells
from grader.course.variants import load_variants
from grader.records import Result

SHORTEST = {"text": 8, "name": 7, "line": 14, "number": 5}  # characters: what is shorter stands anywhere
TELLING = {
    "agree",
    "beside",
    "curve",
    "demand",
    "expect",
    "matrix",
    "mistaken",
    "predicts",
    "quest",
    "refuses",
    "same",
    "Failure",
    "owns",
    "shares",
    "pure",
}
_DIGITS = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])")


@dataclass(frozen=True)
class Secrets:
    """What must not be seen, by kind, and what students are told or given."""

    texts: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[float]
    lines: frozenset[str]
    told: str

    def in_page(self, page: str, own: str) -> list[str]:
        """Those that a page shows, beside what is told, and what the student wrote.

        Args:
            own: the sources of the student's notebook.
        """
        text = seen(page)
        known = f"{self.told}\n{own}"
        shown, allowed = (set(map(float, _DIGITS.findall(part))) for part in (text, known))
        found = [f"text {one!r}" for one in self.texts if one in text and one not in known]
        found += [f"name {one}" for one in self.names if re.search(rf"\b{one}\b", text) and one not in known]
        found += [f"line {one!r}" for one in self.lines if one in text and one not in known]
        return found + [f"number {one}" for one in (self.numbers & shown) - allowed]


def seen(page: str) -> str:
    """A page as it is read, and what is said of its pictures; without the page's own code and what identifies a run."""
    body = page.partition("<main")[2].rpartition("</main>")[0]
    body = re.sub(r'data:image[^"]*', "", body).partition("How this was judged")[0]
    spoken = " ".join(re.findall(r'(?:title|alt|aria-label)="([^"]*)"', body))
    return html.unescape(f"{re.sub(r'<[^>]*>', '', body)} {spoken}")


def secrets_of(course: Course, id: str) -> Secrets:
    """All of an assignment's suite, and of its reference."""
    texts: set[str] = set()
    names: set[str] = set()
    numbers: set[float] = set()
    lines: set[str] = set()
    told: set[str] = set()
    sources = [path.read_text(encoding="utf-8") for path in sorted(course.hidden(id).rglob("*.py"))]
    solutions = ["\n".join(solutions_in(source)) for _, question, source in source_cells(course, id) if question]
    for source in sources:
        tree = ast.parse(source)
        told |= set(_told(tree))
        names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for source in (*sources, *solutions):
        lines |= {line.strip() for line in source.splitlines()}
        for node in ast.walk(_parsed(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts |= {part.strip() for part in node.value.split("\n")}
            elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
                numbers |= {float(node.value)} if len(str(node.value).strip("-0.")) >= SHORTEST["number"] else set()
    for variant in load_variants(course.assignment(id), course.mistakes(id)):
        told |= {variant.title, variant.hint, *variant.more}
    handout = json.loads(course.notebook(id).read_text(encoding="utf-8"))
    given = ["".join(cell["source"]) for cell in handout["cells"]] + [course.table(id).read_text(encoding="utf-8")]
    return Secrets(
        frozenset(text for text in texts if len(text) >= SHORTEST["text"]),
        frozenset(name for name in names if len(name) >= SHORTEST["name"] and "_" in name),
        frozenset(numbers),
        frozenset(line for line in lines if len(line) >= SHORTEST["line"]),
        "\n".join([*told, *given]),
    )


def _parsed(source: str) -> ast.AST:
    """A solution is the inside of a function."""
    try:
        return ast.parse(source)
    except SyntaxError:
        indented = "\n".join(f" {line}" for line in source.splitlines())
        try:
            return ast.parse(f"def f():\n{indented}")
        except SyntaxError:
            return ast.parse("")


def _told(tree: ast.Module) -> Iterator[str]:
    """What a suite says to students: docstrings, keys of cases, texts in calls of words that tell, or for them.

    And what a probe gives back in words is the student's answer.
    """
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in ("probe", "run")]
    probes = {argument.id for node in calls for argument in node.args if isinstance(argument, ast.Name)}
    sentences = [
        (target.id, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr | ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield ast.get_docstring(node) or ""
            yield from _labels(node)
        elif isinstance(node, ast.FunctionDef) and node.name in probes:
            yield from _texts(node)
        elif isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield from _texts(node.slice)
        elif isinstance(node, ast.Call) and _called(node) in TELLING:
            yield from _texts(node)
            said = {name.id for name in _names(node)}
            yield from (text for name, sentence in sentences if name in said for text in _texts(sentence))


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _labels(test: ast.FunctionDef) -> Iterator[str]:
    """Texts over which a test runs in a loop to put them into sentences, or to name cases with them."""
    stored = [part for part in ast.walk(test) if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store)]
    formatted = [part for part in ast.walk(test) if isinstance(part, ast.FormattedValue)]
    said = {name.id for part in (*formatted, *(one.slice for one in stored)) for name in _names(part)}
    for loop in (node for node in ast.walk(test) if isinstance(node, ast.For)):
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        for place, target in enumerate(targets):
            if {name.id for name in _names(target)} & said and isinstance(loop.iter, ast.Tuple | ast.List):
                for item in loop.iter.elts:
                    parts = item.elts if isinstance(item, ast.Tuple) and len(targets) > 1 else [item]
                    yield from _texts(parts[min(place, len(parts) - 1)])


def _names(node: ast.AST) -> list[ast.Name]:
    return [part for part in ast.walk(node) if isinstance(part, ast.Name)]


def _called(node: ast.Call) -> str:
    function = node.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def own_of(result: Result) -> str:
    """What a student wrote, and what the notebook printed."""
    printed = (run.text for run in result.execution.cells)
    words = (text.source for text in result.submission.texts)
    return "\n".join([*(cell.source for cell in result.submission.cells), *words, *printed])
