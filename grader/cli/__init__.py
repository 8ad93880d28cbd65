"""The command line: arguments in, text and exit code out. The only place that prints.

Exit codes: 0 all was judged, or all is well; 1 our own fault, or `validate` found faults; 2 wrong usage; 3 graded, but
a person must look at someone (unjudged or unreadable).
"""

from __future__ import annotations

import errno
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grader.course.catalog import Course, find_course
from grader.errors import GraderError, UsageError
from grader.records import Setting, Status, Unreadable
from grader.report.views import points
from grader.storage import FORMAT, to_json
from grader.text import clean

if TYPE_CHECKING:  # what loads torch is imported by the command that needs it
    from grader.classroom.grading import ClassResult, Outcome

HELP = """Grade the notebooks of a PyTorch course.

Exit codes: 0 all was judged; 1 a check failed, or a fault of ours or of the course; 2 wrong usage; 3 graded, but a
person must look at someone."""
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)
out, err = Console(highlight=False), Console(stderr=True, highlight=False)

CourseOption = Annotated[
    Path | None, typer.Option("--course", help="The course's folder. Default: the one around here.")
]
SeedOption = Annotated[int, typer.Option(help="Of the suites' random inputs; the same seed gives the same grades.")]
JobsOption = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Submissions at a time. Default: one per core.")]
RequireOption = Annotated[bool, typer.Option("--require-sandbox", help="Refuse to grade without a sandbox.")]
WallsOption = Annotated[str, typer.Option(help="The sandbox: auto (the best there is), full, root, lite or none.")]
DeviceOption = Annotated[str, typer.Option(help="For CUDA: auto (a real one, else simulated), cuda or simulated.")]
KernelsOption = Annotated[str, typer.Option(help="warm: forked from a loaded process. cold: a fresh process each.")]
CORES = os.cpu_count() or 1
STOPPED = 130  # what typer makes of Ctrl-C
WARM = "warm" if sys.platform == "linux" else "cold"


@app.command()
def run(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, folders of them, a folder per student, or a zip.")],
    assignment: Annotated[str, typer.Option(help="Which assignment it is. Default: found from each notebook.")] = "",
    jobs: JobsOption = CORES,
    out_folder: Annotated[Path, typer.Option("--out", help="For gradebook and pages.")] = Path("grades"),
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    seed: SeedOption = 0,
    kernels: KernelsOption = WARM,
    device: DeviceOption = "auto",
    walls: WallsOption = "auto",
    require_sandbox: RequireOption = False,
    course: CourseOption = None,
) -> None:
    """Grade submissions: run each notebook, ask the hidden suite, write gradebook and feedback pages."""
    from grader.classroom.grading import Plan, grade_class
    from grader.intake import inbox

    found = find_course(course)
    setting = _setting(found, seed, kernels, walls, device)
    if setting.walls == "none":
        said = "students' code runs with your rights: no sandbox stands; see `grader doctor`"
        if require_sandbox:
            raise UsageError(said)
        err.print(f"grader: {said}", soft_wrap=True)
    known = [found.assignment(assignment)] if assignment else list(found.assignments())
    handed = inbox.collect(paths, known, assignment)
    plan = Plan(found, setting, out_folder, shlex.join(["grader", *sys.argv[1:]]), jobs, force)
    with _progress(len(handed)) as told:
        result = grade_class(plan, handed, told)
    if as_json:
        print(json.dumps(_as_json(result), indent=1, ensure_ascii=False))
    else:
        _show(result)
    raise typer.Exit(3 if result.need_human else 0)


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook.")],
    course: CourseOption = None,
) -> None:
    """For students: run a notebook from top to bottom and ask its public checks."""
    from grader.intake import inbox
    from grader.notebook import check as public
    from grader.running.pool import Pool

    found = find_course(course, near=notebook.absolute().parent)
    handed = inbox.collect([notebook], list(found.assignments()))
    failed = False
    for entry in handed:
        if isinstance(entry, Unreadable):
            raise UsageError(f"{entry.path}: {entry.reason}")
    with Pool(_setting(found), 1) as pool:
        results = list(pool.grade([e for e in handed if not isinstance(e, Unreadable)], public=True))
    for result in results:
        for cell in result.execution.cells:
            if cell.trace or cell.note:
                out.print(Text(f"cell {cell.number}: {cell.note or f'{cell.trace.kind}: {cell.trace.message}'}"))  # type: ignore[union-attr]
        for line in public.by_question(found.assignment(result.submission.assignment), result.checks):
            out.print(Text(line))
        passed = sum(one.status is Status.PASSED for one in result.checks)
        out.print(f"{passed} of {len(result.checks)} public checks passed.")
        failed = failed or passed < len(result.checks)
    raise typer.Exit(1 if failed else 0)


