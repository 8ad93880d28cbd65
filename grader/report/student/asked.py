"""What a question asks, in the handout's own words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from inspect import cleandoc

from grader.records import Asked


@dataclass(frozen=True, slots=True)
class AskedView:
    """What was asked.

    Attributes:
        definitions: what the cell defines, and the text below it: ("def mse(predicted, target)", "The mean ...").
        heading: of the passage before the cell.
        passage: that passage, in Markdown; "" where another question of the page shows it.
        shown_at: the id of that question.
    """

    definitions: tuple[tuple[str, str], ...]
    heading: str
    passage: str
    shown_at: str = ""


def asked_view(asked: Asked, shown_at: str, *, passage: bool) -> AskedView:
    """One question's text.

    Args:
        shown_at: the question whose text holds this passage already, if there is one.
        passage: whether it is shown at all.
    """
    heading, _, rest = asked.text.partition("\n") if asked.text.startswith("#") else ("", "", asked.text)
    text = "" if shown_at or not passage else rest.strip()
    return AskedView(_definitions(asked.code), re.sub(r"^#+\s*", "", heading), text, shown_at if passage else "")


@lru_cache(maxsize=1_000)
def _definitions(code: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(_in(ast.parse(code).body, ""))
    except SyntaxError:
        return ()


def _in(body: list[ast.stmt], owner: str) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            text = ast.get_docstring(node, clean=False)
            if text:
                yield _head(node, owner), cleandoc(text)
            if isinstance(node, ast.ClassDef):
                yield from _in(node.body, f"{node.name}.")


def _head(node: ast.FunctionDef | ast.ClassDef, owner: str) -> str:
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}"
    back = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{owner}{node.name}({ast.unparse(node.args)}){back}"
