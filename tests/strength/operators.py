"""What may stand in the place of a piece of code: for each kind of syntax node, the slips that people make there.

An operator takes a node and yields nodes for its place. None of them knows what the code is for, so many of the
results are nonsense, some are equivalent, and the rest are the mistakes that a suite must notice.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, cast

import torch
from confusions import ADDED, BINARY, COMPARED, MODULES, NAMES, ORDER_MATTERS, Plain

Operator = Callable[[Any], Iterable[ast.AST]]


def of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    """Off by one, the other sign, the other truth, a text cut short."""
    value, others = node.value, cast("list[Plain]", [])
    if isinstance(value, bool):
        others = [not value]
    elif isinstance(value, int):
        others = [value + 1, value - 1, -value]
    elif isinstance(value, float):
        others = [value + 1, value / 2, -value] if value else [1.0]
    elif isinstance(value, str):
        others = [value[:-1], ""] if value else ["_"]
    for other in others:
        if type(other) is not type(value) or other != value:
            yield ast.Constant(other)


def of_unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    """The sign or the negation forgotten; a negative number is one constant."""
    yield node.operand
    if is_negative(node):
        value = cast("float", cast(ast.Constant, node.operand).value)
        for other in (-value + 1, -value - 1):
            yield ast.Constant(other)


def is_negative(node: ast.AST) -> bool:
    """Whether this is a number with a minus in front."""
    return (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and isinstance(node.operand.value, int | float)
    )


def of_binary(node: ast.BinOp) -> Iterator[ast.AST]:
    """Another operator, the operands exchanged, one of them forgotten."""
    for kind in BINARY.get(type(node.op), ()):
        yield ast.BinOp(node.left, kind(), node.right)
    if isinstance(node.op, ORDER_MATTERS):
        yield ast.BinOp(node.right, node.op, node.left)
    yield node.left
    yield node.right


def of_compare(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        for kind in COMPARED[type(op)]:
            yield ast.Compare(node.left, changed(node.ops, place, kind()), node.comparators)


def of_bool(node: ast.BoolOp) -> Iterator[ast.AST]:
    """`and` for `or`, and one of the conditions forgotten."""
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for rest in shortened(node.values):
        yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def of_choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield node.body
    yield node.orelse
    yield ast.IfExp(node.test, node.orelse, node.body)


def of_call(node: ast.Call) -> Iterator[ast.AST]:
    """An argument forgotten, two exchanged, the call itself forgotten, a range that is one too long or too short."""
    for args in (*swapped(node.args), *shortened(node.args)):
        yield ast.Call(node.func, args, node.keywords)
    for keywords in shortened(node.keywords):
        yield ast.Call(node.func, node.args, keywords)
    if isinstance(node.func, ast.Attribute) and not is_module(node.func.value):
        yield node.func.value
    elif node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    yield from with_more(node)
    if isinstance(node.func, ast.Name):
        for name in NAMES.get(node.func.id, ()):
            if hasattr(builtins, name):
                yield ast.Call(ast.Name(name), node.args, node.keywords)
        if node.func.id == "range":
            yield from off_by_one(node)


def off_by_one(node: ast.Call) -> Iterator[ast.AST]:
    """A call in which one argument is one too much or too little."""
    for place, end in enumerate(node.args):
        for op in (ast.Add(), ast.Sub()):
            yield ast.Call(node.func, changed(node.args, place, ast.BinOp(end, op, ast.Constant(1))), node.keywords)


def with_more(node: ast.Call) -> Iterator[ast.AST]:
    """A call with a keyword argument too many."""
    if isinstance(node.func, ast.Attribute):
        given = {keyword.arg for keyword in node.keywords}
        for name, value in ADDED.get(node.func.attr, {}).items():
            if name not in given:
                yield ast.Call(node.func, node.args, [*node.keywords, ast.keyword(name, ast.Constant(value))])


def of_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    """A name that is taken for this one, the other of in place and not in place, a transposition forgotten."""
    others = [*NAMES.get(node.attr, ())]
    if hasattr(torch.Tensor, node.attr):
        others += [node.attr + "_"] if hasattr(torch.Tensor, node.attr + "_") else []
        others += [node.attr.removesuffix("_")] if node.attr.endswith("_") else []
    for name in others:
        if name != node.attr:
            yield ast.Attribute(node.value, name)
    if node.attr in ("T", "mT", "data"):
        yield node.value


def of_display(node: ast.Tuple | ast.List) -> Iterator[ast.AST]:
    """Two items exchanged, one forgotten."""
    for items in (*swapped(node.elts), *shortened(node.elts)):
        yield type(node)(elts=items, ctx=node.ctx)


def of_dict(node: ast.Dict) -> Iterator[ast.AST]:
    """Two values exchanged."""
    for values in swapped(node.values):
        yield ast.Dict(node.keys, values)


def of_subscript(node: ast.Subscript) -> Iterator[ast.AST]:
    """No index, one fewer, two exchanged; a slice without one of its ends."""
    yield node.value
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    found = [*swapped(parts), *(shortened(parts) if len(parts) > 1 else ())]
    for place, part in enumerate(parts):
        if isinstance(part, ast.Slice):
            for name in ("lower", "upper", "step"):
                kept = {field: value for field, value in ast.iter_fields(part) if field != name}
                found.append(changed(parts, place, ast.Slice(**kept)))
    for some in found:
        yield ast.Subscript(node.value, ast.Tuple(some) if len(some) > 1 else some[0])


def of_comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[ast.AST]:
    """A condition forgotten or turned around."""
    for place, loop in enumerate(node.generators):
        for number, test in enumerate(loop.ifs):
            tests = (changed(loop.ifs, number, negated(test)), [t for t in loop.ifs if t is not test])
            for ifs in tests:
                loops = changed(node.generators, place, ast.comprehension(loop.target, loop.iter, ifs, loop.is_async))
                yield type(node)(**{**dict(ast.iter_fields(node)), "generators": loops})


def of_if(node: ast.If | ast.While) -> Iterator[ast.AST]:
    """The condition turned around, or taken for true."""
    yield type(node)(negated(node.test), node.body, node.orelse)
    if isinstance(node, ast.If):
        yield ast.If(ast.Constant(True), node.body, node.orelse)


def of_return(node: ast.Return) -> Iterator[ast.AST]:
    """A cast too many."""
    if node.value is not None and not isinstance(node.value, ast.Constant | ast.Tuple | ast.Dict):
        yield ast.Return(ast.Call(ast.Attribute(node.value, "float"), [], []))


def of_assign(node: ast.Assign) -> Iterator[ast.AST]:
    """One of several targets forgotten; `x = x + y` in place."""
    if len(node.targets) > 1:
        for targets in shortened(node.targets):
            yield ast.Assign(targets, node.value, lineno=0)
    value, target = node.value, node.targets[0]
    if isinstance(value, ast.BinOp) and ast.unparse(value.left) == ast.unparse(target):
        yield ast.AugAssign(cast(ast.Name, target), value.op, value.right)


def of_augmented(node: ast.AugAssign) -> Iterator[ast.AST]:
    """Another operator, and `x += y` not in place."""
    for kind in BINARY.get(type(node.op), ()):
        yield ast.AugAssign(node.target, kind(), node.value)
    value = ast.BinOp(cast(ast.expr, node.target), node.op, node.value)
    yield ast.Assign([node.target], value, lineno=0)


def of_raise(node: ast.Raise) -> Iterator[ast.AST]:
    """Another kind of exception. What its message says is nobody's business."""
    if node.exc is not None:
        yield ast.Raise(ast.Call(ast.Name("RuntimeError"), [], []))


def negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def is_module(node: ast.expr) -> bool:
    """Whether this stands for a module, as far as its name tells."""
    if isinstance(node, ast.Attribute):
        return is_module(node.value)
    return isinstance(node, ast.Name) and node.id in MODULES


def changed(items: list[Any], place: int, item: Any) -> list[Any]:
    return [*items[:place], item, *items[place + 1 :]]


def swapped(items: list[Any]) -> Iterator[list[Any]]:
    """Each two neighbours exchanged."""
    for place, (a, b) in enumerate(pairwise(items)):
        yield [*items[:place], b, a, *items[place + 2 :]]


def shortened(items: list[Any]) -> Iterator[list[Any]]:
    """Each item left out."""
    for place in range(len(items)):
        yield [*items[:place], *items[place + 1 :]]


OPERATORS: dict[type[ast.AST], Operator] = {
    ast.Constant: of_constant,
    ast.UnaryOp: of_unary,
    ast.BinOp: of_binary,
    ast.Compare: of_compare,
    ast.BoolOp: of_bool,
    ast.IfExp: of_choice,
    ast.Call: of_call,
    ast.Attribute: of_attribute,
    ast.Tuple: of_display,
    ast.List: of_display,
    ast.Dict: of_dict,
    ast.Subscript: of_subscript,
    ast.ListComp: of_comprehension,
    ast.SetComp: of_comprehension,
    ast.GeneratorExp: of_comprehension,
    ast.DictComp: of_comprehension,
    ast.If: of_if,
    ast.While: of_if,
    ast.Return: of_return,
    ast.Assign: of_assign,
    ast.AugAssign: of_augmented,
    ast.Raise: of_raise,
}
