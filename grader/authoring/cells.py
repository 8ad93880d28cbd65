"""Which cells of a reference a question rests on: those that bind the names it uses, and the names those use.

A proof asks one question many times. It runs the cells that the question rests on and leaves out demonstrations,
such as a training loop between two questions. A cell that is left out although it was needed cannot make a proof too
good: an answer that lacks a name is no longer the mistake that it should be, and no longer an alternative that passes.
"""

from __future__ import annotations

import ast
import contextlib
import symtable
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.catalog import Course
from grader.course.notebooks import source_cells
from grader.course.variants import Variant
from grader.records import Assignment, Question


@dataclass(frozen=True, slots=True)
class Part:
    """A code cell of the reference: its place among all cells, and the names of the notebook that it binds and uses."""

    place: int
    question: str
    source: str
    binds: frozenset[str]
    uses: frozenset[str]


@dataclass(frozen=True)
class Parts:
    """The code cells of one assignment's reference, and what its suites ask for."""

    assignment: Assignment
    cells: tuple[Part, ...]
    asked: Mapping[str, frozenset[str]]  # by question, names that its hidden checks speak of
    _needed: dict[str, frozenset[int]] = field(default_factory=dict)

    def needed(self, question: str, variants: Iterable[Variant] = ()) -> frozenset[int]:
        """The places of the cells that a question rests on, its own among them, with other definitions in its cell."""
        if question not in self._needed:
            own = {part.place for part in self.cells if part.question == question}
            self._needed[question] = self._closure(own, self.asked.get(question, frozenset()))
        found = self._needed[question]
        names = {name for variant in variants for name in binds_and_uses(f"{variant.imports}\n{variant.source}")[1]}
        return found | self._closure(set(), names) if names else found

    def touched(self, question: str) -> frozenset[str]:
        """Other questions that rest on this one's cell: a mistake in it may be felt there."""
        [place] = [part.place for part in self.cells if part.question == question]
        return frozenset(q.id for q in self.assignment.questions if q.id != question and place in self.needed(q.id))

    def sources(self, places: Iterable[int]) -> list[str]:
        """The code of some cells, in order."""
        wanted = set(places)
        return [part.source for part in self.cells if part.place in wanted]

    def _closure(self, places: set[int], names: Iterable[str]) -> frozenset[int]:
        found, wanted = set(places), set(names)
        while True:
            wanted |= {name for part in self.cells if part.place in found for name in part.uses}
            more = {part.place for part in self.cells if part.binds & wanted} - found
            if not more:
                return frozenset(found)
            found |= more


def read_parts(course: Course, assignment: Assignment) -> Parts:
    """The reference's code cells. Raises CourseError when there is no solution."""
    code = [(place, *cell[1:]) for place, cell in enumerate(source_cells(course, assignment.id)) if cell[0] == "code"]
    modules = _modules(source for _, _, source in code)
    cells = []
    for place, question, source in code:
        binds, uses = binds_and_uses(source)
        cells.append(Part(place, question, source, binds - (modules - _modules([source])), uses))
    folder = course.hidden(assignment.id)
    return Parts(assignment, tuple(cells), {q.id: _asked(q, folder / f"test_{q.id}.py") for q in assignment.questions})


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
    for inner in _scopes(table):
        for symbol in inner.get_symbols():
            if symbol.is_global():
                uses.add(symbol.get_name())
                binds |= {symbol.get_name()} if symbol.is_assigned() else set()
    return frozenset(binds.union(*map(_changed, tree.body))), frozenset(uses)


def _scopes(table: symtable.SymbolTable) -> Iterable[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


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


def _modules(sources: Iterable[str]) -> set[str]:
    """What cells import as modules: `torch.manual_seed(0)` does not change torch as `x.append(1)` changes x."""
    found: set[str] = set()
    for source in sources:
        with contextlib.suppress(SyntaxError, ValueError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return found


def _asked(question: Question, file: Path) -> frozenset[str]:
    """The question's names, and those that its hidden checks ask the notebook or the reference for."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return frozenset(question.names)
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    asked = {a.attr for a in attributes if isinstance(a.value, ast.Name) and a.value.id in ("student", "reference")}
    return frozenset(asked | set(question.names))
