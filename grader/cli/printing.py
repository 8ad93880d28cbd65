"""What commands print: a class as a table or as JSON, and how far a piece of work is."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grader.cli.moves import lines_of, move_json, worth
from grader.intake.accounts import counts
from grader.kernel.packages import is_quiet
from grader.records import Standing, Status, Student, Unreadable
from grader.storage import FORMAT, to_json
from grader.text import clean, last_line, points

if TYPE_CHECKING:  # what loads torch is imported by the command that needs it
    from grader.classroom.people import People
    from grader.classroom.roll import Row
    from grader.classroom.summary import ClassResult, Outcome
    from grader.intake.inbox import Intake

MISSED = 10  # packages that are named
TOLD = 5  # lines about the progress of a piece of work, where there is no terminal
out, err = Console(highlight=False), Console(stderr=True, highlight=False)


@contextmanager
def steps(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A function to call after each step: a bar with the time left on a terminal, now and then a line elsewhere."""
    if err.is_terminal:
        with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=err) as bar:
            task = bar.add_task("", total=total)
            yield lambda: bar.advance(task)
        return
    started, done = time.monotonic(), iter(range(1, total + 1))

    def tell() -> None:
        number = next(done)
        if number == total or number * TOLD // total > (number - 1) * TOLD // total:
            left = (time.monotonic() - started) / number * (total - number)
            err.print(Text(f"{what}: {number} of {total}" + (f", about {left:.0f} s left" if left else "")))

    yield tell


def line_of(entry: Outcome | Unreadable) -> str:
    if isinstance(entry, Unreadable):
        return f"{clean(entry.student.name, 60)}: {clean(entry.reason, 200)}"
    grade = entry.grade
    return f"{clean(grade.student.name, 60)} {grade.assignment}: {points(grade.earned)} of {points(grade.points)}"


def show(result: ClassResult, intake: Intake | None = None) -> None:
    """The class as a table, what became of the files, where the pages are, and who needs a person.

    Args:
        intake: None where nothing was handed in: the class was scored again.
    """
    ran = {place: one.fresh for place, one in result.ran.items()}
    was = {(move.row.grade.student.key, move.row.grade.assignment): move.before for move in result.moves}
    table = Table("student", "assignment", "points", "%", "", box=None, pad_edge=False)
    for row in result.rows:
        grade = row.grade
        place = (grade.student.key, grade.assignment)
        remark = {True: "", False: "unchanged", None: "from an earlier run" if intake else "unchanged"}[ran.get(place)]
        remark = f"was {worth(was[place])}" if place in was else remark
        remark = "excused" if grade.status is Standing.EXCUSED else remark
        remark = ("needs a person" if row.stuck else "to be read") if grade.status is Standing.UNJUDGED else remark
        cells = (clean(row.shown, 40), grade.assignment, f"{points(grade.earned)}/{points(grade.points)}")
        table.add_row(*map(escape, cells), f"{grade.percent:.0f}", remark)
    out.print(table)
    for line in lines_of(result):
        out.print(Text(line), soft_wrap=True)
    for entry in result.unreadable:
        out.print(Text(f"needs a person: {_why(entry, result.names)}"), soft_wrap=True)
    for row in result.rows:
        if row.stuck:
            who = clean(row.shown, 60)
            out.print(Text(f"needs a person: {who}: {_unjudged(row)}"), soft_wrap=True)
    show_unread(result.rows)
    show_doubtful(result.roll.doubtful, result.names)
    for id in dict.fromkeys(row.grade.assignment for row in result.rows):
        show_absent(id, result.roll.absent(id))
    for remark in result.remarks:
        out.print(Text(f"needs a person: {clean(remark, 1000)}"), soft_wrap=True)
    if intake:
        out.print(Text(f"files: {_places(intake)}"), soft_wrap=True)
        show_missing(result.missing)
    for page in result.pages:
        out.print(Text(f"class page: {page}"), soft_wrap=True)
    out.print(Text(f"feedback:   {result.table.parent / 'students'}"), soft_wrap=True)
    out.print(Text(f"grades:     {result.table}, {result.table.parent / 'gradebook.db'}"), soft_wrap=True)


def show_unread(rows: Iterable[Row]) -> None:
    """How many students' answers wait for a person, by assignment."""
    unread = Counter(row.grade.assignment for row in rows if row.unread)
    for id, count in sorted(unread.items()):
        said = f"answers of {count} student{'s' * (count > 1)} wait for a person to read them: grader mark {id}"
        out.print(Text(f"{id}: {said}"), soft_wrap=True)


