"""What the templates see: plain numbers and clean strings, nothing else."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.records import (
    Assignment,
    CellRun,
    CellStatus,
    Check,
    Grade,
    Question,
    Result,
    Score,
    Status,
    Student,
    Trace,
    Unreadable,
)
from grader.text import clean, last_line, points, slug

MAX_LINES = 12  # of a cell's output that are shown
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
MAX_PIXELS = 16 << 20  # of one image; a file of 100 KB may unpack to gigabytes in a browser


@dataclass(frozen=True, slots=True)
class LineView:
    cell: int
    line: int
    code: str


@dataclass(frozen=True, slots=True)
class CheckView:
    status: str
    promise: str
    message: str
    error: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: str
    title: str
    section: str
    status: str
    earned: str
    points: str
    percent: int
    waits_for: tuple[str, ...]
    diagnosis: str
    hint: str
    not_written: bool
    only_guards: bool
    note: str
    checks: tuple[CheckView, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell that did not simply run."""

    number: int
    what: str
    first_line: str
    text: str
    images: tuple[str, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class StudentView:
    student: str
    title: str
    earned: str
    points: str
    percent: int
    status: str
    answered: int
    notes: tuple[str, ...]
    asked: int
    sections: tuple[tuple[str, tuple[QuestionView, ...]], ...]
    cells: tuple[CellView, ...]
    evidence: tuple[tuple[str, str], ...]


def student_view(result: Result, grade: Grade, assignment: Assignment) -> StudentView:
    """One student's page."""
    questions = tuple(
        _question(assignment, question, score, [c for c in result.checks if c.question == question.id])
        for question, score in zip(assignment.questions, grade.scores, strict=True)
    )
    return StudentView(
        student=grade.student.name,
        title=assignment.title,
        earned=points(grade.earned),
        points=points(grade.points),
        percent=round(grade.percent),
        status=grade.status.value,
        answered=sum(question.status == Status.PASSED.value for question in questions),
        notes=tuple(clean(note, 600) for note in _notes(result)),
        asked=len(questions),
        sections=_by_section(questions),
        cells=tuple(_cell(run, result) for run in result.execution.cells if run.status is not CellStatus.RAN),
        evidence=_evidence(result),
    )


def _notes(result: Result) -> tuple[str, ...]:
    """What a student reads first: what broke the rest, what is not there while grading, what was odd."""
    return (*result.execution.notes, *result.submission.notes, *result.execution.deaths)


def _by_section(questions: Sequence[QuestionView]) -> tuple[tuple[str, tuple[QuestionView, ...]], ...]:
    """Questions under their sections' names, both in the assignment's order."""
    names = dict.fromkeys(question.section for question in questions)
    return tuple((name, tuple(q for q in questions if q.section == name)) for name in names)


def _question(assignment: Assignment, question: Question, score: Score, checks: Sequence[Check]) -> QuestionView:
    diagnosis = next((check.diagnosis for check in checks if check.diagnosis), None)
    failed = [check for check in checks if check.status is Status.FAILED]
    return QuestionView(
        id=question.id,
        title=question.title,
        section=question.section,
        status=score.status.value,
        earned=points(score.earned),
        points=points(score.points),
        percent=round(100 * score.earned / score.points),
        waits_for=tuple(assignment.question(id).title for id in score.waits_for),
        diagnosis=diagnosis.title if diagnosis else "",
        hint=diagnosis.hint if diagnosis else "",
        not_written=bool(failed) and all(check.not_written for check in failed),
        only_guards=score.earned == 0 and any(check.status is Status.PASSED for check in checks),
        note=" ".join(clean(check.note, 600) for check in checks if check.note),
        checks=tuple(_check(check) for check in checks),
    )


def _check(check: Check) -> CheckView:
    error = ""
    if check.trace is not None and not check.not_written:
        error = _said(check.trace)
    return CheckView(
        status=check.status.value,
        promise=check.promise,
        message="" if error else clean(check.message, 600),
        error=error,
        lines=_lines(check.trace) if error else (),
    )


def _said(trace: Trace) -> str:
    return clean(trace.said, 400)


def _lines(trace: Trace | None) -> tuple[LineView, ...]:
    frames = trace.frames if trace else ()
    return tuple(LineView(frame.cell, frame.line, clean(frame.code, 160)) for frame in frames[-4:])


def _cell(run: CellRun, result: Result) -> CellView:
    source = next((cell.source for cell in result.submission.cells if cell.number == run.number), "")
    lines = clean(run.text, 4000).splitlines()
    text = "\n".join(lines[-MAX_LINES:])
    return CellView(
        number=run.number,
        what=_said(run.trace) if run.trace else clean(run.note, 300),
        first_line=clean(source.strip().partition("\n")[0], 80),
        text=text if len(lines) <= MAX_LINES else "…\n" + text,
        images=tuple(image for image in run.images if _is_png(image)),
        lines=_lines(run.trace),
    )


def _is_png(image: str) -> bool:
    """Whether a kernel's image is base64 of a PNG that a page can show; anything else stays out of it."""
    try:
        data = base64.b64decode(image.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    return data.startswith(PNG) and width * height <= MAX_PIXELS


def _evidence(result: Result) -> tuple[tuple[str, str], ...]:
    found = result.evidence
    versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return (
        ("Judged on", found.device),
        ("Sandbox", found.walls),
        ("Versions", clean(versions, 300)),
        ("Notebook", result.submission.sha),
        ("Suite", found.suite),
        ("Seed", str(found.seed)),
        ("Time", f"{found.seconds:.2f} s"),
    )


# ---- the class


@dataclass(frozen=True, slots=True)
class RowView:
    student: str
    page: str
    earned: str
    percent: int
    status: str
    cells: tuple[tuple[str, int], ...]  # (status, percent) per question
    notes: int


@dataclass(frozen=True, slots=True)
class RateView:
    """How a question went in the class."""

    id: str
    title: str
    points: str
    passed: int
    percent: int
    mean: int
    mistakes: tuple[tuple[str, int], ...]  # the commonest diagnoses and how many students they fit


@dataclass(frozen=True, slots=True)
class ClassView:
    title: str
    points: str
    students: int
    mean: str
    median: str
    full: int
    bins: tuple[tuple[str, int, int], ...]  # label, students, percent of the fullest bin
    rates: tuple[RateView, ...]
    rows: tuple[RowView, ...]
    human: tuple[tuple[str, str], ...]


def class_view(
    assignment: Assignment,
    graded: Sequence[tuple[Result, Grade]],
    unreadable: Sequence[Unreadable],
    names: Mapping[str, str],
) -> ClassView:
    """The page of one assignment's class; `unreadable` are those who handed in something that is no notebook.

    Args:
        names: how students are called here, by key, where two look the same.
    """
    percents = sorted(grade.percent for _, grade in graded)
    ordered = sorted(graded, key=lambda pair: (-pair[1].percent, pair[1].student.name, pair[1].student.key))
    return ClassView(
        title=assignment.title,
        points=points(assignment.points),
        students=len(graded),
        mean=points(sum(percents) / len(percents)) if percents else "–",
        median=points(_median(percents)) if percents else "–",
        full=sum(percent >= 100 for percent in percents),
        bins=_bins(percents),
        rates=tuple(_rate(question, i, graded) for i, question in enumerate(assignment.questions)),
        rows=tuple(_row(result, grade, names) for result, grade in ordered),
        human=tuple(_needs_human(graded, names))
        + tuple((_called(u.student, names), clean(u.reason, 300)) for u in unreadable),
    )


def _row(result: Result, grade: Grade, names: Mapping[str, str]) -> RowView:
    return RowView(
        student=_called(grade.student, names),
        page=page_name(grade),
        earned=points(grade.earned),
        percent=round(grade.percent),
        status=grade.status.value,
        cells=tuple((score.status.value, round(100 * score.earned / score.points)) for score in grade.scores),
        notes=len(result.submission.notes) + len(result.execution.deaths),
    )


def _called(student: Student, names: Mapping[str, str]) -> str:
    return names.get(student.key, student.name)


def page_name(grade: Grade) -> str:
    """The file name of a student's page."""
    return f"{slug(f'{grade.student.name} {grade.assignment}', f'{grade.assignment} {grade.student.key}')}.html"


def _rate(question: Question, index: int, graded: Sequence[tuple[Result, Grade]]) -> RateView:
    scores = [grade.scores[index] for _, grade in graded]
    passed = sum(score.status is Status.PASSED for score in scores)
    fits: Counter[str] = Counter()
    for result, _ in graded:
        own = [c.diagnosis.title for c in result.checks if c.question == question.id and c.diagnosis]
        fits.update(own[:1])
    return RateView(
        id=question.id,
        title=question.title,
        points=points(question.points),
        passed=passed,
        percent=round(100 * passed / len(scores)) if scores else 0,
        mean=round(100 * sum(s.earned for s in scores) / (question.points * len(scores))) if scores else 0,
        mistakes=tuple(fits.most_common(3)),
    )


def _bins(percents: Sequence[float]) -> tuple[tuple[str, int, int], ...]:
    counts = Counter(min(int(percent // 10), 9) for percent in percents)
    most = max(counts.values(), default=1)
    return tuple((f"{10 * i}–{10 * i + 10}", counts[i], round(100 * counts[i] / most)) for i in range(10))


def _median(values: Sequence[float]) -> float:
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _needs_human(graded: Sequence[tuple[Result, Grade]], names: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for result, grade in graded:
        open_ = [check for check in result.checks if check.status is Status.UNJUDGED]
        if open_:
            why = last_line(open_[0].staff) or "no reason given"
            found.append((_called(grade.student, names), f"{len(open_)} checks unjudged: {clean(why, 300)}"))
    return found
