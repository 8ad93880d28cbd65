"""Grades a class: runs what is new, scores everything, writes gradebook and pages.

A submission's row and page are on disk before its progress is told. Running again resumes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader import report
from grader.course.catalog import Course
from grader.gradebook.store import Gradebook
from grader.intake.inbox import Handed
from grader.records import Assignment, Grade, Result, Status, Submission, Unreadable
from grader.report.views import page_name
from grader.rules import scoring
from grader.running.pool import Pool, stored
from grader.running.setting import Setting


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the class: what became of one student's submission."""

    result: Result
    grade: Grade
    page: Path
    fresh: bool  # run now, not taken from the gradebook


@dataclass(frozen=True, slots=True)
class ClassResult:
    """What a run of a class gives back."""

    outcomes: tuple[Outcome, ...]
    unreadable: tuple[Unreadable, ...]
    pages: tuple[Path, ...]  # the class pages, one per assignment
    table: Path

    @property
    def missing(self) -> dict[str, int]:
        """The packages that notebooks import and that are not installed, each with the number of students."""
        students: dict[str, set[str]] = {}
        for outcome in self.outcomes:
            for name in outcome.result.execution.missing:
                students.setdefault(name, set()).add(outcome.grade.student.key)
        return {name: len(keys) for name, keys in sorted(students.items(), key=lambda item: -len(item[1]))}

    @property
    def need_human(self) -> bool:
        return bool(self.unreadable) or any(o.grade.status is Status.UNJUDGED for o in self.outcomes)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do, and where."""

    course: Course
    setting: Setting
    out: Path
    command: str
    workers: int
    force: bool = False


def grade_class(plan: Plan, handed: Sequence[Handed], tell: Callable[[Outcome | Unreadable], None]) -> ClassResult:
    """Grade everything that was handed in.

    Args:
        tell: is called for every student once their row and page are written.

    Raises CourseError for a broken suite, UsageError when `plan.out` cannot hold a gradebook.
    """
    submissions = [entry for entry in handed if isinstance(entry, Submission)]
    unreadable = [entry for entry in handed if isinstance(entry, Unreadable)]
    assignments = {id: plan.course.assignment(id) for id in {s.assignment for s in submissions}}
    gradebook = Gradebook(plan.out / "gradebook.db")
    try:
        run = gradebook.begin_run(plan.command)
        outcomes: list[Outcome] = []

        def keep(result: Result, fresh: bool) -> None:
            assignment = assignments[result.submission.assignment]
            grade = scoring.grade(assignment, result.submission.student, result.checks)
            if fresh:
                gradebook.record(run, result, grade)
            else:
                gradebook.rescore(result, grade)
            page = _write_page(plan.out, result, grade, assignment)
            outcomes.append(Outcome(result, grade, page, fresh))
            tell(outcomes[-1])

        for entry in unreadable:
            gradebook.refuse(run, entry)
            tell(entry)
        known = [] if plan.force else stored(gradebook, plan.course, plan.setting, submissions)
        for result in known:
            keep(result, fresh=False)
        done = {(r.submission.student, r.submission.assignment) for r in known}
        rest = [s for s in submissions if (s.student, s.assignment) not in done]
        with Pool(plan.setting, plan.workers) as pool:
            for result in pool.grade(rest):
                keep(result, fresh=True)
    finally:
        gradebook.close()
    return _summary(plan.out, assignments, outcomes, unreadable)


def _write_page(out: Path, result: Result, grade: Grade, assignment: Assignment) -> Path:
    path = out / "students" / page_name(grade)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report.student_page(result, grade, assignment), encoding="utf-8")
    return path


def _summary(
    out: Path, assignments: dict[str, Assignment], outcomes: list[Outcome], unreadable: list[Unreadable]
) -> ClassResult:
    outcomes = sorted(outcomes, key=lambda o: (o.grade.assignment, o.grade.student.name, o.grade.student.key))
    pages = []
    for id, assignment in sorted(assignments.items()):
        graded = [(o.result, o.grade) for o in outcomes if o.grade.assignment == id]
        path = out / f"class-{id}.html"
        path.write_text(report.class_page(assignment, graded, unreadable), encoding="utf-8")
        pages.append(path)
    table = out / "grades.csv"
    table.write_text(_csv(outcomes, unreadable), encoding="utf-8")
    return ClassResult(tuple(outcomes), tuple(unreadable), tuple(pages), table)


def _csv(outcomes: Sequence[Outcome], unreadable: Sequence[Unreadable]) -> str:
    """The class as a table: numbers as numbers, text that no spreadsheet takes for a formula."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["student", "assignment", "points", "of", "status", "remark"])
    for outcome in outcomes:
        grade = outcome.grade
        row = [no_formula(grade.student.name), grade.assignment, grade.earned, grade.points, grade.status.value]
        writer.writerow([*row, no_formula(" ".join(outcome.result.submission.notes))])
    for entry in unreadable:
        writer.writerow([no_formula(entry.student.name), "", "", "", "unreadable", no_formula(entry.reason)])
    return rows.getvalue()


def no_formula(text: str) -> str:
    """The text, with a quote in front where a spreadsheet would compute it."""
    return f"'{text}" if text.lstrip(" \t\r\n")[:1] in tuple("=+-@＝＋－＠") else text
