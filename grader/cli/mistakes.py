"""`grader mistake`: a known mistake, started from a student's answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.options import CourseOption, RosterOption
from grader.cli.printing import out
from grader.course.catalog import find_course
from grader.course.settings import settings_of
from grader.errors import UsageError


def mistake(
    assignment: Annotated[str, typer.Argument(help="Such as 01_tensors.")],
    question: Annotated[str, typer.Argument(help="Its id.")],
    student: Annotated[str, typer.Argument(help="Whose answer it is: an id, login or name.")],
    out_folder: Annotated[Path, typer.Option("--out", help="The folder of results.")] = Path("grades"),
    title: Annotated[str, typer.Option(help="What the answer does: “Keeps the sum in a tensor”.")] = "",
    hint: Annotated[list[str] | None, typer.Option(help="What its author reads; up to three steps.")] = None,
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """For authors: start a known mistake from a student's answer. The next run recognises it."""
    from grader.authoring.started import start_mistake
    from grader.classroom.past import named_in
    from grader.gradebook.store import Gradebook

    found = find_course(course)
    _, keys = named_in(out_folder / "gradebook.db", roster or settings_of(found).roster, student)
    gradebook = Gradebook(out_folder / "gradebook.db")
    try:
        result = next(filter(None, (gradebook.whole(key, assignment) for key in keys)), None)
    finally:
        gradebook.close()
    if result is None:
        raise UsageError(f"{student} has no grade for {assignment} in {out_folder}")
    path, line = start_mistake(found, assignment, question, result.submission, title, hint or ())
    lacks = [name for name, given in (("title", title), ("hint", hint)) if not given]
    said = f"write the {' and the '.join(lacks)}, then " if lacks else ""
    out.print(Text(f"{path}:{line}: {said}prove it with `grader validate {assignment} -q {question}`"), soft_wrap=True)
