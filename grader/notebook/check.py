"""`check("question")`: a notebook's own checks, for the student who works in it.

It runs the public checks of a question on what the notebook has defined so far, in this process; `check()` those of
all questions. Where a solution is imported as a module it does nothing; while a notebook is graded,
kernel/inside/standins.py takes its place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError, UsageError
from grader.notebook.handout import came_in, find_handout

if TYPE_CHECKING:
    from grader.notebook.findings import Answer, Asker
    from grader.notebook.page import Line

NOT_HERE = "The checks are not here: keep the notebook in its assignment's folder, beside `public`."

_seen: list[Path] = []  # where the handout was found: it stays found after `%cd`


def check(question: str | None = None) -> None:
    """Run the public checks of one question, or of all, and show what they found."""
    shell = shell_here()
    if shell is None:
        return
    from grader.notebook.page import lines

    try:
        asker = asker_here(shell)
        if asker is None:
            print(NOT_HERE)
        elif question is None:
            _all(asker, live=hasattr(shell, "kernel"))
        else:
            _show(list(lines(asker.ask(getattr(question, "__name__", question)))))
    except UsageError as error:  # there is no such question, or none to check
        print(error)
    except GraderError as error:
        print(f"The check could not run: {error}")
    except KeyboardInterrupt:
        print("Stopped.")


def asker_here(shell: Any) -> Asker | None:
    """Who asks the questions of the handout around a notebook, if it is found. Raises CourseError."""
    from grader.notebook.findings import Asker

    handout = find_handout(_places(shell.user_ns))
    if handout is None:
        return None
    _seen[:] = [handout.folder]
    return Asker(handout, shell.user_ns, shell.compile._filename_map.get)


def _all(asker: Asker, *, live: bool) -> None:
    """Every question in one line, as it is asked; `live` where what was shown can be shown anew."""
    from grader.notebook.page import as_text, short, summary

    answers: list[Answer] = []
    total = len(asker.handout.questions)
    handle = _show([], (0, total)) if live else None
    for answer in asker.all():
        answers.append(answer)
        if handle is None:
            print(as_text([short(answer)]))
        else:
            _show([short(one) for one in answers], (len(answers), total), handle)
    if handle is None:
        print(as_text([summary(answers)]))
    else:
        _show([*(short(one) for one in answers), summary(answers)], (total, total), handle)


def _show(shown: list[Line], progress: tuple[int, int] | None = None, handle: Any = None) -> Any:
    """Show lines in the notebook, or in the place of what a handle has shown; a handle when there is progress."""
    from IPython.display import display

    from grader.notebook.page import as_html, as_text

    data = {"text/plain": as_text(shown), "text/html": as_html(shown, progress)}
    if handle is not None:
        handle.update(data, raw=True)
        return handle
    return display(data, raw=True, display_id=True if progress else None)  # type: ignore[no-untyped-call]


def shell_here() -> Any:
    """The IPython shell that runs this code, if one does."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def _places(namespace: dict[str, Any]) -> Iterator[Path]:
    """Where the handout may be.

    Beside the notebook, as far as its editor says where that is; here; where it was; where this package came from.
    """
    for said in (namespace.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(said, str) and Path(said).is_file():
            yield Path(said).resolve().parent
    yield Path.cwd()
    yield from _seen
    if folder := came_in():
        yield folder
