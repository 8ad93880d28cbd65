"""Which cells of a reference a question rests on: those that bind the names it uses, and the names those use.

A proof asks one question many times. It runs the cells that the question needs and leaves out demonstrations, such as
a training loop between two questions. A cell that is left out although it was needed cannot make a proof too good: an
answer that lacks a name is no longer the mistake that it should be, and no longer an alternative that passes.

What a verdict is remembered by must miss nothing. So there a question rests on more: on every cell that binds a name
which its checks, or what they share with others, might reach in any way.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.catalog import Course
from grader.course.names import Names, binds_and_uses, modules_in
from grader.course.notebooks import source_cells
from grader.course.shown import only_shows
from grader.course.variants import Variant
from grader.records import Assignment

_ASKED = ("student", "reference")


@dataclass(frozen=True, slots=True)
class Part:
    """A code cell of the reference: its place among all cells, and the names of the notebook that it binds and uses.

    Attributes:
        data: of those it binds, the ones whose values may be changed in place, by whoever uses them.
        at_once: those that it uses when it runs, and not only in functions, or where something is shown.
    """

    place: int
    question: str
    source: str
    binds: frozenset[str]
    uses: frozenset[str]
    data: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Parts:
    """The code cells of one assignment's reference, and what its suites ask for.

    Attributes:
        asked: by question, names that its hidden checks ask the notebook or the reference for.
        reached: by question, every name that they could get from the reference; None where that cannot be known.
    """

    assignment: Assignment
    cells: tuple[Part, ...]
    asked: Mapping[str, frozenset[str]]
    reached: Mapping[str, frozenset[str] | None]
    _needed: dict[str, frozenset[int]] = field(default_factory=dict)

    def needed(self, question: str, variants: Iterable[Variant] = ()) -> frozenset[int]:
        """The places of the cells that a question rests on, its own among them, with other definitions in its cell."""
        if question not in self._needed:
            own = {part.place for part in self.cells if part.question == question}
            self._needed[question] = self._closure(own, self.asked.get(question, frozenset()))
        found = self._needed[question]
        names = {name for variant in variants for name in binds_and_uses(f"{variant.imports}\n{variant.source}")[1]}
        return found | self._closure(set(), names) if names else found

    def rests_on(self, question: str, variants: Iterable[Variant] = ()) -> frozenset[int]:
        """The places of all cells that a verdict on a question, or on these variants of it, may come from."""
        reached = self.reached.get(question)
        if reached is None:
            return frozenset(part.place for part in self.cells)
        return self._with_changes(self.needed(question, variants) | self._closure(set(), reached))

    def touched(self, question: str) -> frozenset[str]:
        """Other questions that rest on this one's cell: a mistake in it may be felt there."""
        [place] = [part.place for part in self.cells if part.question == question]
        return frozenset(q.id for q in self.assignment.coded if q.id != question and place in self.needed(q.id))

    def sources(self, places: Iterable[int]) -> list[str]:
        """The code of some cells, in order."""
        wanted = set(places)
        return [part.source for part in self.cells if part.place in wanted]

    def _with_changes(self, places: frozenset[int]) -> frozenset[int]:
        """Some cells, and those that may change their values without a word: `init.ones_(net.weight)`."""
        while True:
            data = {name for part in self.cells if part.place in places for name in part.data}
            more = {part.place for part in self.cells if part.at_once & data} - places
            if not more:
                return places
            places |= self._closure(more, ())

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
    modules = modules_in(source for _, _, source in code)
    cells = []
    for place, question, source in code:
        binds, uses = binds_and_uses(source)
        more = (_data(source), _at_once(source, assignment.shown_by))
        cells.append(Part(place, question, source, binds - (modules - modules_in([source])), uses, *more))
    suites = {q.id: _nodes(course.hidden(assignment.id) / f"test_{q.id}.py") for q in assignment.coded}
    shared = _attributes(*map(_nodes, course.shared_code(assignment.id)))
    return Parts(
        assignment,
        tuple(cells),
        {q.id: frozenset(q.names) | _asked(suites[q.id]) for q in assignment.coded},
        {id: None if nodes is None or shared is None else _reached(nodes, shared) for id, nodes in suites.items()},
    )


def _data(source: str) -> frozenset[str]:
    """The names of a cell's values that may be changed in place."""
    try:
        return Names.of(source).data
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()


def _at_once(source: str, shown_by: str) -> frozenset[str]:
    """The names that a cell uses when it runs; what only shows something does not run in the reference."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return frozenset()
    runs = [one for one in body if not (isinstance(one, ast.FunctionDef | ast.ClassDef) or only_shows(one, shown_by))]
    names = [node for one in runs for node in ast.walk(one) if isinstance(node, ast.Name)]
    return frozenset(name.id for name in names if isinstance(name.ctx, ast.Load))


def _nodes(file: Path) -> list[ast.AST] | None:
    """A file's code, piece by piece, nothing where there is none; None for what is no Python."""
    try:
        return list(ast.walk(ast.parse(file.read_text(encoding="utf-8") if file.is_file() else "")))
    except (OSError, SyntaxError, ValueError):
        return None


def _asked(nodes: list[ast.AST] | None) -> frozenset[str]:
    """The names that hidden checks ask the notebook or the reference for."""
    attributes = [node for node in nodes or () if isinstance(node, ast.Attribute)]
    return frozenset(a.attr for a in attributes if isinstance(a.value, ast.Name) and a.value.id in _ASKED)


def _reached(nodes: list[ast.AST], shared: frozenset[str]) -> frozenset[str] | None:
    """The names that hidden checks could get from the reference; None when they hand it on, as `vars(reference)` does.

    Args:
        shared: what the code that suites share speaks of.
    """
    attributes = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    names = [node for node in nodes if isinstance(node, ast.Name) and node.id == "reference"]
    own = _attributes(nodes)
    return own | shared if own is not None and all(id(name) in attributes for name in names) else None


def _attributes(*files: list[ast.AST] | None) -> frozenset[str] | None:
    """What some code asks any value for by name, as an attribute or by `getattr`; None for code that is no Python."""
    found: set[str] = set()
    for nodes in files:
        if nodes is None:
            return None
        found |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        found |= {text for text in texts if text.isidentifier()}
    return frozenset(found)
