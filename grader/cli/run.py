"""`grader run`, `grader status` and `grader demo`: a class is graded."""

from __future__ import annotations

import json
import shlex
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.ci import add_summary, class_summary, no_commands, page_of_job
from grader.cli.interrupts import STOPPED, finishing, watched
from grader.cli.options import (
    CORES,
    CourseOption,
    DaskOption,
    DeviceOption,
    GithubOption,
    JobsOption,
    KernelsOption,
    RequireOption,
    RosterOption,
    SeedOption,
    Walls,
    WallsOption,
    cluster_at,
    command_line,
    setting_of,
)
from grader.cli.printing import class_json, err, out, show, show_intake
from grader.cli.watching import Log, progress, show_progress
from grader.course.catalog import Course, find_course
from grader.course.settings import settings_of
from grader.devices import Device
from grader.errors import UsageError
from grader.folders import make_folder
from grader.intake.groups import Groups
from grader.intake.inbox import Intake, Wanted
from grader.intake.sorting import NAMES
from grader.records import Attempt, Unreadable
from grader.running.setting import KERNELS, Setting
from grader.sandbox.policy import Level
from grader.storage import to_json

CONTAINER = "docker build -f deploy/Dockerfile -t grader ., see docs/administrators.md"


def run(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, folders of them, a folder per student, or a zip.")],
    assignment: Annotated[str, typer.Option(help="Which assignment it is. Default: found from each notebook.")] = "",
    jobs: JobsOption = CORES,
    out_folder: Annotated[Path, typer.Option("--out", help="For gradebook and pages.")] = Path("grades"),
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    attempt: Annotated[
        Attempt | None,
        typer.Option(help="Which of a student's notebooks for one assignment counts. Default: the course's."),
    ] = None,
    layout: Annotated[
        str, typer.Option(help=f"Insist on how the files are laid out: {', '.join(NAMES)}. Default: whichever fits.")
    ] = "",
    roster: RosterOption = None,
    groups: Annotated[
        Path | None, typer.Option(help="A table of who works with whom: group, and id, e-mail or name of each member.")
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="What one member of a group hands in is the whole group's.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say whose every file is, and grade nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    github: GithubOption = False,
    seed: SeedOption = 0,
    kernels: KernelsOption = KERNELS,
    device: DeviceOption = Device.AUTO,
    walls: WallsOption = Walls.AUTO,
    require_sandbox: RequireOption = False,
    dask: DaskOption = "",
    log: Annotated[Log, typer.Option(help="Of progress, where there is no terminal; json: a line each.")] = Log.TEXT,
    course: CourseOption = None,
) -> None:
    """Grade submissions: run each notebook, ask the hidden suite, write gradebook and feedback pages."""
    from grader.classroom.grading import Plan, grade_class
    from grader.classroom.people import groups_at, people_of, roster_at
    from grader.classroom.scorer import ends_of
    from grader.classroom.summary import Place
    from grader.classroom.watching import Watch

    if github:
        page_of_job()
    found = find_course(course)
    settings = settings_of(found)
    people = roster_at(roster or settings.roster)
    whole = groups_at(groups or settings.groups, people)
    if together and not (whole and whole.groups):
        raise UsageError(
            "--together: nobody has a group; name a table with --groups, or give the roster a column group"
        )
    ends = ends_of(found, people, out_folder / "gradebook.db")
    wanted = Wanted(layout=layout, groups=Groups(whole, together) if whole else None, ends=ends)
    intake = _intake(found, paths, assignment, attempt or settings.attempt, out_folder, wanted)
    if dry_run:
        who = [(entry.student, entry.assignment) for entry in intake.handed]
        who += [(student, "") for account in intake.accounts for student in account.students]
        handed = people_of(people, who)
        show_intake(intake, handed)
        unreadable = any(isinstance(entry, Unreadable) for entry in intake.handed)
        raise typer.Exit(3 if unreadable or handed.strangers() else 0)
    place = Place(found, out_folder, command_line(), people)
    watch = Watch(out_folder, len(intake.handed), place.command)
    with cluster_at(dask, jobs) as cluster, progress(watch, log) as told, finishing() as stopped:
        setting = setting_of(found, seed, kernels, walls, device, cluster)
        _must_be_walled(setting, walls, require_sandbox)
        _say_weaker_walls(setting, out_folder)
        plan = Plan(place, setting, jobs, force, stopped=stopped)
        if cluster:
            cluster.bring(found)
            plan = replace(plan, workers=cluster.workers, hire=cluster.hire)
        with watched(watch, stopped):
            result = grade_class(plan, intake, told)
    if github:
        add_summary(class_summary(result.rows, result.unreadable))
    with no_commands() if github and not as_json else nullcontext():
        if as_json:
            print(json.dumps(class_json(result, intake), indent=1, ensure_ascii=False))
        else:
            show(result, intake)
    raise typer.Exit(STOPPED if stopped() else 3 if result.need_human else 0)


def _must_be_walled(setting: Setting, walls: Walls, required: bool) -> None:
    """Say that no walls stand. Raises UsageError unless that is wanted."""
    if setting.walls is Level.NONE:
        said = "students' code runs with your rights: no sandbox stands; see `grader doctor`"
        if required or walls is Walls.AUTO:
            raise UsageError(f"{said}. Grade in a container ({CONTAINER}), or write --walls none if you trust them all")
        err.print(f"grader: {said}", soft_wrap=True)


def _say_weaker_walls(setting: Setting, out: Path) -> None:
    """Say that grades of this gradebook were made behind stronger walls than stand now."""
    from grader.gradebook.peek import walls_in

    words = walls_in(out / "gradebook.db")
    before = [level for level in Level if level.word in words]
    if before and setting.walls < (best := max(before)):
        err.print(
            f"grader: {out / 'gradebook.db'}: grades were made behind walls of the level {best.word}, now they are "
            f"{setting.walls.word}, and all that is handed in here is asked anew; see `grader doctor`, or insist with "
            f"--walls {best.word}",
            soft_wrap=True,
        )


def _intake(
    course: Course, paths: list[Path], assignment: str, attempt: Attempt, out: Path, wanted: Wanted | None = None
) -> Intake:
    """What was handed in. Raises UsageError.

    Args:
        wanted: what else is said of how to read it.
    """
    from grader.gradebook.peek import known_students
    from grader.intake.inbox import collect

    if assignment:
        course.assignment(assignment)  # or it is wrong usage
    known = known_students(out / "gradebook.db")
    base, assignments = wanted or Wanted(), list(course.assignments())
    return collect(paths, replace(base, assignments=assignments, forced=assignment, attempt=attempt, known=known))


def status(
    out_folder: Annotated[Path, typer.Argument(metavar="OUT", help="Where the results lie.")] = Path("grades"),
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say how far a run is, or how it ended: how fast, how long still, what took long, what went wrong how often."""
    from grader.classroom.watching import is_alive, progress_in

    progress = progress_in(out_folder)
    if as_json:
        print(to_json(progress))
    else:
        show_progress(progress, is_alive(progress))


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the sample class and its grades.")] = Path("demo"),
    students: Annotated[int, typer.Option(min=1, help="How many notebooks, of each assignment in turn.")] = 24,
    jobs: JobsOption = CORES,
    course: CourseOption = None,
) -> None:
    """Make a sample class and grade it: the whole path in a few minutes."""
    from grader.authoring.demo import write_class
    from grader.classroom.grading import Plan, grade_class
    from grader.classroom.summary import Place
    from grader.classroom.watching import Watch

    found = find_course(course)
    write_class(found, make_folder(folder / "class"), students)
    out.print(Text(f"wrote a sample class to {folder / 'class'}; grading it"))
    intake = _intake(found, [folder / "class"], "", Attempt.LAST, folder / "grades")
    command = shlex.join(["grader", "run", str(folder / "class"), "--out", str(folder / "grades")])
    plan = Plan(Place(found, folder / "grades", command), setting_of(found), jobs, force=True)
    with progress(Watch(plan.place.out, len(intake.handed), command)) as told:
        result = grade_class(plan, intake, told)
    show(result, intake)
