"""Whose code is running: the notebook's own, and whether it is prepared for an exception.

A notebook that catches the ImportError of what may be missing gets it, and takes the way that it has for that. One
that does not is spared it, and told.
"""

from __future__ import annotations

import ast
import linecache
import os
import sys
from collections.abc import Callable
from types import FrameType

_LOADERS = ("<frozen importlib", os.sep + os.path.join("importlib", "__init__.py"))  # noqa: PTH118
_cell_of: Callable[[str], int | None] = lambda name: None  # noqa: E731
_folder = ""


def belongs_to(cell_of: Callable[[str], int | None], folder: str) -> None:
    """Say what is the notebook's own: files with a cell's number, and all that lies in its folder."""
    global _cell_of, _folder
    _cell_of, _folder = cell_of, folder + os.sep


def is_own(frame: FrameType | None) -> bool:
    """Whether a frame runs code of the notebook's, or of a module that lies beside it."""
    if frame is None:
        return False
    name = frame.f_code.co_filename
    return _cell_of(name) is not None or (bool(_folder) and name.startswith(_folder))


def importer() -> FrameType | None:
    """The frame whose import statement is being carried out; None when a library asks."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and (frame.f_code.co_filename.startswith(_LOADERS[0]) or _is_ours(frame)):
        frame = frame.f_back
    while frame is not None and frame.f_code.co_filename.endswith(_LOADERS[1]):  # importlib.import_module
        frame = frame.f_back
    return frame if is_own(frame) else None


def _is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith("grader.kernel.inside")


def catches(frame: FrameType, error: type[BaseException]) -> bool:
    """Whether the line that a frame is at lies in a `try` that catches such an exception, or in a `suppress`."""
    source = "".join(linecache.getlines(frame.f_code.co_filename))
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    names = {kind.__name__ for kind in error.__mro__}
    return _caught(_body(tree, frame), frame.f_lineno, names)


def _body(tree: ast.Module, frame: FrameType) -> list[ast.stmt]:
    """The statements of the function that a frame runs, or of the whole cell."""
    body, line = tree.body, frame.f_lineno
    if frame.f_code.co_name != "<module>":
        for node in ast.walk(tree):  # from the outside in
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _around(node, line):
                body = node.body
    return body


def _around(node: ast.stmt | ast.ExceptHandler, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _caught(body: list[ast.stmt], line: int, names: set[str]) -> bool:
    for statement in body:
        if not _around(statement, line):
            continue
        if _handles(statement, line, names):
            return True
        inside = [part for field in ("body", "orelse", "finalbody") for part in getattr(statement, field, [])]
        handlers = [handler for handler in getattr(statement, "handlers", []) if _around(handler, line)]
        inside += [part for handler in handlers for part in handler.body]
        return _caught(inside, line, names)
    return False


def _handles(statement: ast.stmt, line: int, names: set[str]) -> bool:
    """Whether it is a `try` with the line in its body, or a `suppress`, for such an exception."""
    if isinstance(statement, ast.Try) and any(_around(inner, line) for inner in statement.body):
        return any(handler.type is None or bool(_named(handler.type) & names) for handler in statement.handlers)
    if isinstance(statement, ast.With):
        calls = [item.context_expr for item in statement.items if isinstance(item.context_expr, ast.Call)]
        return any("suppress" in _named(call.func) and bool(_named(*call.args) & names) for call in calls)
    return False


def _named(*nodes: ast.expr) -> set[str]:
    """The last parts of the names in some expressions: `ImportError`, of `(builtins.ImportError, OSError)` both."""
    walked = [part for node in nodes for part in ast.walk(node)]
    names = {part.id for part in walked if isinstance(part, ast.Name)}
    return names | {part.attr for part in walked if isinstance(part, ast.Attribute)}