def show_doubtful(doubtful: Iterable[tuple[Student, str]], names: Mapping[str, str]) -> None:
    """Who handed in and is not clearly somebody of the roster."""
    for student, why in doubtful:
        who = clean(names[student.key], 60)
        out.print(Text(f"not clearly in the roster: {who}: {clean(why, 300)}"), soft_wrap=True)


def show_absent(assignment: str, names: Sequence[str]) -> None:
    """Who handed in nothing."""
    if names:
        more = f" and {len(names) - MISSED} more, see the class page" if len(names) > MISSED else ""
        said = ", ".join(clean(name, 60) for name in names[:MISSED])
        out.print(Text(f"handed in nothing: {assignment}: {len(names)}: {said}{more}"), soft_wrap=True)


def show_missing(missing: dict[str, int]) -> None:
    """Which packages notebooks import that are not installed, and what to do about it."""
    if not missing:
        return
    for name, count in list(missing.items())[:MISSED]:
        harm = "its calls did nothing" if is_quiet(name) else "its use raised"
        out.print(Text(f"not installed: {clean(name, 60)}, imported by {count}; {harm}"), soft_wrap=True)
    if len(missing) > MISSED:
        out.print(f"not installed: and {len(missing) - MISSED} more")
    said = "If the course allows one of them, add it to `requirements` in course.toml, install it, and run again."
    out.print(Text(said), soft_wrap=True)


def _unjudged(row: Row) -> str:
    first = next((check for check in row.checks if check.status is Status.UNJUDGED), None)
    if first is None:
        return "it was graded before a question was added; grade it again"
    return f"{first.question} is unjudged: {clean(last_line(first.staff), 300)}"


def wide() -> Console:
    """Where a table goes that may be wider than a page: a file has no width."""
    return out if out.is_terminal else Console(highlight=False, width=1000)


def show_intake(intake: Intake, people: People) -> None:
    """Whose every file is, who needs a person, who is not in the roster, and how many files ended where."""
    table = Table("student", "id", "assignment", "attempt", "time", "late", "", "file", box=None, pad_edge=False)
    names = people.names()
    for account in intake.accounts:
        late = {True: "late", False: "in time", None: ""}[account.late]
        for student in account.students or (Student("", ""),):
            number = next(iter(people.called(student).ids.values()), "")
            cells = (
                names.get(student.key, ""),
                number,
                account.assignment,
                account.attempt,
                account.time,
                late,
                account.place.value,
            )
            table.add_row(*(escape(clean(cell, 60)) for cell in cells), escape(account.where))
    wide().print(table)
    for entry in intake.handed:
        if isinstance(entry, Unreadable):
            out.print(Text(f"needs a person: {_why(entry, names)}"), soft_wrap=True)
    show_doubtful([(people.students[key], why) for key, why in people.strangers().items()], names)
    out.print(Text(f"files: {_places(intake)}"), soft_wrap=True)


def _why(entry: Unreadable, names: Mapping[str, str]) -> str:
    who = names.get(entry.student.key, entry.student.name)
    return f"{clean(who, 60)}: {clean(entry.reason, 1000)} ({clean(entry.path, 1000)})"


def _places(intake: Intake) -> str:
    found = counts(intake.accounts)
    return f"{sum(found.values())}: " + ", ".join(
        f"{number} {place.value}" for place, number in found.items() if number
    )


def class_json(result: ClassResult, intake: Intake | None = None) -> dict[str, object]:
    """A graded class as plain data: everybody whom the gradebook knows, and what became of this run's files."""
    ran = [(row, result.ran.get((row.grade.student.key, row.grade.assignment))) for row in result.rows]
    return {
        "format": FORMAT,
        "grades": [
            json.loads(to_json(row.grade))
            | {"page": str(row.page), "fresh": bool(one and one.fresh), "in_this_run": one is not None}
            | {"asked": one.asked if one else ()}
            for row, one in ran
        ],
        "unreadable": [json.loads(to_json(entry)) for entry in result.unreadable],
        "files": {place.value: number for place, number in counts(intake.accounts if intake else ()).items()},
        "pages": [str(page) for page in result.pages],
        "missing": result.missing,
        "remarks": list(result.remarks),
        "absent": [
            {"student": json.loads(to_json(one.student)), "assignment": one.assignment, "excused": one.excused}
            for one in result.roll.missing
            if one.assignment in {row.grade.assignment for row in result.rows}
        ],
        "doubtful": [{"student": json.loads(to_json(one)), "reason": why} for one, why in result.roll.doubtful],
        "moves": [move_json(move) for move in result.moves],
    }
