"""Whether a definition may carry anything from one check to the next, as far as its text tells.

One that cannot is asked each check by itself, in any order. Where the text leaves a doubt, it may.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

PLAIN = frozenset({"classmethod", "dataclass", "inference_mode", "no_grad", "property", "staticmethod"})  # decorators
# By these a function reaches itself, its class, or what is not its own, without naming it.
REACHING = frozenset(
    {
        "__class__",
        "__closure__",
        "__defaults__",
        "__dict__",
        "__globals__",
        "__kwdefaults__",
        "__mro__",
        "cls",
        "delattr",
    }
    | {"eval", "exec", "gc", "globals", "inspect", "locals", "setattr", "sys", "type", "vars"}
)


@lru_cache(maxsize=4096)
def may_remember(source: str) -> bool:
    """Whether a function, or a class, may know in a later check what it was asked in an earlier one.

    Args:
        source: one definition. What it finds around it is shared by everything that is asked in this process.
    """
    [definition] = ast.parse(source).body
    if not isinstance(definition, ast.FunctionDef | ast.ClassDef):
        return True
    return any(_is_doubtful(node, definition.name) for node in ast.walk(definition)) or not all(
        _ends_with_its_call(function) for function in _functions(definition)
    )


def _functions(definition: ast.FunctionDef | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that there are before anything is called."""
    body = definition.body if isinstance(definition, ast.ClassDef) else [definition]
    for one in body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            yield one
        elif isinstance(one, ast.ClassDef):
            yield from _functions(one)


def _is_doubtful(node: ast.AST, own: str) -> bool:
    """Whether part of a definition reaches beyond a call, or makes something that stays when its class is made."""
    if isinstance(node, ast.Global):
        return True
    if isinstance(node, ast.Name):
        return node.id in REACHING
    if isinstance(node, ast.Attribute):
        named = isinstance(node.value, ast.Name) and node.value.id == own
        return named or (node.attr.startswith("__") and node.attr in REACHING)
    if isinstance(node, ast.ClassDef):
        return not all(map(_is_plain_in_a_class, node.body)) or not all(map(_is_plain_mark, node.decorator_list))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return not all(map(_is_plain_mark, node.decorator_list))
    return False


def _ends_with_its_call(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether what it is given when it is made cannot change, and it sets parts of its own values only."""
    given = [*function.args.defaults, *(one for one in function.args.kw_defaults if one is not None)]
    own, changed = set[str](), list[ast.expr]()
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            own.update([node.id] if isinstance(node, ast.Name) else ())
            changed.append(_root(node))
    return all(map(_is_fixed, given)) and all(isinstance(one, ast.Name) and one.id in own for one in changed)


def _is_plain_mark(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    return name in PLAIN


def _is_plain_in_a_class(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return statement.value is None or _is_fixed(statement.value)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Pass)


def _is_fixed(value: ast.expr) -> bool:
    """Whether a value cannot change: a constant, or what has a name elsewhere."""
    if isinstance(value, ast.UnaryOp):
        return _is_fixed(value.operand)
    if isinstance(value, ast.Tuple):
        return all(map(_is_fixed, value.elts))
    return isinstance(value, ast.Constant | ast.Name | ast.Attribute)


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node
