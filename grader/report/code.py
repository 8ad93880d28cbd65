"""A student's code as HTML: numbered lines, coloured, those marked where an exception passed."""

from __future__ import annotations

import ast
import html
import keyword
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, ClassVar

from markupsafe import Markup

MOST = 12_000  # characters of one answer that are shown
_PREFIX = r"(?i:[rbfu]{0,2})"  # of a string


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


@lru_cache(maxsize=4_000)  # many write the same
def _given(source: str, handed_out: str) -> tuple[tuple[int, int], ...]:
    """First and last lines of docstrings that stand in the handout, too."""
    if not handed_out or len(source) > MOST:
        return ()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = source.split("\n")
    places = ((node.body[0].lineno, node.body[0].end_lineno or 0) for node in _definitions(tree.body))
    return tuple((one, two) for one, two in places if two > one and "\n".join(lines[one - 1 : two]) in handed_out)


def _definitions(body: Iterable[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a cell, and the methods of these, that begin with an expression."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if isinstance(node.body[0], ast.Expr):
                yield node
            if isinstance(node, ast.ClassDef):
                yield from _definitions(node.body)


def code_html(view: CodeView) -> Markup:
    """The lines, each in an element that carries its number."""
    text = "\n".join(line for _, line in view.lines)
    shown, due = [], 1  # the style sheet counts lines
    for (number, _), line in zip(view.lines, _coloured(text), strict=False):
        tag = "mark" if number in view.marked else "span"
        jump = "" if number == due else f' style="counter-set:n {number - 1}"'
        shown.append(f"<{tag}{jump}>{line}</{tag}>\n")
        due = number + 1
    return Markup("".join(shown) + ("…\n" if view.cut else ""))


@lru_cache(maxsize=4_000)
def _coloured(text: str) -> tuple[str, ...]:
    lexer, classes = _lexer()
    lines: list[str] = []
    line: list[str] = []
    for _, kind, part in lexer.get_tokens_unprocessed(text):
        name = classes.get(kind)
        for place, piece in enumerate(part.split("\n")):
            if place:
                lines.append("".join(line))
                line = []
            if piece:
                safe = html.escape(piece, quote=False)
                line.append(f"<i class={name}>{safe}</i>" if name else safe)
    return (*lines, "".join(line))


@cache
def _lexer() -> tuple[Any, dict[Any, str]]:
    """A lexer for what is coloured, and the class of the style sheet for each kind of token.

    Pygments' own for Python tells forty kinds apart, and takes longer for a page than everything else on it.
    """
    from pygments.lexer import RegexLexer, bygroups, words
    from pygments.token import Comment, Keyword, Name, Number, String, Text

    class Python(RegexLexer):  # type: ignore[misc]
        tokens: ClassVar[dict[str, Any]] = {
            "root": [
                (r"[ \t\n]+", Text),
                (r"#[^\n]*", Comment),
                (r"(def|class)([ \t]+)(\w+)", bygroups(Keyword, Text, Name.Function)),
                (words((*keyword.kwlist, "self"), suffix=r"\b"), Keyword),
                (_PREFIX + r"(\"\"\"|\'\'\')(?:\\.|[^\\])*?(?:\1|\Z)", String),
                (_PREFIX + r"(\"|\')(?:\\.|[^\\\n])*?(?:\1|$)", String),
                (r"@[\w.]+", Name.Function),
                (r"\d[\w.]*", Number),
                (r"\w+[^\w\s#\"\'@]*", Text),
                (r".", Text),
            ]
        }

    return Python(), {Comment: "c", Keyword: "k", Name.Function: "f", String: "s", Number: "n"}
