"""A mistake's file, started from what a student wrote."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.catalog import Course
from grader.course.variants import Variant, load_variants
from grader.errors import UsageError
from grader.records import Question, Submission
from grader.report.student.answer import cells_of


def start_mistake(
    course: Course, assignment: str, question: str, submission: Submission, title: str, hint: Sequence[str]
) -> tuple[Path, int]:
    """Add what a student wrote for a question to the question's mistakes; the file, and the line of the first mark.

    Nothing in it says whose it was. Where title or hint are empty, the file asks for them before it is used.

    Raises UsageError where the notebook defines nothing of the question.
    """
    told = course.assignment(assignment)
    asked = {one.id: one for one in told.questions}.get(question)
    if asked is None:
        raise UsageError(
            f"{assignment} has no question {question!r}; there are {', '.join(q.id for q in told.questions)}"
        )
    path = course.mistakes(assignment) / f"{question}.py"
    before = path.read_text(encoding="utf-8") if path.is_file() else "from grader import mistake\n"
    found = list(_definitions(asked, submission))
    if not found:
        names = " or ".join(f"`{name}`" for name in asked.names)
        raise UsageError(f"{submission.student.name}: no cell that can be read defines {names}")
    id = _next_id(load_variants(told, course.mistakes(assignment)))
    steps = ", ".join(map(_quoted, hint or [""]))
    told_by = f"({steps})" if len(hint) > 1 else steps
    marks = [f"@mistake({_quoted(id)}, {_quoted(title)}, hint={told_by})\n{source}\n" for _, source in found]
    head = _with_imports(before, {line for node, _ in found for line in _imports(node, submission)})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head.rstrip("\n") + "\n\n\n" + "\n\n".join(marks), encoding="utf-8")
    return path, head.rstrip("\n").count("\n") + 4


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _definitions(question: Question, submission: Submission) -> Iterator[tuple[ast.stmt, str]]:
    """What a student's cells define of a question, and its source without the handout's docstring."""
    found: dict[str, tuple[ast.stmt, str]] = {}
    for cell in cells_of(question, submission):
        for node in _parsed(cell.source):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in question.names:
                found[node.name] = node, _source(node, cell.source.split("\n"))
    yield from found.values()


def _source(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> str:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    head = node.body[0]
    dropped: set[int] = set()
    if ast.get_docstring(node) and len(node.body) > 1:
        dropped = set(range(head.lineno, (head.end_lineno or head.lineno) + 1))
    return "\n".join(lines[n - 1] for n in range(first, (node.end_lineno or first) + 1) if n not in dropped)


def _imports(node: ast.stmt, submission: Submission) -> Iterator[str]:
    """The notebook's imports of names that a definition uses."""
    used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    for cell in submission.cells:
        for one in _parsed(cell.source):
            if isinstance(one, ast.Import | ast.ImportFrom):
                for alias in one.names:
                    if (alias.asname or alias.name.split(".")[0]) in used:
                        yield ast.unparse(ast.fix_missing_locations(_only(one, alias)))


def _only(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
    if isinstance(node, ast.Import):
        return ast.Import([alias])
    return ast.ImportFrom(node.module, [alias], node.level)


def _with_imports(text: str, wanted: set[str]) -> str:
    """The file with imports that it lacks, before its own."""
    there = {ast.unparse(node) for node in _parsed(text) if isinstance(node, ast.Import | ast.ImportFrom)}
    bound = {(a.asname or a.name) for n in _parsed(text) if isinstance(n, ast.Import | ast.ImportFrom) for a in n.names}
    missing = sorted(line for line in wanted - there if line.split()[-1] not in bound)
    return "".join(f"{line}\n" for line in missing) + text


def _parsed(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _next_id(variants: Sequence[Variant]) -> str:
    """The next number after the course's own, in its manner: MT171 after MT170."""
    parts = [found for variant in variants if (found := re.match(r"([A-Za-z]+)(\d+)", variant.id))]
    prefix = Counter(part[1] for part in parts).most_common(1)[0][0] if parts else "M"
    return f"{prefix}{max((int(part[2]) for part in parts if part[1] == prefix), default=0) + 1}"
