"""The names of the notebook that a cell binds, changes and uses, as far as its text tells."""

from __future__ import annotations

import ast
import contextlib
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.course.unbound import unbound_in

SETTING = frozenset({"manual_seed", "seed", "set_grad_enabled"})  # what these set is set anew before each check
DRAWING = frozenset({"plt"})
WRITING = frozenset(
    {"chdir", "copyfile", "copytree", "dump", "extractall", "makedirs", "mkdir", "save", "savetxt", "savez", "to_csv"}
    | {"savez_compressed", "tofile", "touch", "unpack_archive", "write_bytes", "write_text"}
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a cell does with the names of the notebook.

    Attributes:
        binds: those that it gives a value to, `defines` those of them that are but functions, classes, imports and
            constants, which nobody changes in place without a word.
        changes: those whose values a statement of it changes in place.
        uses, takes: those that it uses; and those that it uses before it has surely bound them itself, or in functions,
            which may be called when another cell has bound them again.
        imports: those under which it imports something.
        acts_on: those of which it calls something for no value, or sets something; drawing and seeding do not count.
        writes: whether it seems to write a file.
    """

    binds: frozenset[str]
    defines: frozenset[str]
    changes: frozenset[str]
    uses: frozenset[str]
    takes: frozenset[str]
    imports: frozenset[str]
    acts_on: frozenset[str]
    writes: bool

    @property
    def data(self) -> frozenset[str]:
        """Of those it binds the ones whose values may be changed in place, by whoever uses them."""
        return self.binds - self.defines

    @classmethod
    def of(cls, source: str) -> Names:
        """Those of a cell. Raises SyntaxError, ValueError or RecursionError of what Python cannot read."""
        tree, table = ast.parse(source), symtable.symtable(source, "cell", "exec")
        binds, uses = _bound_and_used(tree, table)
        inside = (s.get_name() for s in _globals(table, classes=True))
        plain = [node for one in tree.body for node in _outside_functions(one)]
        constant = {id(target) for node in plain if _is_constant(node) for target in node.targets}  # type: ignore[attr-defined]
        stored = {
            n.id for n in plain if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store) and id(n) not in constant
        }
        return cls(
            frozenset(binds),
            frozenset(binds - stored),
            frozenset().union(*map(_changed, tree.body)),
            frozenset(uses),
            frozenset(unbound_in(tree.body).union(inside)),
            frozenset(_imported(tree)),
            frozenset().union(*map(_acted_on, plain)),
            any(map(_writes, plain)),
        )


@lru_cache(maxsize=4096)
def binds_and_uses(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the notebook that a cell binds or changes, and those that it uses; of what is no Python, none."""
    try:
        tree, table = ast.parse(source), symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return frozenset(), frozenset()
    binds, uses = _bound_and_used(tree, table)
    return frozenset(binds.union(*map(_changed, tree.body))), frozenset(uses)


def _bound_and_used(tree: ast.Module, table: symtable.SymbolTable) -> tuple[set[str], set[str]]:
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    uses = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    added_to = [node.target for node in ast.walk(tree) if isinstance(node, ast.AugAssign)]
    uses |= {target.id for target in added_to if isinstance(target, ast.Name)}
    for symbol in _globals(table):
        uses.add(symbol.get_name())
        binds |= {symbol.get_name()} if symbol.is_assigned() else set()
    return binds, uses


def _globals(table: symtable.SymbolTable, *, classes: bool = False) -> Iterator[symtable.Symbol]:
    """What stands for a name of the notebook in the functions of a cell, however deep.

    Args:
        classes: also what a class in a function uses and binds, `x = x`: it may take it from outside.
    """
    for child in table.get_children():
        inner = classes and (table.get_type(), child.get_type()) == ("function", "class")
        for symbol in child.get_symbols():
            if symbol.is_global() or (inner and symbol.is_assigned() and symbol.is_referenced()):
                yield symbol
        yield from _globals(child, classes=classes)


def _changed(node: ast.AST) -> set[str]:
    """Names whose values a statement changes in place: `x[0] = 1`, `x.y = 1`, and `x.append(1)` as a line of its own.

    Of what stands in a function nothing is known to happen.
    """
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return set()
    found = set().union(*map(_changed, ast.iter_child_nodes(node)))
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        found |= _root(node)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        found |= _root(node.value.func)
    return found


def _root(node: ast.expr) -> set[str]:
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def modules_in(sources: Iterable[str]) -> set[str]:
    """The names under which cells import something.

    `torch.manual_seed(0)` does not change torch as `x.append(1)` changes x.
    """
    found: set[str] = set()
    for source in sources:
        with contextlib.suppress(SyntaxError, ValueError):
            found |= _imported(ast.parse(source))
    return found


def _imported(tree: ast.Module) -> set[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {(alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names}


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and its parts, as far as they run at once."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
        for child in ast.iter_child_nodes(node):
            yield from _outside_functions(child)


def _is_constant(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)


def _acted_on(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        return _root(node)
    call = node.value if isinstance(node, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr not in SETTING:
        return _root(call.func) - DRAWING
    return set()


def _writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in WRITING
    modes = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "mode")]
    opened = isinstance(node.func, ast.Name) and node.func.id == "open"
    return opened and any(isinstance(mode, ast.Constant) and set("wax+") & set(str(mode.value)) for mode in modes)
