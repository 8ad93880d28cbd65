"""`grader mark`: answers that a person judges."""

from __future__ import annotations

import contextlib
import getpass
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.options import CourseOption, RosterOption
from grader.cli.printing import out
from grader.course.catalog import find_course
from grader.course.settings import settings_of


def mark(
    assignment: Annotated[str, typer.Argument(help="Whose answers.")],
    out_folder: Annotated[Path, typer.Option("--out", help="Where gradebook and pages are.")] = Path("grades"),
    hide_names: Annotated[bool, typer.Option("--hide-names", help="Leave names out; the page can show them.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Say how far marking has come, and open no page.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, and open no browser.")] = False,
    by: Annotated[str, typer.Option(envvar="GRADER_BY", help="Who marks. Default: your login name.")] = "",
    roster: RosterOption = None,
    course: CourseOption = None,
) -> None:
    """Mark written answers and plots on a page in your browser; each choice is in decisions.toml at once."""
    from grader.marking.serve import open_desk, serve

    def tell(address: str) -> None:
        out.print(Text(f"marking at {address}"), soft_wrap=True)
        out.print("Ctrl-C ends it; everything that you chose is on disk.")
        if not no_browser:
            webbrowser.open(address)

    found = find_course(course)
    lists = roster or settings_of(found).roster
    by = by or getpass.getuser()
    with open_desk(found, assignment, out_folder / "gradebook.db", by, lists, hidden=hide_names) as desk:
        if not listing:
            with contextlib.suppress(KeyboardInterrupt):
                serve(desk, tell)
        for id in desk.marking.stack.piles:
            marked, all_ = desk.marking.progress(id)
            out.print(Text(f"{id}: {marked} of {all_} marked"))
    out.print(Text(f"grader score --out {out_folder} brings it into pages and tables"), soft_wrap=True)
