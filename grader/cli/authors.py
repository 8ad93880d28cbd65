"""`grader build`, `handout`, `validate`, `course` and `new`: what authors of assignments run."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.answers import answers_json, show_answers
from grader.cli.ci import add_summary, junit, marked, page_of_job, proofs_json, proofs_summary
from grader.cli.curriculum import rows_json, show_rows, show_sum
from grader.cli.options import (
    CORES,
    CacheOption,
    CourseOption,
    DeviceOption,
    GithubOption,
    JobsOption,
    KernelsOption,
    SeedOption,
    Walls,
    WallsOption,
    setting_of,
)
from grader.cli.printing import err, out, steps
from grader.course.catalog import find_course
from grader.devices import Device
from grader.errors import GraderError, UsageError
from grader.folders import cache_folder, make_folder
from grader.running.setting import KERNELS


def _ids(incomplete: str) -> list[str]:
    """For the shell's completion."""
    try:
        return [id for id in find_course().ids() if id.startswith(incomplete)]
    except GraderError:
        return []


AssignmentsArgument = Annotated[list[str] | None, typer.Argument(help="Default: all.", autocompletion=_ids)]
AssignmentArgument = Annotated[str, typer.Argument(help="Such as 01_tensors.", autocompletion=_ids)]


def build(
    assignments: AssignmentsArgument = None,
    check: Annotated[bool, typer.Option("--check", help="Only say which are stale; exit code 1 then.")] = False,
    course: CourseOption = None,
) -> None:
    """For authors: make the student notebooks from solutions/."""
    from grader.course import notebooks

    found = find_course(course)
    made = [(id, *notebooks.build(found, id)) for id in assignments or found.written()]  # all of them, or none
    stale = [one for one in made if not one[1].is_file() or one[1].read_text(encoding="utf-8") != one[2]]
    for id, path, text in stale if check else made:
        if not check:
            path.write_text(text, encoding="utf-8")
        out.print(
            Text(f"{path}: is not what its solution makes; run `grader build {id}`" if check else str(path)),
            soft_wrap=True,
        )
    raise typer.Exit(1 if check and stale else 0)


def handout(
    assignments: Annotated[list[str] | None, typer.Argument(help="Such as 01_tensors.", autocompletion=_ids)] = None,
    every: Annotated[bool, typer.Option("--all", help="All of the course.")] = False,
    packed: Annotated[bool, typer.Option("--zip", help="As one file each, to upload.")] = False,
    out_dir: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to.")] = Path("handouts"),
    course: CourseOption = None,
) -> None:
    """For instructors: make what students get: notebook, data, public checks, and what runs them without installing."""
    from grader.authoring import handouts

    if bool(assignments) == every:
        raise UsageError("name the assignments, such as 01_tensors, or say --all")
    found = find_course(course)
    made = {id: handouts.handout(found, id) for id in assignments or found.written()}  # all of them, or none
    if make_folder(out_dir).resolve().is_relative_to(found.root.resolve() / "assignments"):
        raise UsageError(f"{out_dir}: there lies the course itself; name another folder with --out")
    for id, files in made.items():
        path = out_dir / (f"{id}.zip" if packed else id)
        if packed:
            path.write_bytes(handouts.archive(files, id))
        else:
            handouts.write_folder(path, files)
        out.print(Text(str(path)), soft_wrap=True)


