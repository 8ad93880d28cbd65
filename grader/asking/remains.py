"""What a call leaves behind beside its result: random numbers that are used up, files, arguments that are others."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
import torch

from grader.asking import surroundings
from grader.asking.effects import Kind
from grader.asking.local import Generators
from grader.asking.probes import Probe, probe
from grader.asking.remote import Remote, handle_of
from grader.errors import CourseError

CLAUSES = {
    Kind.ARGUMENTS: "the call changes what it is given; the caller's data must stay",
    Kind.NUMBERS: "the call uses up random numbers that all share; leave the generators as they are",
    Kind.FILES: "the call leaves a file behind, or changes one",
}
SWITCHED_ON = surroundings.changes(["gradients"])  # by a call that was made while they were not recorded


def remains(
    answer: Remote, oracle: Callable[..., Any], case: tuple[Any, ...], *, draws: bool = False
) -> Iterator[tuple[Kind, str]]:
    """What a call leaves behind and the reference's does not, each with a clause. It is the kernel's claim."""
    said = handle_of(answer).interview.run(_left, answer, *case)
    moved, written, fixed = said if type(said) is list and len(said) == 3 else (False, False, "")
    if moved is True and not draws and not _draws(oracle, case):
        yield Kind.NUMBERS, CLAUSES[Kind.NUMBERS]
    if written is True:
        yield Kind.FILES, CLAUSES[Kind.FILES]
    if fixed == "gradients":
        yield Kind.SURROUNDINGS, SWITCHED_ON


def touched(answer: Remote, calls: Probe, args: tuple[Any, ...], but: Collection[str]) -> Iterator[tuple[Kind, str]]:
    """What calls leave changed that a probe makes in the kernel, each with a clause. `but`: what they may."""
    if unknown := set(but) - set(CLAUSES):
        raise CourseError("untouched", f"there is no {sorted(unknown)[0]!r}", f"use of these: {', '.join(CLAUSES)}")
    said = handle_of(answer).interview.run(_touched, answer, calls, *args)
    left = said if type(said) is list else []
    yield from ((kind, clause) for kind, clause in CLAUSES.items() if kind in left and kind not in but)
    if "gradients" in left:
        yield Kind.SURROUNDINGS, SWITCHED_ON


def _draws(oracle: Callable[..., Any], case: tuple[Any, ...]) -> bool:
    with Generators():
        before = _state()
        oracle(*copy.deepcopy(case))
        return bool(before != _state())


def _state() -> Any:
    theirs: Any = np.random.get_state()
    return random.getstate(), theirs[1].tobytes(), theirs[2], torch.get_rng_state().numpy().tobytes()


def _now():  # type: ignore[no-untyped-def]
    """The state of all generators, and the files of the current folder."""
    import random
    from os import scandir

    theirs = np.random.get_state()
    torchs = torch.get_rng_state().numpy().tobytes()
    with scandir() as files:
        times = sorted((file.name, file.stat(follow_symlinks=False).st_mtime_ns) for file in files)
    return (random.getstate(), theirs[1].tobytes(), theirs[2], torchs), times  # type: ignore[index]


def _fixed(f, args):  # type: ignore[no-untyped-def]
    """What a call sets to a state of its own in the place of the one that it found; "" for nothing.

    It is made where gradients are not recorded and a parameter of each module does not learn. What cannot work there
    raises, as a training does, and then nothing is said.
    """
    frozen = [p for net in args if isinstance(net, torch.nn.Module) for p in [*net.parameters()][:1] if p.requires_grad]
    with torch.no_grad():
        try:
            for parameter in frozen:
                parameter.requires_grad_(False)
            f(*args)
            if torch.is_grad_enabled():
                return "gradients"
            return "arguments" if any(parameter.requires_grad for parameter in frozen) else ""
        except Exception:
            return ""
        finally:
            for parameter in frozen:
                parameter.requires_grad_()


@probe(uses=[_now, _fixed])
def _left(f, *args):  # type: ignore[no-untyped-def]
    before = _now()  # type: ignore[no-untyped-call]
    f(*args)
    found = [old != new for old, new in zip(before, _now(), strict=True)]  # type: ignore[no-untyped-call]
    return [*found, _fixed(f, args)]  # type: ignore[no-untyped-call]


def _looks(value):  # type: ignore[no-untyped-def]
    """What can be seen of an argument, as plain data."""
    if isinstance(value, torch.Tensor):
        numbers = value.detach().cpu().flatten().clone(memory_format=torch.contiguous_format).view(torch.uint8).tolist()
        facts = [str(value.dtype), list(value.shape), list(value.stride()), value.requires_grad]
        return [*facts, numbers, _looks(value.grad) if value.is_leaf else None]  # type: ignore[no-untyped-call]
    if isinstance(value, torch.nn.Module):
        parts = [[part.training, len(part._forward_hooks), len(part._forward_pre_hooks)] for part in value.modules()]
        return [parts, *map(_looks, value.state_dict(keep_vars=True).values())]
    if isinstance(value, np.ndarray):
        return [str(value.dtype), list(value.shape), value.tolist()]
    if isinstance(value, (list, tuple)):
        return [_looks(part) for part in value]  # type: ignore[no-untyped-call]
    if isinstance(value, dict):
        return [[repr(key), _looks(part)] for key, part in value.items()]  # type: ignore[no-untyped-call]
    return repr(value) if isinstance(value, (bool, int, float, str)) else type(value).__name__


@probe(uses=[_now, _looks, _fixed])
def _touched(f, calls, *args):  # type: ignore[no-untyped-def]
    found = []
    for function, *given in calls(f, *args):
        before = [_looks(given), *_now()]  # type: ignore[no-untyped-call]
        function(*given)
        after = [_looks(given), *_now()]  # type: ignore[no-untyped-call]
        names = ("arguments", "random numbers", "files")
        found += [name for name, old, new in zip(names, before, after, strict=True) if old != new]
        found.append(_fixed(function, given))  # type: ignore[no-untyped-call]
    return found
