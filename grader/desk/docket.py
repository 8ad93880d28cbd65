"""What `decisions.toml` says about this course and these people: a docket, or a line for each fault."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.catalog import Course
from grader.course.tables import did_you_mean
from grader.desk.whom import Known, told_apart
from grader.errors import CourseError, FileFaults
from grader.records import Assignment, Decision, Kind, Question, Student
from grader.rules.decisions import EVERYBODY, Docket
from grader.text import clean, points

OWN_CHECKS = "test_{}.py"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What holds, and what does not.

    Attributes:
        waiting: decisions that hold for nobody yet, each with a line that says why.
        unfit: decisions about what is not there, or not any more: a question, a check, a line of a rubric.
    """

    docket: Docket = field(default_factory=Docket)
    waiting: tuple[tuple[Decision, str], ...] = ()
    unfit: tuple[tuple[Decision, CourseError], ...] = ()

    def remarks(self) -> Iterator[str]:
        """A line for each that does not hold."""
        yield from (said for _, said in self.waiting)
        for _, fault in self.unfit:
            yield f"{fault.where}: {fault.what}, so this decision does not hold; {fault.fix}, or take it out"


def docket_of(decisions: Sequence[Decision], course: Course, known: Known) -> Settlement:
    """Whom and what each decision is about. One about what the course does not have is set aside.

    Raises FileFaults, one line per fault, where it is not clear who is meant, or where two contradict each other.
    """
    assignments = {id: course.assignment(id) for id in course.ids() if any(one.assignment == id for one in decisions)}
    entries: list[tuple[str, Decision]] = []
    waiting: list[tuple[Decision, str]] = []
    unfit: list[tuple[Decision, CourseError]] = []
    faults: list[CourseError] = []
    for one in decisions:
        if misfits := list(_about_the_course(one, assignments, course)):
            unfit += [(one, fault) for fault in misfits]
            continue
        found = known.find(one.student) if one.student else [Student(EVERYBODY, "")]
        if one.section and one.section not in known.sections.values():
            found = []
        if len(found) == 1:
            entries.append((found[0].key, one))
        elif found or known.complete:
            faults.append(_nobody(one, found, known))
        else:
            waiting.append((one, str(_nobody(one, found, known))))
    faults += [*_twice(entries), *_nothing_left(entries, assignments.values())]
    if faults:
        raise FileFaults(faults)
    return Settlement(Docket(tuple(entries)), tuple(waiting), tuple(unfit))


def _nobody(one: Decision, found: Sequence[Student], known: Known) -> CourseError:
    """Why a decision is about no one person or section."""
    if one.section:
        fix = did_you_mean(one.section, set(known.sections.values()))
        return _fault(one, "section", f"nobody is in {clean(one.section, 60)!r}", fix)
    if not found:
        return _fault(one, "student", f"nobody is {clean(one.student, 60)!r}", known.near(one.student))
    said = f"{clean(one.student, 60)!r} may be {told_apart(found)}"
    return _fault(one, "student", said, "write the id of the one who is meant")


def _twice(entries: Iterable[tuple[str, Decision]]) -> Iterator[CourseError]:
    """Where two decide about the same."""
    first: dict[tuple[str, ...], Decision] = {}
    for key, one in entries:
        if one.kind is not Kind.COMMENT:
            other = first.setdefault((key, one.section, one.kind, one.assignment, one.question, one.check), one)
            if other is not one:
                yield _fault(one, "", "decides what is decided already", f"remove it, or the entry in {other.where}")


# ---- what a decision is about


def _nothing_left(entries: Iterable[tuple[str, Decision]], assignments: Iterable[Assignment]) -> Iterator[CourseError]:
    """Where no question of an assignment would count."""
    dropped = {(one.assignment, one.question): one for _, one in entries if one.kind is Kind.DROPPED}
    for assignment in assignments:
        own = [dropped.get((assignment.id, question.id)) for question in assignment.questions]
        if last := own[-1] if all(own) else None:
            yield _fault(last, "question", "leaves no question that counts", "excuse students instead: [[exemption]]")


def _about_the_course(one: Decision, assignments: Mapping[str, Assignment], course: Course) -> Iterator[CourseError]:
    if one.assignment not in assignments:
        fix = did_you_mean(one.assignment, course.ids())
        yield _fault(one, "assignment", f"there is no {clean(one.assignment, 60)!r}", fix)
    elif one.question:
        yield from _about_a_question(one, assignments[one.assignment], course)


def _about_a_question(one: Decision, assignment: Assignment, course: Course) -> Iterator[CourseError]:
    ids = [question.id for question in assignment.questions]
    if one.question not in ids:
        yield _fault(one, "question", f"there is no {clean(one.question, 60)!r}", did_you_mean(one.question, ids))
        return
    question = assignment.question(one.question)
    if one.points is not None and one.points > question.points:
        most = points(question.points)
        yield _fault(one, "points", f"are {points(one.points)}", f"the question has {most}: write at most that")
    if one.check:
        names = check_names(course.hidden(assignment.id) / OWN_CHECKS.format(question.id))
        if one.check.partition("[")[0] not in names:
            yield _fault(one, "check", f"there is no {clean(one.check, 60)!r}", did_you_mean(one.check, names))
    if one.kind is Kind.RUBRIC:
        yield from _about_lines(one, question)


def _about_lines(one: Decision, question: Question) -> Iterator[CourseError]:
    ids = [line.id for line in question.rubric]
    if not ids and one.points is None:
        yield _fault(one, "question", f"{question.id} has no rubric", "write the points: [[points]]")
    for id in one.lines:
        if ids and id not in ids:
            yield _fault(one, "lines", f"the rubric has no {clean(id, 60)!r}", did_you_mean(id, ids))


def check_names(path: Path) -> tuple[str, ...]:
    """The checks in a file of a suite, which is not run."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ()
    found = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return tuple(name for name in found if name.startswith("test"))


def _fault(one: Decision, key: str, what: str, fix: str) -> CourseError:
    return CourseError(f"{one.where}: {key}" if key else one.where, what, fix)
