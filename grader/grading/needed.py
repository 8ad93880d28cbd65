"""Which cells of a notebook must run: those that are a student's, and those on which they or the checks rest.

The others are as they were handed out and only show something. They draw and train for the student's eyes, for longer
than many an answer takes, and while grading nobody looks. A cell that a student has changed is the student's, and runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.course.catalog import Course
from grader.course.first_cell import first_cell
from grader.course.names import binds_and_uses, modules_in, takes
from grader.intake.submission import read_cells, read_notebook
from grader.kernel.packages import plain_python
from grader.records import Cell

# Who writes one of these may reach any name.
_ANY_NAME = frozenset(
    {"globals", "locals", "vars", "dir", "eval", "exec", "get_ipython", "In", "Out", "_", "__", "___"}
)
_ATTRIBUTE = re.compile(r"\.(\w+)")
_TEXT = re.compile(r"""["'](\w+)["']""")
# By a suite: of the notebook; and whether it is handed on, but to what looks for the nickname in a quest's own cell.
_ASKED = re.compile(r"\bstudent\.(\w+)")
_HANDED_ON = re.compile(r"^(?!\s*(?:def |draw\.quest\())(?=.*\bstudent\b(?!\.))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Given:
    """What there is to know of an assignment: the sources of its handout's cells but for the questions, stripped, and
    the names that its checks ask for.

    Attributes:
        first: of the sources the one of the first cell, which does nothing while grading.
    """

    sources: frozenset[str]
    asked: frozenset[str]
    first: str = ""


def given(course: Course, id: str) -> Given | None:
    """It, of an assignment whose cells may be left out: one that has a decorator of cells that only show something."""
    assignment, path = course.assignment(id), course.notebook(id)
    if not assignment.shown_by or not path.is_file():
        return None
    cells, _ = read_cells(read_notebook(path.read_bytes()))
    sources = frozenset(cell.source.strip() for cell in cells if not cell.question)
    own = {name for question in assignment.questions for name in question.names}
    files = [*course.hidden(id).glob("*.py"), *course.shared_code(id)]
    asked = own.union(*(_asked_in(file.read_text(encoding="utf-8", errors="replace")) for file in files))
    for source in sources:
        _names(source)  # once, and not in each grading process
    return Given(sources, frozenset(asked), first_cell(id).strip())


def left_out(cells: Sequence[Cell], given: Given | None) -> frozenset[int]:
    """The numbers of the cells that need not run.

    A cell is needed where it gives a value to, or changes, a name that a needed cell takes or that a check asks for.
    """
    if given is None:
        return frozenset()
    first = {cell.number for cell in cells if cell.source.strip() == given.first}
    names = {cell.number: _names(cell.source.strip()) for cell in cells if cell.number not in first}
    known = {number: one for number, one in names.items() if one and not one.is_open}
    idle = {cell.number for cell in cells if not cell.question and cell.source.strip() in given.sources}
    idle = {number for number in idle - first if number in known and not known[number].is_magic}
    if any(number not in known for number in names.keys() - idle):
        return frozenset()
    modules = frozenset().union(*(one.modules for one in known.values()))
    wanted = given.asked.union(*(known[number].takes for number in names.keys() - idle))
    while needed := {number for number in idle if known[number].changes(modules) & wanted}:
        idle -= needed
        wanted = wanted.union(*(known[number].takes for number in needed))
    return frozenset(idle | first)


@dataclass(frozen=True, slots=True)
class _Names:
    """Of a cell: the names of the notebook that it binds or changes, those that it takes, and those that it imports."""

    binds: frozenset[str]
    takes: frozenset[str]
    modules: frozenset[str]
    is_magic: bool  # it holds more than Python

    @property
    def is_open(self) -> bool:
        """Whether it may reach or bind any name without writing it."""
        return bool(self.takes & _ANY_NAME) or "*" in self.modules

    def changes(self, modules: Iterable[str]) -> frozenset[str]:
        """What it binds or changes: `torch.manual_seed(0)` does not change torch as `x.append(1)` changes x."""
        return self.binds - (frozenset(modules) - self.modules)


@lru_cache(maxsize=5_000)
def _names(source: str) -> _Names | None:
    """Those of a cell; None of what is no Python."""
    text = plain_python(source)
    try:
        compile(text, "cell", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _Names(binds_and_uses(text)[0], takes(text), frozenset(modules_in([text])), text != source)


def _asked_in(text: str) -> set[str]:
    """The names that a suite's file may ask a notebook for: all that it asks anything for, where it hands it on."""
    if not _HANDED_ON.search(text):
        return set(_ASKED.findall(text))
    return set(_ATTRIBUTE.findall(text)) | set(_TEXT.findall(text))
