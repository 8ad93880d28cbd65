"""`grader build`, `grader validate` and `grader new`: what authors of assignments run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.answers import answers_json, show_answers
from grader.cli.options import (
    CORES,
    CourseOption,
    DeviceOption,
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
from grader.errors import UsageError
from grader.running.setting import KERNELS


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


def validate(
    assignments: Annotated[list[str] | None, typer.Argument(help="Default: all.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Without kernels, in this process.")] = False,
    question: Annotated[list[str] | None, typer.Option("-q", "--question", help="With --quick: only these.")] = None,
    jobs: JobsOption = CORES,
    seed: SeedOption = 0,
    kernels: KernelsOption = KERNELS,
    device: DeviceOption = Device.AUTO,
    walls: WallsOption = Walls.AUTO,
    course: CourseOption = None,
) -> None:
    """For authors: prove the course. Prints one line per fault; exit code 1 when there is any."""
    from grader.authoring.quick import quick as find_quickly
    from grader.authoring.validate import validate as find

    found = find_course(course)
    count = 0
    for id in assignments or found.ids():
        err.print(f"{id} …")
        setting = setting_of(found, seed, kernels, walls, device)
        for fault in find_quickly(found, id, question or ()) if quick or question else find(found, id, setting, jobs):
            count += 1
            out.print(Text(str(fault)), soft_wrap=True)
    out.print(f"{count} faults" if count else "no fault")
    raise typer.Exit(1 if count else 0)


def try_(
    context: typer.Context,
    assignment: Annotated[str, typer.Argument(help="Such as 01_tensors.")],
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
