"""Does a broken promise show at all? Calls that the suites make are recorded, varied, and answered both ways.

What a wrapper does to a question may be nothing: no argument of it is a module, or the text allows no empty tensor and
the reference itself raises. Only a call that the reference answers, and the broken function answers otherwise, or the
traces that it leaves, make a mutant of a wrapper.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from promises import Promise, leaves, mapped, meets, methods_of
from torch import nn

from grader.asking.responder import seed

MOST = 5  # recorded calls of one name that are looked at


@dataclass
class Call:
    """Arguments as they came: of a function, or of a class and then of one of its methods."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    method: str = ""
    made: tuple[tuple[Any, ...], dict[str, Any]] = ((), {})

    def on(self, value: Any, args: tuple[Any, ...]) -> Any:
        if not self.method:
            return value(*args, **self.kwargs)
        return getattr(value(*self.made[0], **self.made[1]), self.method.replace("forward", "__call__"))(
            *args, **self.kwargs
        )


@dataclass
class Recorder:
    """Stands in the place of a function or a class, and notes what it is called with."""

    value: Any
    calls: list[Call] = field(default_factory=list)

    def stand_in(self) -> Any:
        if not isinstance(self.value, type):
            return functools.wraps(self.value)(lambda *a, **k: self._note(Call(a, k)) or self.value(*a, **k))
        methods = methods_of(self.value)
        same = {"__module__": self.value.__module__, "__qualname__": self.value.__qualname__}
        body = {name: self._method(name) for name in methods}
        return type(self.value.__name__, (self.value,), same | body | {"__init__": self._init()}) if methods else None

    def _init(self) -> Callable[..., None]:
        recorder = self

        @functools.wraps(self.value.__init__)
        def init(self_: Any, *args: Any, **kwargs: Any) -> None:
            made = recorder._copied((args, kwargs))
            recorder.value.__init__(self_, *args, **kwargs)
            object.__setattr__(self_, "_made", made)

        return init

    def _method(self, name: str) -> Callable[..., Any]:
        function = getattr(self.value, name)

        @functools.wraps(function)
        def method(self_: Any, *args: Any, **kwargs: Any) -> Any:
            if made := getattr(self_, "_made", None):
                self._note(Call(args, kwargs, name, made))
            return function(self_, *args, **kwargs)

        return method

    def _note(self, call: Call) -> None:
        if len(self.calls) < 4 * MOST and (args := self._copied((call.args, call.kwargs))):
            self.calls.append(Call(*args, call.method, call.made))

    @staticmethod
    def _copied(value: Any) -> Any:
        try:
            return copy.deepcopy(value)
        except Exception:  # a generator
            return None

    def chosen(self) -> list[Call]:
        """Calls that look different, not more than MOST."""
        different = {repr(mapped(call.args, _looks)): call for call in self.calls}
        return list(different.values())[:MOST]


def _looks(leaf: Any) -> Any:
    if isinstance(leaf, torch.Tensor):
        return ("tensor", leaf.dtype, tuple(leaf.shape), leaf.is_contiguous())
    return type(leaf) if isinstance(leaf, float) else leaf


# ---- variations


def _laid_out(t: torch.Tensor) -> torch.Tensor:
    """The same numbers, transposed, with a step and an offset."""
    if t.ndim == 0:
        return torch.stack([t + 1 if t.dtype is not torch.bool else ~t, t])[1]
    room = t.new_zeros((*reversed(t.shape[1:]), 2 * t.shape[0] + 1))
    view = room[..., 1::2].permute(*reversed(range(t.ndim)))
    view.copy_(t)
    return view


def _recast(dtype: torch.dtype) -> Callable[[torch.Tensor], torch.Tensor]:
    def cast(t: torch.Tensor) -> torch.Tensor:
        if t.is_floating_point() and not dtype.is_floating_point:
            t = (t * 7).abs() if dtype is torch.uint8 else t * 7
        return t.to(dtype)

    return lambda t: cast(t).contiguous()


def _with(value: float) -> Callable[[torch.Tensor], torch.Tensor]:
    def put(t: torch.Tensor) -> torch.Tensor:
        t = t.clone()
        if t.is_floating_point() and t.numel():
            t.view(-1)[-1] = value
        return t

    return put


def _narrowed(axis: int, size: int) -> Callable[[torch.Tensor], torch.Tensor]:
    return lambda t: t.narrow(axis, 0, min(size, t.shape[axis])) if -t.ndim <= axis < t.ndim else t


CHANGES: tuple[Callable[[torch.Tensor], torch.Tensor], ...] = (
    _laid_out,
    lambda t: t[:1].expand(t.shape) if t.ndim else t,
    lambda t: t.T.contiguous().T if t.ndim == 2 else t,
    *(_recast(dtype) for dtype in (torch.float64, torch.float16, torch.bfloat16, torch.float32)),
    *(_recast(dtype) for dtype in (torch.int64, torch.int32, torch.uint8, torch.bool)),
    lambda t: t.detach().clone().requires_grad_() if t.is_floating_point() else t,
    *(_narrowed(axis, size) for axis in (0, -1, -2) for size in (0, 1, 3)),
    *(_with(value) for value in (float("nan"), float("inf"))),
    lambda t: -t if t.dtype not in (torch.bool, torch.uint8) else t,
    lambda t: t.abs() if t.dtype is not torch.bool else t,
    lambda t: t[0] if t.ndim else t,
    lambda t: t.flatten()[0] if t.numel() else t,
    lambda t: t[None],
    lambda t: torch.full_like(t, 1),
    lambda t: torch.full((400,), 1, dtype=torch.uint8),
    lambda t: torch.full((3, 400), 200, dtype=torch.uint8),
)


