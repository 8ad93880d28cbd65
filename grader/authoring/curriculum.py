"""What an assignment covers of its curriculum: each row asked, shown or worked through, and where; or missing.

A claim counts only where it holds: a question that there is, or a section in which a word that belongs to the row
stands, in its text or in a cell that runs already. What holds no more is said, and the row is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.authoring.faults import Fault
from grader.course.catalog import Course
from grader.course.notebooks import SourceCell, source_cells
from grader.records import Assignment, Claim

_HEADING = re.compile(r"^(#+)[ \t]+(.*?)[ \t]*$", re.M)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a curriculum.

    Attributes:
        asked: questions, those beyond the core say so.
        shown, worked: sections, of which a cell shows it, or the text works it through.
        broken: claims that do not hold: the key in the table, what is wrong, what to do.
        without: why it is missing, where the table says that it is.
    """

    id: str
    about: str
    asked: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    broken: tuple[tuple[str, str, str], ...] = ()
    without: str = ""

    @property
    def covered(self) -> bool:
        return bool(self.asked or self.shown or self.worked)

    @property
    def ways(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """How it is covered, and where; a row that is not is missing, with the reason."""
        ways = (("asked", self.asked), ("shown", self.shown), ("worked through", self.worked))
        return tuple(way for way in ways if way[1]) or (("missing", (self.without,) if self.without else ()),)


def rows_of(course: Course, id: str) -> tuple[Row, ...]:
    """An assignment's rows, in the table's order. Raises CourseError."""
    assignment, cells = course.whole(id), source_cells(course, id)
    texts, code = sections(cells, "markdown"), sections(cells, "code")
    return tuple(_row(assignment, id, texts, code) for id in assignment.curriculum)


def coverage(course: Course, id: str) -> Iterator[Fault]:
    """Rows that nothing covers and nobody has given up, claims that do not hold, and what is given up and covered."""
    table, assignment = course.table(id), course.whole(id)
    for row in rows_of(course, id):
        for key, what, fix in row.broken:
            yield Fault(f"{table}: {key}", what, fix)
        if not row.covered and not row.without and not row.broken:
            fix = "add it to a question's rows, to [taught] or [shown], or say under [missing] why it is"
            yield Fault(f"{table}: curriculum.{row.id}", "nothing covers this row", fix)
        if row.covered and row.without:
            yield Fault(f"{table}: missing.{row.id}", f"this row is {row.ways[0][0]}", "take it out of [missing]")
    for name, claims in (("taught", assignment.taught), ("shown", assignment.shown), ("missing", assignment.missing)):
        for unknown in sorted(set(claims) - set(assignment.curriculum)):
            yield Fault(f"{table}: {name}.{unknown}", "there is no such row", "add it to [curriculum]")


def sections(cells: Iterable[SourceCell], kind: str) -> dict[str, str]:
    """What stands under each heading, down to the next that is as high: texts, or cells that run already."""
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for cell, question, source in cells:
        place = 0
        for heading in _HEADING.finditer(source) if cell == "markdown" else ():
            if kind == "markdown" and not question:
                _add(found, above, source[place : heading.start()])
            place, level = heading.end(), len(heading[1])
            above = [*(one for one in above if one[0] < level), (level, heading[2])]
            found.setdefault(heading[2], "")
        if cell == kind and not question:
            _add(found, above, source[place:])
    return found


def _add(found: dict[str, str], above: Iterable[tuple[int, str]], text: str) -> None:
    for _, heading in above:
        found[heading] += f" {text}"


def _row(assignment: Assignment, id: str, texts: Mapping[str, str], code: Mapping[str, str]) -> Row:
    asked = [one for one in assignment.questions if id in one.rows]
    held: dict[str, tuple[str, ...]] = {"taught": (), "shown": ()}
    broken = []
    for name, claims, stands in (("taught", assignment.taught, texts), ("shown", assignment.shown, code)):
        if claim := claims.get(id):
            if fault := _fault(claim, stands, name):
                broken.append((f"{name}.{id}", *fault))
            else:
                held[name] = (claim.section,)
    return Row(
        id,
        assignment.curriculum[id],
        tuple(one.id + " (beyond)" * one.beyond for one in asked),
        held["shown"],
        held["taught"],
        tuple(broken),
        assignment.missing.get(id, ""),
    )


def _fault(claim: Claim, stands: Mapping[str, str], name: str) -> tuple[str, str] | None:
    """Why a claim does not hold, and what to do about it."""
    if claim.section not in stands:
        headings = ", ".join(sorted(stands)) or "none"
        return f"the notebook has no section {claim.section!r}", f"write one of its headings: {headings}"
    if claim.says.casefold() in " ".join(stands[claim.section].split()).casefold():
        return None
    whose = f"the text of {claim.section!r}" if name == "taught" else f"no cell of {claim.section!r} that runs already"
    does = "does not hold" if name == "taught" else "holds"
    return f"{whose} {does} {claim.says!r}", "write what does, or take the row out"