@app.command()
def build(
    assignments: Annotated[list[str] | None, typer.Argument(help="Default: all.")] = None,
    course: CourseOption = None,
) -> None:
    """For authors: make the student notebooks from solutions/."""
    from grader.course import notebooks

    found = find_course(course)
    for id in assignments or found.ids():
        path, text = notebooks.build(found, id)
        path.write_text(text, encoding="utf-8")
        out.print(Text(str(path)))


@app.command()
def validate(
    assignments: Annotated[list[str] | None, typer.Argument(help="Default: all.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Without kernels, in this process.")] = False,
    question: Annotated[list[str] | None, typer.Option("-q", "--question", help="With --quick: only these.")] = None,
    jobs: JobsOption = CORES,
    seed: SeedOption = 0,
    kernels: KernelsOption = WARM,
    device: DeviceOption = "auto",
    walls: WallsOption = "auto",
    course: CourseOption = None,
) -> None:
    """For authors: prove the course. Prints one line per fault; exit code 1 when there is any."""
    from grader.authoring.quick import quick as find_quickly
    from grader.authoring.validate import validate as find

    found = find_course(course)
    count = 0
    for id in assignments or found.ids():
        err.print(f"{id} …")
        setting = _setting(found, seed, kernels, walls, device)
        for fault in find_quickly(found, id, question or ()) if quick or question else find(found, id, setting, jobs):
            count += 1
            out.print(Text(str(fault)), soft_wrap=True)
    out.print(f"{count} faults" if count else "no fault")
    raise typer.Exit(1 if count else 0)


@app.command()
def new(
    assignment: Annotated[str, typer.Argument(help="Such as 06_topic.")],
    course: CourseOption = None,
) -> None:
    """For authors: write a new assignment with one working question in it."""
    from grader.authoring.scaffold import scaffold

    for path in scaffold(find_course(course), assignment):
        out.print(Text(str(path)), soft_wrap=True)


@app.command()
def doctor() -> None:
    """For administrators: which walls stand around kernels on this machine, and what would make them stronger."""
    from grader.sandbox.levels import probe

    report = probe()
    out.print(Text(f"sandbox: {report.level.name.lower()} ({report.kernel})"))
    for mechanism in report.mechanisms:
        mark = "✓" if mechanism.works else "✗"
        out.print(Text(f"{mark} {mechanism.name}: {mechanism.detail}"), soft_wrap=True)
        if mechanism.remedy:
            out.print(Text(f"    {mechanism.remedy}"), soft_wrap=True)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the sample class and its grades.")] = Path("demo"),
    jobs: JobsOption = CORES,
    course: CourseOption = None,
) -> None:
    """Make a sample class and grade it: the whole path in a few minutes."""
    from grader.authoring.demo import write_class
    from grader.classroom.grading import Plan, grade_class
    from grader.intake import inbox

    found = find_course(course)
    write_class(found, folder / "class")
    out.print(Text(f"wrote a sample class to {folder / 'class'}; grading it"))
    handed = inbox.collect([folder / "class"], list(found.assignments()))
    command = shlex.join(["grader", "run", str(folder / "class"), "--out", str(folder / "grades")])
    plan = Plan(found, _setting(found), folder / "grades", command, jobs, force=True)
    with _progress(len(handed)) as told:
        result = grade_class(plan, handed, told)
    _show(result)


