"""Which cells of a notebook must run: those that are a student's, and those on which they or the checks rest.

The others are as they were handed out and only show something. They draw and train for the student's eyes, for longer
than many an answer takes, and while grading nobody looks. A cell that a student has changed is the student's, and runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from grader.course.catalog import Course
from grader.course.first_cell import first_cell
from grader.course.names import Names
from grader.intake.submission import read_cells, read_notebook
from grader.kernel.packages import plain_python
from grader.records import Cell

# Who uses one of these, or writes one of those, may reach any name.
_ANY_NAME = re.compile(r"globals|locals|vars|dir|eval|exec|In|Out|_{1,3}|_i?\d+|_[io]h")
_ANY_WORD = re.compile(
    r"\b(?:__main__|__globals__|f_globals|currentframe|_getframe|builtins|get_ipython|user_ns"
    r"|pickle|dill|get_type_hints)\b|\bweights_only *= *False"
)
MOST_IN_A_CELL, MOST = 20_000, 300_000  # characters that are read for it: longer ones simply run
_WORD = re.compile(r"\w+")
_FINDS = "_find_handout"  # the function of the first cell

# By a suite: of the notebook; and whether it is handed on, but to what looks for the nickname in a quest's own cell.
_ASKED = re.compile(r"\bstudent\.(\w+)")
_HANDED_ON = re.compile(r"^(?!\s*(?:def |draw\.quest\())(?=.*\bstudent\b(?!\.))", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\.(\w+)")
_TEXT = re.compile(r"""["']([\w ]+)["']""")


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
        _read(source)  # once, and not in each grading process
    return Given(sources, frozenset(asked), first_cell(id).strip())


def left_out(cells: Sequence[Cell], given: Given | None) -> frozenset[int]:
    """The numbers of the cells that need not run; none where that cannot be told.

    A cell is needed where it binds a name that a needed cell takes or that a check asks for, where it changes such a
    name's value or, if that is no function, class or module, only uses it; and where it does something without a name.
    """
    if given is None or sum(len(cell.source) for cell in cells) > MOST:
        return frozenset()
    read = {cell.number: _read(cell.source.strip()) for cell in cells}
    first = {cell.number for cell in cells if cell.source.strip() == given.first}
    if first and any(_FINDS in cell.source for cell in cells if cell.number not in first):
        return frozenset()
    known = {number: one for number, one in read.items() if one and number not in first}
    idle = {cell.number for cell in cells if not cell.question and cell.source.strip() in given.sources} - first
    if len(known) + len(first) < len(cells):
        return frozenset()
    modules = frozenset().union(*(one.imports for one in known.values()))
    data = frozenset().union(*(one.data for one in known.values()))
    idle = {number for number in idle if not (known[number].acts_on & modules or known[number].writes)}
    wanted = given.asked.union(*(known[number].takes for number in known.keys() - idle))
    while needed := {number for number in idle if _touches(known[number], wanted, modules, data)}:
        idle -= needed
        wanted = wanted.union(*(known[number].takes for number in needed))
    return frozenset(idle | first)


def _touches(cell: Names, wanted: frozenset[str], modules: frozenset[str], data: frozenset[str]) -> bool:
    return bool(wanted & (cell.binds | (cell.changes - modules) | (cell.uses & data)))


@lru_cache(maxsize=5_000)
def _read(source: str) -> Names | None:
    """The names of a cell; None where they cannot be read, or where it may reach any other."""
    if len(source) > MOST_IN_A_CELL or _ANY_WORD.search(source):
        return None
    text = plain_python(source)
    try:
        names = Names.of(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if "*" in names.imports or any(map(_ANY_NAME.fullmatch, names.takes)):
        return None
    if text != source or "__future__" in text:  # a magic: nobody knows what it does with the words in it
        words = frozenset(_WORD.findall(source))
        return replace(names, uses=names.uses | words, takes=names.takes | words, writes=True)
    return names


def _asked_in(text: str) -> set[str]:
    """The names that a suite's file may ask a notebook for: all that it asks anything for, where it hands it on."""
    if not _HANDED_ON.search(text):
        return set(_ASKED.findall(text))
    return {*_ATTRIBUTE.findall(text), *(word for words in _TEXT.findall(text) for word in words.split())}
