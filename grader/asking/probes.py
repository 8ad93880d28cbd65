"""Probes: functions of a suite whose source runs beside the student's code."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, overload

from grader.errors import CodecError

Function = Callable[..., Any]


class Probe:
    """A function of the suite that runs inside the kernel; made by `@probe`."""

    def __init__(self, function: Function, uses: Sequence[Function | Probe] = ()) -> None:
        self.name: str = function.__name__
        parts = (
            part for helper in uses for part in (helper.parts if isinstance(helper, Probe) else (_source(helper),))
        )
        self.parts: tuple[str, ...] = tuple(dict.fromkeys([*parts, _source(function)]))  # each helper once

    @property
    def source(self) -> str:
        """What defines it and its helpers."""
        return "\n\n".join(self.parts)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise CodecError(f"the probe {self.name} runs in a kernel: call it as run({self.name}, ...)")


@overload
def probe(function: Function) -> Probe: ...
@overload
def probe(*, uses: Sequence[Function | Probe]) -> Callable[[Function], Probe]: ...
def probe(
    function: Function | None = None, *, uses: Sequence[Function | Probe] = ()
) -> Probe | Callable[[Function], Probe]:
    """Mark a function to be run inside the kernel, for what only a process can see.

    It sees `torch`, `np`, its arguments and the functions that it `uses`; it returns plain data, holds no expected
    value and asserts nothing. A probe may also be passed as an argument: there it is an ordinary function of the
    kernel.

    Args:
        uses: helpers that several probes share, probes themselves or functions that see what a probe sees:
            `@probe(uses=[small_net])`.
    """
    if function is None:
        return lambda function: Probe(function, uses)
    return Probe(function)


@functools.lru_cache(maxsize=1024)  # a check may make one probe again and again
def _source(function: Function) -> str:
    """The definition alone, without decorators."""
    node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        raise CodecError(f"{function!r} cannot run in a kernel: define it with `def`")
    node.decorator_list = []
    return ast.unparse(node)
