"""`grader mistake`: a known mistake, started from a student's answer."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from grader.cli.options import CourseOption
from grader.cli.printing import out
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook


def mistake(
    assignment: Annotated[str, typer.Argument(help="Such as 01_tensors.")],
    question: Annotated[str, typer.Argument(help="Its id.")],
    student: Annotated[str, typer.Argument(help="Whose answer it is: as the class page says.")],
    out_folder: Annotated[Path, typer.Option("--out", help="The folder of results.")] = Path("grades"),
    title: Annotated[str, typer.Option(help="What the answer does: “Keeps the sum in a tensor”.")] = "",
    hint: Annotated[list[str] | None, typer.Option(help="What its author reads; up to three steps.")] = None,
    course: CourseOption = None,
) -> None:
    """For authors: start a known mistake from a student's answer. The next run recognises it."""
    from grader.authoring.started import start_mistake
    from grader.course.catalog import find_course
    from grader.gradebook.store import Gradebook

    found = find_course(course)
    if not (out_folder / "gradebook.db").is_file():
        raise UsageError(f"{out_folder}: no gradebook is there; name the folder of results with --out")
    gradebook = Gradebook(out_folder / "gradebook.db")
    try:
        result = gradebook.whole(_key(gradebook, student), assignment)
    finally:
        gradebook.close()
    if result is None:
        raise UsageError(f"{student} has no grade for {assignment} in {out_folder}")
    path, line = start_mistake(found, assignment, question, result.submission, title, hint or ())
    lacks = [name for name, given in (("title", title), ("hint", hint)) if not given]
    said = f"write the {' and the '.join(lacks)}, then " if lacks else ""
    out.print(Text(f"{path}:{line}: {said}prove it with `grader validate {assignment} -q {question}`"), soft_wrap=True)


def _key(gradebook: Gradebook, student: str) -> str:
    """The key of a student who is named by key or by name. Raises UsageError."""
    people = gradebook.students()
    named = [key for key, one in people.items() if one.name == student]
    if student in people or len(named) == 1:
        return student if student in people else named[0]
    if named:
        raise UsageError(f"{student}: {len(named)} students have this name; name one by key: {', '.join(named)}")
    near = get_close_matches(student, [one.name for one in people.values()], n=1)
    raise UsageError(f"nobody is called {student!r} in the gradebook{f'; did you mean {near[0]}?' if near else ''}")
