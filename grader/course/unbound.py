"""What code takes from outside: the names that it uses before it has surely bound them, in the order of its run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence


def unbound_in(body: Iterable[ast.stmt]) -> set[str]:
    """Those of some statements. What stands in a function is not looked at: nobody knows when it runs."""
    reader = _Reader()
    reader.read(body)
    return reader.taken


class _Reader(ast.NodeVisitor):
    """Goes through code as it runs, and notes what is used before it is surely bound."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._bound: set[str] = set()

    def read(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _one_of(self, branches: Iterable[Sequence[ast.AST]]) -> None:
        """What is bound in a branch may not be afterwards."""
        for branch in branches:
            before = set(self._bound)
            self.read(branch)
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
        self.read([node.iter])
        self._one_of([[node.target, *node.body], node.orelse])

    visit_AsyncFor = visit_For  # noqa: N815

    def visit_While(self, node: ast.While) -> None:
        self.read([node.test])
        self._one_of([node.body, node.orelse])

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        """It may swallow what its body raises."""
        self.read(node.items)
        self._one_of([node.body])

    visit_AsyncWith = visit_With  # noqa: N815

    def visit_Try(self, node: ast.Try) -> None:
        self._one_of([[*node.body, *node.orelse], *([handler] for handler in node.handlers)])
        self.read(node.finalbody)

    visit_TryStar = visit_Try  # type: ignore[assignment]  # noqa: N815

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.read(node.values[:1])
        self._one_of([node.values[1:]])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.read([node.test])
        self._one_of([[node.body], [node.orelse]])

    def visit_If(self, node: ast.If) -> None:
        self.read([node.test])
        self._one_of([node.body, node.orelse])

    def visit_Match(self, node: ast.Match) -> None:
        self.read([node.subject])
        self._one_of([[case] for case in node.cases])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
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
        self._one_of([node.body])
        self._bound.add(node.name)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        made = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._one_of([[*(p for part in node.generators for p in (part.iter, part.target, *part.ifs)), *made]])

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp  # noqa: N815

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self._bound |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}

    visit_ImportFrom = visit_Import  # noqa: N815
