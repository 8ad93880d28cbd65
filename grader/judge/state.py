"""Whether a definition may carry anything from one check to the next, as far as its text tells.

One that cannot is asked each check by itself, in any order. Where the text leaves a doubt, it may.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

Function = ast.FunctionDef | ast.AsyncFunctionDef
PLAIN = frozenset({"classmethod", "dataclass", "inference_mode", "no_grad", "property", "staticmethod"})  # decorators
OF_CLASSES = frozenset({"__class_getitem__", "__init_subclass__", "__new__"})  # methods that are given the class
# By these a function reaches itself, its class, or what is not its own, without naming it.
REACHING = frozenset(
    {"delattr", "eval", "exec", "gc", "globals", "inspect", "locals", "setattr", "sys", "type", "vars"}
)
DUNDERS = frozenset(
    {"__annotations__", "__class__", "__closure__", "__defaults__", "__dict__", "__func__", "__globals__"}
    | {"__kwdefaults__", "__mro__", "__setattr__", "__thisclass__", "f_globals"}
)
ASKING = frozenset({"isinstance", "issubclass", "super"})  # which only look at a class that they are given


@lru_cache(maxsize=4096)
def may_remember(source: str) -> bool:
    """Whether a function, or a class, may know in a later check what it was asked in an earlier one.

    Args:
        source: one definition. What it finds around it is shared by everything that is asked in this process.
    """
    [definition] = ast.parse(source).body
    if not isinstance(definition, ast.FunctionDef | ast.ClassDef):
        return True
    nodes = list(ast.walk(definition))
    harmless = _harmless_names(nodes)
    if any(_is_doubtful(node, definition.name, harmless) for node in nodes):
        return True
    if isinstance(definition, ast.FunctionDef):
        return not _ends_with_its_call(definition, nodes)
    methods = [one for one in definition.body if isinstance(one, Function)]
    names = frozenset(one.name for one in methods)
    ends = (_ends_with_its_call(one, ast.walk(one), names) for one in methods)
    return not _is_plain_class(definition) or not all(ends)


def _harmless_names(nodes: Iterable[ast.AST]) -> set[int]:
    """The names, by identity, that are but called, or looked at: `f(x)`, `super(Net, self)`, `type(x) is type(y)`."""
    found = set[int]()
    for node in nodes:
        looked_at: list[ast.expr] = []
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id not in REACHING:
                found.add(id(node.func))
                found.update(map(id, node.args) if node.func.id in ASKING else ())
            looked_at = [node.func]
        elif isinstance(node, ast.Compare):
            looked_at = [node.left, *node.comparators]
        elif isinstance(node, ast.Attribute) and node.attr == "__name__":
            looked_at = [node.value]
        kinds = (one.func for one in looked_at if isinstance(one, ast.Call))
        found.update(id(one) for one in kinds if isinstance(one, ast.Name) and one.id == "type")
    return found


def _is_doubtful(node: ast.AST, own: str, harmless: set[int]) -> bool:
    """Whether part of a definition reaches beyond a call, or is made once and kept."""
    if isinstance(node, ast.Name):
        return id(node) not in harmless and (node.id in REACHING or node.id == own)
    if isinstance(node, ast.Attribute):
        return node.attr in DUNDERS
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value in DUNDERS
    if isinstance(node, Function | ast.ClassDef):
        return not all(map(_is_plain_mark, node.decorator_list))
    return isinstance(node, ast.Global)


def _is_plain_class(definition: ast.ClassDef) -> bool:
    """Whether nothing that may change is made with a class: members of an enumeration, a list, a class inside."""
    bases = [_last_name(base) for base in definition.bases]
    return (
        not definition.keywords
        and not any(not base or base.endswith(("Enum", "Flag")) for base in bases)
        and all(map(_is_plain_in_a_class, definition.body))
    )


def _is_plain_in_a_class(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return statement.value is None or _is_fixed(statement.value)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, Function | ast.Pass)


def _ends_with_its_call(function: Function, nodes: Iterable[ast.AST], methods: frozenset[str] = frozenset()) -> bool:
    """Whether what it is given when it is made cannot change, and it sets parts of its own values only.

    Args:
        nodes: of the function.
        methods: of its class: a part of one of them would stay.
    """
    given = [*function.args.defaults, *(one for one in function.args.kw_defaults if one is not None)]
    own, changed = set[str](), list[ast.expr]()
    for node in nodes:
        if isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            own.update([node.id] if isinstance(node, ast.Name) else ())
            changed.append(node)
    own.difference_update(_the_class(function))
    return all(map(_is_fixed, given)) and all(_is_part_of(one, own, methods) for one in changed)


def _the_class(function: Function) -> list[str]:
    """The name under which a method is given its class, if it is."""
    given = function.name in OF_CLASSES or "classmethod" in map(_last_name, function.decorator_list)
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)][:1] if given else []


def _is_part_of(changed: ast.expr, own: set[str], methods: frozenset[str]) -> bool:
    """Whether what is set is a name, or a part of something that has one of these names."""
    *_, root = path = list(_path(changed))
    beneath = {node.attr for node in path[1:] if isinstance(node, ast.Attribute)}
    return isinstance(root, ast.Name) and root.id in own and not beneath & methods


def _path(node: ast.expr) -> Iterator[ast.expr]:
    """`a.b[0].c`, `a.b[0]`, `a.b`, `a`; what a method of a value gives counts as its part."""
    yield node
    if isinstance(node, ast.Attribute | ast.Subscript):
        yield from _path(node.value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _path(node.func.value)


def _is_plain_mark(decorator: ast.expr) -> bool:
    return _last_name(decorator.func if isinstance(decorator, ast.Call) else decorator) in PLAIN


def _last_name(node: ast.expr) -> str:
    """`Module` of `nn.Module`; nothing of what has no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_fixed(value: ast.expr) -> bool:
    """Whether a value cannot change: a constant, or what has a name elsewhere."""
    parts = {ast.UnaryOp: ("operand",), ast.BinOp: ("left", "right")}.get(type(value), ())
    if isinstance(value, ast.Tuple) or parts:
        inner = value.elts if isinstance(value, ast.Tuple) else [getattr(value, part) for part in parts]
        return all(map(_is_fixed, inner))
    return isinstance(value, ast.Constant | ast.Name | ast.Attribute)
