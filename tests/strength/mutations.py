"""Source code with one small change: everything that the operators offer at every place of a solution.

A change is made in the text, so that a survivor can be shown as a line of the author's own file. Places that no
student writes are left alone (what lies outside the solution regions), and so is what no suite should look at:
docstrings, annotations, the messages of exceptions.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from operators import OPERATORS, is_negative, swapped

from grader.course.notebooks import BEGIN, END

BLOCKS = ("body", "orelse", "finalbody")
PLAIN = re.compile(r"'([^'\"\\]*)'")


def mutations(source: str) -> Iterator[str]:
    """Each different source that one change makes of this one, of a definition; only those that compile."""
    tree = ast.parse(source)
    seen = {ast.dump(tree)}
    for first, last, new in _changes(tree, _written_by_students(source)):
        changed = replaced(source, first, last, new)
        if changed is not None and (dump := ast.dump(ast.parse(changed))) not in seen:
            seen.add(dump)
            yield changed


def _written_by_students(source: str) -> set[int]:
    """The numbers of the lines between the marks of solution regions."""
    lines, inside = set(), False
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or line.strip().startswith(BEGIN)) and not line.strip().startswith(END)
        if inside:
            lines.add(number)
    return lines


def _changes(tree: ast.AST, lines: set[int]) -> Iterator[tuple[ast.AST, ast.AST, list[ast.AST]]]:
    """(first node, last node, what takes the place of everything from the one to the other)."""
    for node in _places(tree):
        if getattr(node, "lineno", None) in lines:
            for new in OPERATORS.get(type(node), lambda node: ())(node):
                yield node, node, [new]
            if isinstance(node, ast.With):
                yield node, node, list(node.body)
        for name in BLOCKS:
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield from _in_block([statement for statement in block if statement.lineno in lines])


def _in_block(block: list[ast.stmt]) -> Iterator[tuple[ast.AST, ast.AST, list[ast.AST]]]:
    """Each statement dropped, and the order of two calls exchanged."""
    for statement in block:
        yield statement, statement, [ast.Pass()]
    for place, (one, other, *_) in enumerate(block[i:] for i in range(len(block) - 1)):
        if isinstance(one, ast.Expr) and isinstance(other, ast.Expr):
            yield one, other, next(iter(swapped(block[place : place + 2])))


def _places(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that may be replaced, from outside to inside."""
    yield node
    if isinstance(node, ast.Raise | ast.JoinedStr) or is_negative(node):
        return  # a message; text with values in it, whose positions Python 3.11 does not know; one number
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or name in ("annotation", "returns") or _is_text(child):
                continue
            if isinstance(child, ast.Tuple) and isinstance(node, ast.Subscript):
                for part in child.elts:  # without brackets of its own: the subscript handles the tuple
                    yield from _places(part)
            else:
                yield from _places(child)


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def replaced(source: str, first: ast.AST, last: ast.AST, new: list[ast.AST]) -> str | None:
    """The source with new code from one node to another, in brackets only where they are needed."""
    begin, end = _span(source, first, last)
    data = source.encode()
    indent = "\n" + " " * getattr(first, "col_offset", 0)
    text = indent.join(indent.join(_text(node).splitlines()) for node in new)
    plain, bracketed = (data[:begin] + form.encode() + data[end:] for form in (text, f"({text})"))
    if not isinstance(first, ast.expr):
        return plain.decode() if _compiles(plain) else None
    if not _compiles(bracketed):  # the place takes no brackets, as in `for x, y in`
        return plain.decode() if _compiles(plain) else None
    as_meant = ast.dump(ast.parse(bracketed))
    return (plain if _compiles(plain) and ast.dump(ast.parse(plain)) == as_meant else bracketed).decode()


def _span(source: str, first: ast.AST, last: ast.AST) -> tuple[int, int]:
    """Where two nodes begin and end, in bytes."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    assert isinstance(first, ast.expr | ast.stmt) and isinstance(last, ast.expr | ast.stmt)
    assert last.end_lineno is not None and last.end_col_offset is not None
    return starts[first.lineno - 1] + first.col_offset, starts[last.end_lineno - 1] + last.end_col_offset


def _text(node: ast.AST) -> str:
    """A node as code, with the quotation marks that the course uses."""
    text = ast.unparse(node)
    quoted = PLAIN.sub(r'"\1"', text)
    try:
        return quoted if ast.dump(ast.parse(quoted)) == ast.dump(ast.parse(text)) else text
    except SyntaxError:
        return text


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True
