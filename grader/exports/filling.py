"""Fills a file that a platform exported: grades go into their column, and all else stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError, UsageError
from grader.exports.entries import Entry, Options, State, Told, Work, number_of
from grader.exports.numbers import has_commas, read_number, written
from grader.roster.columns import plain
from grader.roster.matching import Matcher
from grader.roster.reading import ClassList
from grader.roster.tables import Cell, Line


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file that may take grades.

    Attributes:
        title: as it stands there.
        name: of the assignment, without what the platform adds.
        most: the maximum there; None where the file does not say it.
        closed: why nothing may be written there.
        also: other columns that hold numbers, and show how they are written.
    """

    index: int
    title: str
    name: str
    most: float | None = None
    closed: str = ""
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Format:
    """How a platform's file is filled.

    Attributes:
        columns: those of a file that may take grades.
        excused: what stands for somebody who is excused.
        places: decimals; None: no more than it takes.
        line: whether a row may be filled; else the reason.
        beside: what else is written into a row: the cell, and its new text.
    """

    name: str
    columns: Callable[[ClassList], list[Column]]
    excused: str = ""
    places: int | None = None
    line: Callable[[ClassList, Line], str] = lambda read, line: ""
    beside: Callable[[ClassList, Line, Entry, Work], dict[Cell, str]] = lambda read, line, entry, work: {}


def fill(form: Format, read: ClassList, works: Sequence[Work], options: Options) -> tuple[bytes, Told]:
    """The file with the grades, and what was done.

    Raises UsageError or CourseError where it is not clear which column takes an assignment's grades.
    """
    if read.form.name != form.name:
        raise CourseError(
            read.table.path, f"this is a {read.form.title}", f"name what {form.name.capitalize()} exports"
        )
    told = Told()
    cells: dict[Cell, str] = {}
    every = form.columns(read)
    numbers = {index for column in every for index in (column.index, *column.also)}
    texts = (line.cells[index].text for line in read.table.lines for index in numbers)
    commas = has_commas(texts, read.table.separator)
    chosen = {work.id: _column(read.table.path, work, every, options, len(works)) for work in works}
    _no_two(read.table.path, chosen)
    for work in works:
        column = chosen[work.id]
        if column is None:
            told.left.append((work.id, f"no column of {read.table.path} is called so; name it with --column"))
            continue
        told.said.append(f"{work.id}: column {column.title!r}")
        scale = _scale(read.table.path, work, column, options)
        _fill_column(_Filling(form, read, work, column, commas, scale, options, told, cells))
    if all(column is None for column in chosen.values()):
        names = ", ".join(repr(column.name) for column in every) or "none"
        raise UsageError(
            f"{read.table.path}: which column is meant? Write --column ASSIGNMENT=TITLE; there are {names}"
        )
    return read.table.filled(cells), told


@dataclass(frozen=True)
class _Filling:
    form: Format
    read: ClassList
    work: Work
    column: Column
    commas: bool
    scale: float
    options: Options
    told: Told
    cells: dict[Cell, str]


def _fill_column(todo: _Filling) -> None:
    matcher, told = Matcher(todo.read.people), todo.told
    lines = {id(person): line for person, line in zip(todo.read.people, todo.read.lines, strict=True)}
    by_line: dict[int, list[Entry]] = {}
    for entry in todo.work.entries:
        match = matcher.find(entry.clues)
        if match.person is not None:
            by_line.setdefault(lines[id(match.person)].number, []).append(entry)
        elif entry.state is not State.MISSING:
            told.left.append((entry.name, f"{todo.work.id}: not in the file: {match.why}"))
    for line in todo.read.lines:
        entries = by_line.get(line.number, [])
        if len(entries) > 1:
            said = f"{todo.work.id}: {len(entries)} grades for one row of the file"
            told.left += [(entry.name, said) for entry in entries]
        elif entries:
            _fill_line(todo, line, entries[0])


def _fill_line(todo: _Filling, line: Line, entry: Entry) -> None:
    told, cell = todo.told, line.cells[todo.column.index]
    before = cell.text.strip()
    number, why = number_of(entry, todo.options)
    why = why or (todo.form.line(todo.read, line) if number is not None else "")
    if not why and number is not None and before.upper() == "EX":
        why = "excused there: kept"
    if why or (number is None and not (entry.state is State.EXCUSED and todo.form.excused)):
        why = why or ("excused: set it there by hand" if entry.state is State.EXCUSED else "")
        if why:
            told.left.append((entry.name, f"{todo.work.id}: {why}"))
        return
    text = todo.form.excused if number is None else written(number * todo.scale, todo.commas, todo.form.places)
    told.written += 1
    old = read_number(before)
    if before and before != text and (old is None or number is None or abs(old - number * todo.scale) >= 0.005):
        told.changed.append((entry.name, before, text))
    if entry.state is State.UNJUDGED:
        told.left.append((entry.name, f"{todo.work.id}: written, but unjudged: a person must look"))
    todo.cells[cell] = text
    todo.cells.update(todo.form.beside(todo.read, line, entry, todo.work))


def _column(path: Path, work: Work, every: Sequence[Column], options: Options, works: int) -> Column | None:
    """The column that takes an assignment's grades. Raises UsageError or CourseError."""
    named = options.columns.get(work.id, "")
    words = {plain(named)} if named else {plain(work.id), plain(work.title), plain(work.id.partition("_")[2])}
    found = [one for one in every if plain(one.name) in words or plain(one.title) in words]
    free = [one for one in every if not one.closed]
    if not found and not named and works == 1 and len(free) == 1:
        found = free
    if named and not found:
        names = ", ".join(repr(column.name) for column in every) or "none"
        raise UsageError(f"{path}: there is no column {named!r} for grades; there are {names}")
    if len(found) > 1:
        titles = ", ".join(repr(one.title) for one in found)
        raise UsageError(f"{path}: {work.id} may be {titles}; say which: --column {work.id}=TITLE")
    if found and found[0].closed:
        raise CourseError(f"{path}: {found[0].title}", found[0].closed, "take another column")
    return found[0] if found else None


def _no_two(path: Path, chosen: dict[str, Column | None]) -> None:
    first: dict[int, str] = {}
    for id, column in chosen.items():
        if column is not None and first.setdefault(column.index, id) != id:
            raise UsageError(
                f"{path}: {column.title!r} is the column of {first[column.index]} and of {id}; use --column"
            )


def _scale(path: Path, work: Work, column: Column, options: Options) -> float:
    """What points are multiplied by. Raises CourseError where the maximum there is another."""
    if column.most is None or abs(column.most - work.points) < 0.005:
        return 1.0
    if not options.scale or not work.points:
        said = f"{column.most:g} points there, {work.points:g} here"
        fix = f"make it {work.points:g} there, or convert all points with --scale"
        raise CourseError(f"{path}: {column.title}", said, fix)
    return column.most / work.points
