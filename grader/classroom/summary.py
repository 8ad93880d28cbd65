"""What a class comes to: everybody scored by the course as it is now, pages and tables written. Nothing is run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.moves import Move, moves_of
from grader.classroom.pages import Pages, write
from grader.classroom.people import people_of
from grader.classroom.remarks import remarks_on
from grader.classroom.roll import Roll, Row, roll_of
from grader.classroom.scorer import Scorer, scorer_of
from grader.classroom.table import table_of
from grader.course.catalog import Course
from grader.errors import UsageError
from grader.gradebook.peek import handed_in
from grader.gradebook.store import Gradebook
from grader.records import Assignment, Grade, Standing, Unreadable
from grader.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one submission of this run."""

    grade: Grade
    page: Path
    fresh: bool  # run now, not taken from the gradebook
    seconds: float = 0.0  # that it took, where it was run now
    troubles: tuple[str, ...] = ()  # what it met, see grader.classroom.watching


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run remembers of a submission until its end. All else is in the gradebook: a class may be large."""

    earned: float
    status: Standing
    fresh: bool
    asked: tuple[str, ...]  # of what was run: only these questions; the others were known. None means all
    file: str


@dataclass(frozen=True, slots=True)
class ClassResult:
    """What a run of a class gives back.

    Attributes:
        ran: what this run took up, by student's key and assignment.
        refused: of this run: who handed in something that no grade can be given for.
        rows: everybody whom the gradebook knows, for the assignments of this run.
        unreadable: everybody who needs a person there.
        names: everybody's, by key, told apart.
        pages: the class pages, one per assignment of this run.
        roll: everybody, for all assignments.
        remarks: what a person should look at beside those, a line each: decisions that do not hold as they stand.
        moves: whose grade is not what it was before this run.
    """

    ran: Mapping[tuple[str, str], Ran]
    refused: tuple[Unreadable, ...]
    rows: tuple[Row, ...]
    unreadable: tuple[Unreadable, ...]
    names: dict[str, str]
    pages: tuple[Path, ...]
    table: Path
    roll: Roll
    remarks: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def missing(self) -> dict[str, int]:
        """The packages that notebooks import and that are not installed, each with the number of students."""
        students: dict[str, set[str]] = {}
        for row in self.rows:
            for name in row.missing:
                students.setdefault(name, set()).add(row.grade.student.key)
        return {name: len(keys) for name, keys in sorted(students.items(), key=lambda item: -len(item[1]))}

    @property
    def need_human(self) -> bool:
        return bool(self.refused or self.roll.doubtful or self.remarks) or any(
            one.status is Standing.UNJUDGED for one in self.ran.values()
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A course, and where its results lie."""

    course: Course
    out: Path
    command: str
    roster: Roster | None = None

    @property
    def pages(self) -> Pages:
        """Those of this run."""
        return Pages(self.course, self.out)

    @property
    def gradebook(self) -> Path:
        return self.out / "gradebook.db"

    def look_for_folders(self, assignments: Iterable[str]) -> None:
        """Say before anything is graded what could not be written afterwards. Raises UsageError."""
        for path in (self.out / "grades.csv", self.pages.of_course, *map(self.pages.of_class, assignments)):
            if path.is_dir():
                raise UsageError(f"{path}: there is a folder where a file is to be written; choose another --out")


def score_class(place: Place) -> ClassResult:
    """Score everything that was graded: points, deadlines and decisions as they are now.

    Raises UsageError where nothing was graded, FileFaults for a course file or decisions with faults.
    """
    if not place.gradebook.is_file():
        raise UsageError(f"{place.gradebook}: there is no such gradebook; grade a class first, or say where with --out")
    scorer = scorer_of(place.course, people_of(place.roster, handed_in(place.gradebook)))
    gradebook = Gradebook(place.gradebook)
    try:
        known = set(place.course.ids())
        assignments = {id: scorer.asked(id) for id in gradebook.assignments() if id in known}
        place.look_for_folders(assignments)
        place.pages.make_folders()
        number = gradebook.begin_run(place.command)
        gradebook.note_decisions(number, scorer.settlement.docket.entries)
        return summarize(place, gradebook, number, scorer, assignments, {})
    finally:
        gradebook.close()


def summarize(
    place: Place,
    gradebook: Gradebook,
    run: int,
    scorer: Scorer,
    assignments: Mapping[str, Assignment],
    ran: Mapping[tuple[str, str], Ran],
    refused: Iterable[Unreadable] = (),
) -> ClassResult:
    """Write what is not as it should be any more, and say what the class comes to.

    Args:
        assignments: those whose class pages are written.
        ran: what this run took up; `refused` likewise.
    """
    roll, pages = roll_of(gradebook, scorer, place.out), place.pages
    known = set(scorer.course.ids())
    changed = {row.page: row for row in roll.changed}
    there = (row for row in roll.rows if row.grade.assignment in known)
    changed |= {row.page: row for row in there if pages.is_outdated(row.page, row.grade.assignment)}
    for row in changed.values():  # the course, or what it tells students, was changed since it was graded
        whole = gradebook.whole(row.grade.student.key, row.grade.assignment)
        if whole is not None:
            gradebook.rescore(run, whole, row.grade)
            pages.write(row.page, whole, row.grade, scorer.asked(row.grade.assignment))
    pages.write_unreadable(roll.unreadable)
    pages.remove_renamed({row.page.name for row in roll.rows})
    written = [pages.write_class(run, gradebook, roll, assignment) for assignment in assignments.values()]
    pages.write_course(roll)
    table = place.out / "grades.csv"
    write(table, table_of(roll), newline="")
    rows = tuple(row for row in roll.rows if row.grade.assignment in assignments)
    remarks = remarks_on(gradebook, scorer, roll.rows)
    moves = tuple(moves_of(gradebook, run, rows))
    lists = (rows, roll.unreadable, roll.names, tuple(written), table, roll, remarks, moves)
    return ClassResult(ran, tuple(refused), *lists)
