"""The names of the notebook that a cell binds, changes and uses, as far as its text tells."""

from __future__ import annotations

import ast
import contextlib
import symtable
from collections.abc import Iterable, Iterator


def binds_and_uses(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the notebook that a cell binds or changes, and those that it uses; of what is no Python, none."""
    try:
        tree, table = ast.parse(source), symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return frozenset(), frozenset()
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    uses = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    added_to = [node.target for node in ast.walk(tree) if isinstance(node, ast.AugAssign)]
    uses |= {target.id for target in added_to if isinstance(target, ast.Name)}
    for symbol in _globals(table):
        uses.add(symbol.get_name())
        binds |= {symbol.get_name()} if symbol.is_assigned() else set()
    return frozenset(binds.union(*map(_changed, tree.body))), frozenset(uses)


def _globals(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    """What stands for a name of the notebook in the functions of a cell, however deep."""
    for child in table.get_children():
        yield from (symbol for symbol in child.get_symbols() if symbol.is_global())
        yield from _globals(child)


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
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return found


def takes(source: str) -> frozenset[str]:
    """The names that a cell takes from elsewhere: those that it uses before it has bound them itself.

    And all that its functions use: they may be called when another cell has bound these names again.
    """
    reader = _Reader()
    try:
        reader.read(ast.parse(source).body)
        inside = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(reader.taken.union(symbol.get_name() for symbol in _globals(inside)))


class _Reader(ast.NodeVisitor):
    """Goes through a cell as it runs, and notes what is used before it is bound. Functions are not gone into."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._bound: set[str] = set()

    def read(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    @contextlib.contextmanager
    def _perhaps(self) -> Iterator[None]:
        """What is bound in the block may not be afterwards."""
        before = set(self._bound)
        yield
        self._bound = before

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._bound.add(node.id)
        elif node.id not in self._bound:
            self.taken.add(node.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.read([node.value, *node.targets])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.read([node.annotation, node.value, node.target if node.value else None])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.read([node.value, node.target])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name) and node.target.id not in self._bound:
            self.taken.add(node.target.id)
        self.read([node.value, node.target])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.read([node.iter, node.target, *node.body, *node.orelse])

    visit_AsyncFor = visit_For  # noqa: N815

    def visit_If(self, node: ast.If) -> None:
        self.read([node.test])
        for branch in (node.body, node.orelse):
            with self._perhaps():
                self.read(branch)

    def visit_Match(self, node: ast.Match) -> None:
        self.read([node.subject])
        for case in node.cases:
            with self._perhaps():
                self.read([case])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        with self._perhaps():
            self._bound.add(node.name or "")
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Its body is for `takes`, by the table of symbols."""
        self.read([*node.decorator_list, node.args, node.returns])
        self._bound.add(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_arguments(self, node: ast.arguments) -> None:
        every = (*node.posonlyargs, *node.args, node.vararg, *node.kwonlyargs, node.kwarg)
        self.read([*node.defaults, *node.kw_defaults, *(one.annotation for one in every if one)])

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.read([node.args])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.read([*node.decorator_list, *node.bases, *node.keywords])
        with self._perhaps():
            self.read(node.body)
        self._bound.add(node.name)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        with self._perhaps():
            for part in node.generators:
                self.read([part.iter, part.target, *part.ifs])
            self.read([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp  # noqa: N815

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self._bound |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}

    visit_ImportFrom = visit_Import  # noqa: N815
