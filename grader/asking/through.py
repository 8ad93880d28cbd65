"""A probe of a student's function as a function of its own, so that `agree` can ask it, and vary what it is asked."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from grader.asking.probes import Probe
from grader.asking.remote import Remote, handle_of

Function = Callable[..., Any]


def through(what: Function, of: Any, *uses: Function) -> Function:
    """What `what(of, ...)` gives, as a function of the other arguments.

    Args:
        what: a function that runs in the kernel, as a probe, when `of` stays there, and here otherwise.
        of: a function or a class, the student's or the reference's.
        uses: functions of the suite that `what` calls.
    """
    if type(of) is not Remote:
        return functools.partial(what, of)
    handle = handle_of(of)

    def asked(*args: Any) -> Any:
        return handle.interview.run(_as_probe(what, uses), of, *args)

    asked.__name__ = handle.name
    return asked


@functools.cache
def _as_probe(what: Function, uses: tuple[Function, ...]) -> Probe:
    return Probe(what, uses)
