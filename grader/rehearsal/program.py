"""The command in a handout: `python grader.pyz check NOTEBOOK`, or `submit`, which needs no installation.

It does what `grader check` and `grader submit` do, with Python's own means: a student's machine has no library for
command lines. For running a notebook it has what every Jupyter brings along.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import grader
from grader.errors import GraderError, UsageError
from grader.rehearsal import work
from grader.rehearsal.submit import submit
from grader.text import survive_any_console

if TYPE_CHECKING:
    from grader.rehearsal.run import Rehearsal

STOPPED = 130


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Run the command, and exit with its code: 0 well, 1 a check failed, 2 wrong usage, 130 stopped."""
    survive_any_console(sys.stdout, sys.stderr)
    said = ""
    try:
        code = _run(_parsed(words))
    except GraderError as error:
        said, code = str(error), error.exit_code
    except KeyboardInterrupt:
        said, code = "stopped", STOPPED
    if said:
        print(f"grader: {said}", file=sys.stderr)
    sys.exit(code)


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def _parsed(words: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(
        prog=f"python {Path(sys.argv[0]).name}", description="Check your notebook, and make it ready to hand in."
    )
    parser.add_argument("--version", action="version", version=f"grader {grader.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, (command, does) in COMMANDS.items():
        one = commands.add_parser(name, help=does, description=does)
        one.add_argument("notebook", type=Path, help="your notebook" + " or a folder of them" * (name == "check"))
        one.set_defaults(command=command)
    return parser.parse_args(words)


def _run(asked: argparse.Namespace) -> int:
    command: Callable[[Path], int] = asked.command
    return command(asked.notebook)


def _check(given: Path) -> int:
    return 0 if work.checked(list(work.notebooks(given)), lambda path: work.is_fine(_run_and_tell(path)), print) else 1


def _submit(given: Path) -> int:
    submit(given, _run_and_tell, print)
    return 0


def _run_and_tell(path: Path) -> Rehearsal:
    """Run one notebook and print what is found."""
    notebook = work.read(path)
    with _progress(len(notebook.cells)) as step:
        found = work.run(notebook, step)
    for line in work.findings(notebook, found):
        print(line)
    return found


@contextmanager
def _progress(cells: int) -> Iterator[Callable[[], None]]:
    """A function to call after each cell: one line that counts, on a terminal only."""
    done = count(1)

    def step() -> None:
        if sys.stderr.isatty():
            print(f"\rcell {min(next(done), cells)} of {cells}", end="", file=sys.stderr, flush=True)

    yield step
    if sys.stderr.isatty():
        print("\r" + " " * 30, end="\r", file=sys.stderr, flush=True)


COMMANDS: dict[str, tuple[Callable[[Path], int], str]] = {
    "check": (_check, "Run a notebook from top to bottom in a fresh kernel and ask its public checks."),
    "submit": (_submit, "The same, and write the file to hand in, with a receipt."),
}
