"""`@when_solved`: run a function that shows what a notebook's answers do; where it fails, say which of them to look at.

Whose answer is at fault is said only as far as it is known: an answer that is not there names itself, and of one that
is wrong its public check says so.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError
from grader.notebook.check import asker_here, shell_here
from grader.records import Status
from grader.text import clean

if TYPE_CHECKING:
    from grader.notebook.findings import Asker
    from grader.notebook.handout import Handout

MISSING = "Here you will see your own `{}` at work.\nAnswer {} first, then run this cell again."
PREDICTION = "Here your prediction will stand beside what comes.\nMake it first, in `{}`, then run this cell again."
WRONG = 'This cell uses your answer to `{0}`, which is not right yet: check("{0}") says more.'
LONGEST = 300  # characters of what was raised
_LOADS = {"LOAD_GLOBAL", "LOAD_NAME"}


def when_solved(show: Callable[[], object]) -> None:
    """Run a function that shows something; where it fails, say kindly why, in the place of a traceback."""
    shell = shell_here()
    if shell is None:
        return  # the solution is imported as a module, as for `check`
    try:
        show()
    except Exception as error:
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")  # half a picture shows nothing
        print(_reason(show, error, shell))


def _reason(show: Callable[[], object], error: Exception, shell: Any) -> str:
    """What is to be done first, as far as that is known."""
    try:
        asker = asker_here(shell)
        return _missing(error, asker.handout if asker else None) or _blame(show, error, asker, shell.user_ns)
    except GraderError:  # checks that cannot be used say nothing about an answer
        return _missing(error, None) or _stopped(error)


def _missing(error: Exception, handout: Handout | None) -> str:
    """Which answer is not there, if that is why."""
    homes = _homes(handout)
    match error:
        case NotImplementedError() if str(error).isidentifier():
            name = str(error)
        case NameError(name=str(name)) if name in homes:
            pass
        case _:
            return ""
    home = homes.get(name, name)
    if handout is not None and home in handout.predicted:
        return PREDICTION.format(name)
    return MISSING.format(name, "that question" if home == name else f"the question `{home}`")


def _blame(show: Callable[[], object], error: Exception, asker: Asker | None, namespace: dict[str, Any]) -> str:
    """The first answer that the function uses and whose check fails; where there is none, what was raised."""
    homes = _homes(asker.handout if asker else None)
    needed = {homes[name] for name in _used(show, namespace) if name in homes}
    used = [id for id in asker.handout.questions if id in needed] if asker else []
    for id in used:
        if asker and asker.ask(id, quiet=True).status is Status.FAILED:
            return WRONG.format(id)
    if not used:
        return _stopped(error)
    *others, last = (f"`{id}`" for id in used)
    answers = f"answers to {', '.join(others)} and {last}; their checks" if others else f"answer to {last}; its check"
    return f"{_stopped(error)}\nIt uses your {answers} found nothing wrong."


def _stopped(error: Exception) -> str:
    return f"This cell stopped with {type(error).__name__}: {clean(' '.join(str(error).split()), LONGEST)}"


def _homes(handout: Handout | None) -> dict[str, str]:
    """The question of each name that answers define."""
    if handout is None:
        return {}
    return {name: id for id in handout.questions for name in handout.names.get(id, (id,))}


def _used(function: object, namespace: dict[str, Any]) -> set[str]:
    """The names of the notebook that a function uses, itself or through functions and classes of the notebook."""
    found: set[str] = set()
    waiting = [function]
    while waiting:
        for code in _codes(waiting.pop()):
            names = {one.argval for one in dis.get_instructions(code) if one.opname in _LOADS}
            new = {name for name in names if name in namespace} - found
            found |= new
            waiting += [namespace[name] for name in new]
    return found


def _codes(value: object) -> Iterator[CodeType]:
    """The code of a function, or of the methods of a class, with all that is defined within."""
    if isinstance(value, FunctionType):
        waiting = [value.__code__]
    elif isinstance(value, type) and value.__module__ == "__main__":
        waiting = [one.__code__ for one in vars(value).values() if isinstance(one, FunctionType)]
    else:
        return
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
