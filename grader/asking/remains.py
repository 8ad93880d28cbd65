"""What a call leaves behind beside its result: random numbers that are used up, files."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from grader.asking.local import Generators
from grader.asking.probes import probe
from grader.asking.remote import Remote, handle_of


def remains(answer: Remote, oracle: Callable[..., Any], case: tuple[Any, ...], *, draws: bool = False) -> str:
    """A clause on what a call leaves behind and the reference's does not; "" for nothing. It is the kernel's claim."""
    said = handle_of(answer).interview.run(_left, answer, *case)
    moved, written = said if type(said) is list and len(said) == 2 else (False, False)
    if moved is True and not draws and not _draws(oracle, case):
        return "the call uses up random numbers that all share; leave the generators as they are"
    return "the call leaves a file behind, or changes one" if written is True else ""


def _draws(oracle: Callable[..., Any], case: tuple[Any, ...]) -> bool:
    with Generators():
        before = _state()
        oracle(*copy.deepcopy(case))
        return bool(before != _state())


def _state() -> Any:
    theirs: Any = np.random.get_state()
    return random.getstate(), theirs[1].tobytes(), theirs[2], torch.get_rng_state().tolist()


@probe
def _left(f, *args):  # type: ignore[no-untyped-def]
    import random
    from pathlib import Path

    def now():  # type: ignore[no-untyped-def]
        theirs = np.random.get_state()
        numbers = random.getstate(), theirs[1].tobytes(), theirs[2], torch.get_rng_state().tolist()  # type: ignore[index]
        return numbers, sorted((file.name, file.lstat().st_mtime_ns) for file in Path().iterdir())

    before = now()  # type: ignore[no-untyped-call]
    f(*args)
    return [old != new for old, new in zip(before, now(), strict=True)]  # type: ignore[no-untyped-call]