def validate(
    assignments: AssignmentsArgument = None,
    quick: Annotated[bool, typer.Option("--quick", help="Without kernels, in this process.")] = False,
    question: Annotated[list[str] | None, typer.Option("-q", "--question", help="Only this one; repeat it.")] = None,
    again: Annotated[bool, typer.Option("--all", help="Prove what is remembered, too.")] = False,
    cache: CacheOption = None,
    junit_file: Annotated[Path | None, typer.Option("--junit", help="Also write a JUnit file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    github: GithubOption = False,
    jobs: JobsOption = CORES,
    seed: SeedOption = 0,
    kernels: KernelsOption = KERNELS,
    device: DeviceOption = Device.AUTO,
    walls: WallsOption = Walls.AUTO,
    course: CourseOption = None,
) -> None:
    """For authors: prove the course. Prints one line per fault; exit code 1 when there is any."""
    from grader.authoring.memory import Memory
    from grader.authoring.validate import Plan, validate

    if github:
        page_of_job()
    if junit_file and not junit_file.absolute().parent.is_dir():
        raise UsageError(f"{junit_file}: there is no such folder; make it first")
    found = find_course(course)
    setting = setting_of(found, seed, kernels, walls, device)
    memory = Memory((cache or cache_folder()) / "proofs")
    plan = Plan(found, assignments or found.written(), setting, jobs, memory, question or (), again, _progress)
    prove = validate
    if quick:
        from grader.authoring.quick import quick as prove  # and with it PyTorch
    proofs = prove(plan)
    if junit_file:
        junit_file.write_text(junit(proofs), encoding="utf-8")
    if as_json:
        print(json.dumps(proofs_json(proofs), indent=1, ensure_ascii=False))
    faults = [fault for proof in proofs for fault in proof.faults]
    for line in () if as_json else marked(faults) if github else map(str, faults):
        out.print(Text(line), soft_wrap=True)
    if github:
        add_summary(proofs_summary(proofs))
    if known := sum(proof.remembered for proof in proofs):
        err.print(f"{known} of {sum(bool(proof.question) for proof in proofs)} questions were proved before")
    if not as_json:
        out.print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}" if faults else "no fault")
    raise typer.Exit(1 if faults else 0)


def course_(
    assignments: AssignmentsArgument = None,
    only_missing: Annotated[bool, typer.Option("--missing", help="Only rows that nothing covers.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    course: CourseOption = None,
) -> None:
    """For authors: what of the curriculum is asked, shown or worked through, and where; and what is missing."""
    from grader.authoring.curriculum import rows_of

    found = find_course(course)
    covered = {id: rows_of(found, id) for id in assignments or found.written()}
    if as_json:
        print(json.dumps(rows_json(covered), indent=1, ensure_ascii=False))
        return
    for id, rows in covered.items():
        show_rows(id, [row for row in rows if not (only_missing and row.covered)], rows)
    if len(covered) > 1:
        show_sum(covered)


def _progress(total: int) -> AbstractContextManager[Callable[[], None]]:
    return steps(total, "proving")


def try_(
    context: typer.Context,
    assignment: AssignmentArgument,
    answers: Annotated[
        Path, typer.Argument(help="A folder of answers, marked as mistakes or alternatives, or a file.")
    ],
    seeds: Annotated[list[int] | None, typer.Option(help="One or several: --seeds 0 1 2")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    jobs: JobsOption = CORES,
    kernels: KernelsOption = KERNELS,
    device: DeviceOption = Device.AUTO,
    walls: WallsOption = Walls.AUTO,
    course: CourseOption = None,
) -> None:
    """For authors: grade answers from outside, each alone. Exit code 1: a wrong one passes, or a right one does not."""
    from grader.authoring.answers import load_answers, try_answers
    from grader.running.pool import Pool

    chosen = list(dict.fromkeys([*(seeds or []), *_more_seeds(context)])) or [0]
    found = find_course(course)
    variants = load_answers(found, assignment, answers)
    setting = setting_of(found, chosen[0], kernels, walls, device)
    with Pool(setting, jobs) as pool, steps(len(variants) * len(chosen), assignment) as tell:
        tried = try_answers(found, assignment, variants, pool, chosen, tell)
    if as_json:
        print(json.dumps(answers_json(tried), indent=1, ensure_ascii=False))
    else:
        show_answers(tried)
    raise typer.Exit(0 if all(answer.as_due for answer in tried) else 1)


def _more_seeds(context: typer.Context) -> list[int]:
    """The numbers after the first in `--seeds 0 1 2`, which reach us as words too many."""
    for word in context.args:
        if not word.lstrip("-").isdigit():
            raise UsageError(f"{word}: there is one folder of answers, and seeds are whole numbers")
    return [int(word) for word in context.args]


def new(
    assignment: Annotated[str, typer.Argument(help="Such as 06_topic.")],
    course: CourseOption = None,
) -> None:
    """For authors: write a new assignment with one working question in it."""
    from grader.authoring.scaffold import scaffold

    for path in scaffold(find_course(course), assignment):
        out.print(Text(str(path)), soft_wrap=True)
