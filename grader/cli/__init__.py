"""The command line: arguments in, text and exit code out. The only place that prints.

Exit codes: 0 all was judged, or all is well; 1 our own fault, or `validate` found faults; 2 wrong usage; 3 graded, but
a person must look at someone (unjudged or unreadable).
"""

from __future__ import annotations

import errno
import sys
import tempfile
from importlib.metadata import version
from typing import Annotated

import typer
from rich.text import Text

from grader.cli.admin import doctor
from grader.cli.authors import build, course_, handout, new, try_, validate
from grader.cli.check import check, submit
from grader.cli.desk import decide, score
from grader.cli.exports import export, package
from grader.cli.feedback import feedback, requests
from grader.cli.history import history
from grader.cli.interrupts import STOPPED
from grader.cli.mark import mark
from grader.cli.mistakes import mistake
from grader.cli.people import roster
from grader.cli.printing import err, out
from grader.cli.run import demo, run, status
from grader.errors import FileFaults, GraderError
from grader.text import survive_any_console

HELP = """Grade the notebooks of a PyTorch course.

Exit codes: 0 all was judged; 1 a check failed, or a fault of ours or of the course; 2 wrong usage; 3 graded, but a
person must look at someone."""

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        out.print(f"grader {version('grader')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which it is.")
    ] = False,
) -> None:
    """What can be said before a command."""


COMMANDS = (  # in the order of `grader --help`
    run,
    status,
    score,
    decide,
    mark,
    history,
    roster,
    export,
    feedback,
    requests,
    package,
    check,
    submit,
    handout,
    build,
    validate,
    new,
    mistake,
    doctor,
    demo,
)
for _command in COMMANDS:
    app.command()(_command)
app.command("course")(course_)
app.command("try", context_settings={"allow_extra_args": True})(try_)


def main() -> None:
    """Run the command line. A fault that we foresaw is one line; a traceback is a fault of ours."""
    survive_any_console(sys.stdout, sys.stderr)
    try:
        code = app(prog_name="grader", standalone_mode=False) or 0
    except GraderError as error:
        for fault in error.faults if isinstance(error, FileFaults) else (error,):
            err.print(Text(f"grader: {fault}"), soft_wrap=True)
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
