"""A student's code as HTML: numbered lines, coloured, those marked where an exception passed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup, escape

MOST = 12_000  # characters of one answer that are shown
# Pygments' kinds of tokens, the special before the general, and the classes of the style sheet
KINDS = (
    ("Comment", "c"),
    ("Literal.String", "s"),
    ("Literal.Number", "n"),
    ("Keyword", "k"),
    ("Operator.Word", "k"),
    ("Name.Function", "f"),
    ("Name.Class", "f"),
    ("Name.Decorator", "f"),
)


@dataclass(frozen=True, slots=True)
class CodeView:
    """A cell's code.

    Attributes:
        lines: number within the cell, and text.
        marked: the numbers of lines that an exception passed.
        cut: whether more follows.
    """

    cell: int
    lines: tuple[tuple[int, str], ...]
    marked: frozenset[int] = frozenset()
    cut: bool = False


def code_view(cell: int, source: str, marked: Collection[int], handed_out: str = "") -> CodeView:
    """A cell's code; docstrings that the handout wrote are left out, for the page has them elsewhere.

    Args:
        handed_out: the cell as the student got it.
    """
    lines = source[:MOST].split("\n")
    numbered = list(enumerate(lines, start=1))
    for first, last in _given(source, handed_out):
        indent = lines[first - 1][: len(lines[first - 1]) - len(lines[first - 1].lstrip())]
        numbered = [(n, f'{indent}"""…"""' if n == first else text) for n, text in numbered if not first < n <= last]
    while numbered and not numbered[-1][1].strip():
        numbered.pop()
    return CodeView(cell, tuple(numbered), frozenset(marked), len(source) > MOST)


def _given(source: str, handed_out: str) -> Iterator[tuple[int, int]]:
    """First and last lines of docstrings that stand in the handout, too."""
    if not handed_out or len(source) > MOST:
        return
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = source.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr):
            first, last = node.body[0].lineno, node.body[0].end_lineno or 0
            if last > first and "\n".join(lines[first - 1 : last]) in handed_out:
                yield first, last


def code_html(view: CodeView) -> Markup:
    """The lines, each in an element that carries its number."""
    text = "\n".join(line for _, line in view.lines)
    shown = []
    for (number, _), line in zip(view.lines, _coloured(text), strict=False):
        tag = "mark" if number in view.marked else "span"
        shown.append(f'<{tag} data-n="{number}">{line}</{tag}>\n')
    return Markup("".join(shown) + ("…\n" if view.cut else ""))


@lru_cache(maxsize=4_000)  # many write the same
def _coloured(text: str) -> tuple[str, ...]:
    lines: list[str] = []
    line: list[str] = []
    for kind, part in _lexer().get_tokens(text):
        name = _class_of(kind)
        for place, piece in enumerate(part.split("\n")):
            if place:
                lines.append("".join(line))
                line = []
            if piece:
                line.append(f"<i class={name}>{escape(piece)}</i>" if name else str(escape(piece)))
    return (*lines, "".join(line))


@cache
def _class_of(kind: Any) -> str:
    name = str(kind).removeprefix("Token.")
    return next((short for known, short in KINDS if name.startswith(known)), "")


@cache
def _lexer() -> Any:
    from pygments.lexers.python import PythonLexer

    return PythonLexer(stripnl=False, ensurenl=False)