def main() -> None:
    """Run the command line. A fault that we foresaw is one line; a traceback is a fault of ours."""
    try:
        code = app(standalone_mode=False) or 0
    except GraderError as error:
        err.print(Text(f"grader: {error}"), soft_wrap=True)
        code = error.exit_code
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        where = error.filename or f"the results, or {tempfile.gettempdir()}"
        err.print(
            Text(f"grader: {where}: the disk is full; make room and run again: it goes on from there"), soft_wrap=True
        )
        code = 1
    except typer.TyperException as error:  # wrong options and arguments
        err.print(Text(f"grader: {error.format_message()}"), soft_wrap=True)
        code = 2
    if code == STOPPED:
        said = "grader: stopped; what was graded is in the gradebook, and running again goes on from there"
        err.print(said, soft_wrap=True)
    sys.exit(code)


def _setting(course: Course, seed: int = 0, kernels: str = WARM, walls: str = "auto", device: str = "auto") -> Setting:
    from grader.devices import choose
    from grader.sandbox.levels import best_level

    if kernels not in ("warm", "cold"):
        raise UsageError(f"--kernels {kernels}: it is warm or cold")
    if walls not in ("auto", "full", "root", "lite", "none"):
        raise UsageError(f"--walls {walls}: it is auto, full, root, lite or none")
    level = best_level().name.lower() if walls == "auto" else walls
    return Setting(course.root, seed, kernels, choose(device), level)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Outcome | Unreadable], None]]:
    """A function to call for each student: a bar with the time left on a terminal, plain lines elsewhere."""
    if not err.is_terminal:
        done = iter(range(1, total + 1))
        yield lambda entry: err.print(Text(f"{next(done)}/{total} {_line(entry)}"), soft_wrap=True)
        return
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=err) as bar:
        task = bar.add_task("", total=total)
        yield lambda entry: bar.update(task, advance=1, description=escape(_line(entry)))


def _line(entry: Outcome | Unreadable) -> str:
    if isinstance(entry, Unreadable):
        return f"{clean(entry.student, 60)}: {clean(entry.reason, 200)}"
    grade = entry.grade
    return f"{clean(grade.student, 60)} {grade.assignment}: {points(grade.earned)} of {points(grade.points)}"


def _show(result: ClassResult) -> None:
    """The class as a table, where the pages are, and who needs a person."""
    table = Table("student", "assignment", "points", "%", "", box=None, pad_edge=False)
    for outcome in result.outcomes:
        grade = outcome.grade
        remark = "" if outcome.fresh else "unchanged"
        remark = "needs a person" if grade.status is Status.UNJUDGED else remark
        row = (clean(grade.student, 40), grade.assignment, f"{points(grade.earned)}/{points(grade.points)}")
        table.add_row(*map(escape, row), f"{grade.percent:.0f}", remark)
    out.print(table)
    for entry in result.unreadable:
        out.print(
            Text(f"needs a person: {clean(entry.student, 60)}: {clean(entry.reason, 300)} ({clean(entry.path, 200)})")
        )
    for outcome in result.outcomes:
        if outcome.grade.status is Status.UNJUDGED:
            first = next(check for check in outcome.result.checks if check.status is Status.UNJUDGED)
            why = clean(first.staff.strip().splitlines()[-1] if first.staff.strip() else "", 300)
            out.print(Text(f"needs a person: {clean(outcome.grade.student, 60)}: {first.question} is unjudged: {why}"))
    for page in result.pages:
        out.print(Text(f"class page: {page}"), soft_wrap=True)
    out.print(Text(f"feedback:   {result.table.parent / 'students'}"), soft_wrap=True)
    out.print(Text(f"grades:     {result.table}, {result.table.parent / 'gradebook.db'}"), soft_wrap=True)


def _as_json(result: ClassResult) -> dict[str, object]:
    return {
        "format": FORMAT,
        "grades": [json.loads(to_json(o.grade)) | {"page": str(o.page), "fresh": o.fresh} for o in result.outcomes],
        "unreadable": [json.loads(to_json(entry)) for entry in result.unreadable],
        "pages": [str(page) for page in result.pages],
    }