def variations(call: Call) -> Iterator[tuple[Any, ...]]:
    """The arguments as they are, then with all tensors changed in one way, then with the first of them only."""
    yield call.args
    places = [i for i, value in enumerate(call.args) if any(map(_changeable, leaves(value)))]
    for change in CHANGES:
        for chosen in [places, places[:1], places[1:2]] if len(places) > 1 else [places] if places else []:
            try:
                yield tuple(
                    mapped(value, lambda leaf: _change(leaf, change)) if i in chosen else value  # noqa: B023
                    for i, value in enumerate(call.args)
                )
            except (RuntimeError, IndexError, TypeError, ValueError):
                continue


def _changeable(leaf: Any) -> bool:
    return isinstance(leaf, torch.Tensor) or (isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biuf")


def _change(leaf: Any, change: Callable[[torch.Tensor], torch.Tensor]) -> Any:
    if isinstance(leaf, np.ndarray) and _changeable(leaf):
        return change(torch.from_numpy(leaf.copy())).numpy()
    return change(leaf) if isinstance(leaf, torch.Tensor) else leaf


# ---- outcomes


def outcome(value: Any, call: Call, args: tuple[Any, ...]) -> Any:
    """All that a caller could notice of one call, as something that can be compared; None when the value raises."""
    args = copy.deepcopy(args)
    seed(0)
    before = _globals()
    try:
        answer: Any = call.on(value, args)
    except Exception as error:
        said: Any = ("raised", type(error).__name__)
        answer = None
    else:
        said = _summary(answer, args)
    moved = [name for name, now in _globals().items() if now != before[name]]
    left = {name: _globals()[name] for name in moved}
    _restore(before)
    return said, _summary(args, ()), left


@dataclass(frozen=True)
class Answered:
    """A call, its arguments in one variation, and what the reference answers."""

    call: Call
    args: tuple[Any, ...]
    right: Any


def answered(reference: Any, calls: list[Call]) -> Iterator[Answered]:
    """What the reference answers to calls and their variations; where a variation makes it raise, nothing."""
    for call in calls:
        for args in variations(call):
            with contextlib.suppress(Exception):  # what cannot be copied, or compared
                right = outcome(reference, call, args)
                if right[0][0] != "raised" or args is call.args:
                    yield Answered(call, args, right)


def shows(promise: Promise, value: Any, known: list[Answered]) -> bool:
    """Whether some call is answered otherwise when the promise is broken, or leaves other traces."""
    broken = promise.broken(value)
    if broken is None or not known:
        return broken is not None
    if promise.condition is not None:
        given = (leaf for one in known if one.right[0][0] != "raised" for leaf in leaves(one.args))
        return any(meets(leaf, promise.condition) for leaf in given)
    if any(outcome(broken, one.call, one.args) != one.right for one in known):
        return True
    with torch.no_grad():  # what is set to a state of its own shows only where another one was found
        plain = [one.call for one in known if one.args is one.call.args]
        return any(_leaves_else(broken, value, call) for call in plain)


def _leaves_else(broken: Any, value: Any, call: Call) -> bool:
    """Whether the broken one leaves other traces; none where the right one raises, as a training does."""
    due = outcome(value, call, call.args)
    return due[0][0] != "raised" and outcome(broken, call, call.args)[1:] != due[1:]


def _summary(value: Any, args: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return _of_tensor(value, args)
    if isinstance(value, np.ndarray):
        return ("array", str(value.dtype), value.shape, value.tobytes())
    if isinstance(value, list | tuple):
        return (type(value).__name__, *(_summary(part, args) for part in value))
    if isinstance(value, dict):
        return ("dict", *((repr(key), _summary(part, args)) for key, part in value.items()))
    if isinstance(value, nn.Module):
        modes = [(module.training, len(module._forward_hooks)) for module in value.modules()]
        return (type(value).__name__, modes, _summary(dict(value.state_dict()), ()), _which(value, args))
    if isinstance(value, bool | int | float | str | bytes | set | frozenset | np.generic | torch.dtype | torch.device):
        return (type(value).__name__, repr(value))
    return (type(value).__name__,)


def _of_tensor(t: torch.Tensor, args: Any) -> Any:
    plain = t.detach()
    numbers = repr(plain.to(torch.float64 if t.is_floating_point() else t.dtype).tolist())
    shared = t.layout is torch.strided and _storage(t) in {_storage(x) for x in leaves(args) if _changeable(x)}
    return ("tensor", str(t.dtype), tuple(t.shape), t.requires_grad, shared, _which(t, args), str(t.device), numbers)


def _storage(leaf: Any) -> int:
    if isinstance(leaf, np.ndarray):
        return int(leaf.__array_interface__["data"][0])
    return leaf.untyped_storage().data_ptr() if leaf.layout is torch.strided and leaf.numel() else id(leaf)


def _which(value: Any, args: Any) -> list[int]:
    return [i for i, leaf in enumerate(leaves(args)) if leaf is value]


def _globals() -> dict[str, Any]:
    return {
        "torch's generator": torch.get_rng_state().numpy().tobytes(),
        "NumPy's generator": np.random.get_state()[1].tobytes() + bytes(np.random.get_state()[2] % 256),
        "Python's generator": hash(random.getstate()),
        "grad mode": torch.is_grad_enabled(),
        "default dtype": torch.get_default_dtype(),
        "files": sorted(os.listdir()),  # noqa: PTH208
    }


def _restore(before: dict[str, Any]) -> None:
    torch._C._set_grad_enabled(before["grad mode"])
    torch.set_default_dtype(before["default dtype"])
    for name in set(os.listdir()) - set(before["files"]):  # noqa: PTH208
        Path(name).unlink()
