"""Common promises of a function, each as a wrapper that breaks it and keeps everything else.

A promise is broken by what comes in (`refuses`: raise for such arguments), by what goes out (`result`), by what is left
behind (`leaves`), or by how the work is done (`within`: a function of PyTorch replaced for the time of the call).
"""

from __future__ import annotations

import contextlib
import copy
import functools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import torch
from torch import nn

Function = Callable[..., Any]
DTYPES = (
    torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.uint8, torch.bool,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """`name` says what the broken function does; `breaks` makes it of a right one."""

    name: str
    breaks: Callable[[Function], Function]
    condition: Callable[[torch.Tensor], bool] | None = None  # on an argument, for which alone it is broken

    def broken(self, value: Any) -> Any:
        """A function that breaks the promise, or a class whose methods do; None where it cannot be put on."""
        if not isinstance(value, type):
            return self.breaks(value) if callable(value) else None
        methods = methods_of(value)
        if not methods:
            return None
        same = {"__module__": value.__module__, "__qualname__": value.__qualname__, "__doc__": value.__doc__}
        return type(value.__name__, (value,), same | {name: self._method(getattr(value, name)) for name in methods})

    def _method(self, function: Function) -> Function:
        @functools.wraps(function)
        def method(self_: Any, *args: Any, **kwargs: Any) -> Any:
            return self.breaks(functools.partial(function, self_))(*args, **kwargs)

        return method


def methods_of(cls: type) -> tuple[str, ...]:
    """What a class answers with: a module's `forward`, a data set's `__getitem__`, otherwise its own public methods."""
    if issubclass(cls, torch.autograd.Function) or issubclass(cls, tuple):
        return ()
    for name in ("forward", "__getitem__", "__call__"):
        if name in vars(cls):
            return (name,)
    return tuple(name for name, value in vars(cls).items() if callable(value) and not name.startswith("_"))


def leaves(value: Any) -> Iterator[Any]:
    """Every part of nested lists, tuples and dicts that is none of these."""
    if isinstance(value, list | tuple):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    else:
        yield value


def tensors(*values: Any) -> list[torch.Tensor]:
    return [leaf for leaf in leaves(values) if isinstance(leaf, torch.Tensor)]


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same nesting with every leaf changed."""
    if isinstance(value, torch.Size):
        return value
    if isinstance(value, tuple):
        parts = [mapped(part, change) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if type(value) is list:
        return [mapped(part, change) for part in value]
    if type(value) is dict:
        return {key: mapped(part, change) for key, part in value.items()}
    return change(value)


def _of_tensors(change: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Any], Any]:
    return lambda leaf: change(leaf) if isinstance(leaf, torch.Tensor) else leaf


def result(name: str, change: Callable[[Any], Any]) -> Promise:
    """Every leaf of the result is changed."""

    def breaks(f: Function) -> Function:
        return functools.wraps(f, ("__name__", "__doc__") if hasattr(f, "__name__") else ())(
            lambda *args, **kwargs: mapped(f(*args, **kwargs), change)
        )

    return Promise(name, breaks)


def of_tensors(name: str, change: Callable[[torch.Tensor], torch.Tensor]) -> Promise:
    return result(name, _of_tensors(change))


def around(name: str, way: Callable[[Function, tuple[Any, ...], dict[str, Any]], Any]) -> Promise:
    """The whole call is done in another way."""

    def breaks(f: Function) -> Function:
        return functools.wraps(f, ("__name__", "__doc__") if hasattr(f, "__name__") else ())(
            lambda *args, **kwargs: way(f, args, kwargs)
        )

    return Promise(name, breaks)


def refuses(name: str, condition: Callable[[torch.Tensor], bool]) -> Promise:
    """Raises when a tensor among the arguments is like that."""

    def way(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        for leaf in leaves((args, tuple(kwargs.values()))):
            if meets(leaf, condition):
                raise ValueError("not such a tensor")
        return f(*args, **kwargs)

    return replace(around(f"raises for {name}", way), condition=condition)


def meets(leaf: Any, condition: Callable[[torch.Tensor], bool]) -> bool:
    """Whether something is a tensor, or an array that can be one, of which a condition holds."""
    if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biuf":
        with contextlib.suppress(TypeError, ValueError):
            leaf = torch.from_numpy(leaf)
    return isinstance(leaf, torch.Tensor) and condition(leaf)


def leaves_behind(name: str, effect: Callable[[tuple[Any, ...]], None]) -> Promise:
    """Does its work, and something else afterwards; also when it raises."""

    def way(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            answer = f(*args, **kwargs)
        except Exception:
            effect((*args, *kwargs.values()))
            raise
        answer = _apart(answer, args)
        effect((*args, *kwargs.values()))
        return answer

    return around(name, way)


def _apart(answer: Any, args: tuple[Any, ...]) -> Any:
    """The answer, with memory of its own: what happens to the arguments must not reach it."""
    theirs = {t.untyped_storage().data_ptr() for t in tensors(args) if t.layout is torch.strided}
    own = lambda t: t.detach().clone() if t.untyped_storage().data_ptr() in theirs else t  # noqa: E731
    return mapped(answer, _of_tensors(own)) if theirs else answer


def within(name: str, *patches: Callable[[], contextlib.AbstractContextManager[Any]]) -> Promise:
    """Some function of PyTorch does something else during the call."""

    def way(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with contextlib.ExitStack() as stack:
            for patch in patches:
                stack.enter_context(patch())
            return f(*args, **kwargs)

    return around(name, way)


# ---- results


def _cast(dtype: torch.dtype) -> Callable[[torch.Tensor], torch.Tensor]:
    return lambda t: t.to(dtype) if t.is_floating_point() else t


def _through_lists(t: torch.Tensor) -> torch.Tensor:
    return torch.tensor(t.tolist())


def _with_graph(t: torch.Tensor) -> torch.Tensor:
    return t.detach().clone().requires_grad_() if t.is_floating_point() and not t.requires_grad else t


def _numpy_scalar(leaf: Any) -> Any:
    kinds: dict[type, Function] = {float: np.float64, int: np.int64, bool: np.bool_}
    return kinds[type(leaf)](leaf) if type(leaf) in kinds else leaf


def _tensor_scalar(leaf: Any) -> Any:
    return torch.tensor(leaf) if type(leaf) in (float, int, bool) else leaf


def _copied(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A copy of whatever is an argument or shares its memory."""
    answer = f(*args, **kwargs)
    given = {id(leaf) for leaf in leaves((args, kwargs))} | {id(part) for part in args}
    storages = {t.untyped_storage().data_ptr() for t in tensors(args) if t.layout is torch.strided}
    arrays = [leaf for leaf in leaves(args) if isinstance(leaf, np.ndarray)]

    def own(leaf: Any) -> Any:
        if isinstance(leaf, torch.Tensor) and leaf.layout is torch.strided:
            inside = any(leaf.device.type == "cpu" and _within(leaf, array) for array in arrays)
            return leaf.clone() if inside or leaf.untyped_storage().data_ptr() in storages else leaf
        return copy.copy(leaf) if id(leaf) in given and isinstance(leaf, nn.Module | np.ndarray | set) else leaf

    if id(answer) in given and isinstance(answer, list | dict):
        return copy.copy(answer)
    return mapped(answer, own)


def _within(t: torch.Tensor, array: np.ndarray[Any, Any]) -> bool:
    begin = array.__array_interface__["data"][0]
    return begin <= t.data_ptr() < begin + max(array.nbytes, 1)


def _wrapped(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Whole numbers wrap as in uint8, where that is the dtype of an argument (or bool, whose sums do likewise)."""
    answer = f(*args, **kwargs)
    small = [t for t in tensors(args) if t.dtype in (torch.uint8, torch.bool)]
    return mapped(answer, lambda leaf: leaf % 256 if type(leaf) is int else leaf) if small else answer


RESULTS = (
    of_tensors("float32 whatever came", _cast(torch.float32)),
    of_tensors("float64 whatever came", _cast(torch.float64)),
    of_tensors("whole numbers as float32", lambda t: t if t.is_floating_point() or t.is_complex() else t.float()),
    of_tensors("through lists and back", _through_lists),
    of_tensors("through NumPy and back", lambda t: torch.from_numpy(t.numpy().copy())),
    of_tensors("detached", lambda t: t.detach()),
    of_tensors("with a needless graph", _with_graph),
    of_tensors("axes of size 1 squeezed", lambda t: t.squeeze()),
    of_tensors("a scalar as a vector of one", lambda t: t.reshape(1) if t.ndim == 0 else t),
    of_tensors("through half precision", lambda t: t.half().to(t.dtype) if t.is_floating_point() else t),
    of_tensors("NaN as 0", lambda t: torch.nan_to_num(t, posinf=None) if t.is_floating_point() else t),
    result("NumPy's number for Python's", _numpy_scalar),
    result("a tensor for a number", _tensor_scalar),
    around("a list for a tuple", lambda f, a, k: list(r) if type(r := f(*a, **k)) is tuple else r),
    around("a copy where a view or the same is due", _copied),
    around("whole numbers wrap as in uint8", _wrapped),
)

# ---- arguments

LIKE = {
    "a tensor that is not contiguous": lambda t: not t.is_contiguous(),
    "an expanded tensor": lambda t: any(n > 1 and s == 0 for n, s in zip(t.shape, t.stride(), strict=True)),
    "a transposed tensor": lambda t: list(t.stride()) != sorted(t.stride(), reverse=True),
    "an empty tensor": lambda t: t.numel() == 0,
    "a first axis of 1": lambda t: t.ndim > 0 and t.shape[0] == 1,
    "a last axis of 1": lambda t: t.ndim > 1 and t.shape[-1] == 1,
    "a single element": lambda t: t.numel() == 1,
    "a tensor that requires gradients": lambda t: t.requires_grad,
    "NaN": lambda t: t.is_floating_point() and bool(t.isnan().any()),
    "infinity": lambda t: t.is_floating_point() and bool(t.isinf().any()),
    "negative numbers": lambda t: t.dtype is not torch.bool and bool((t < 0).any()),
    "no negative numbers": lambda t: t.dtype is not torch.bool and bool((t >= 0).all()),
    "all elements equal": lambda t: t.numel() > 1 and bool((t == t.flatten()[0]).all()),
    "what is not 2-D": lambda t: t.ndim != 2,
    "a scalar": lambda t: t.ndim == 0,
    "a matrix that is not square": lambda t: t.ndim > 1 and t.shape[-1] != t.shape[-2],
    "a matrix that is square": lambda t: t.ndim > 1 and t.shape[-1] == t.shape[-2],
    "odd sizes": lambda t: any(n % 2 for n in t.shape),
    "other than three channels": lambda t: t.ndim > 2 and t.shape[-3] != 3,
} | {f"{str(dtype)[6:]}": (lambda t, dtype=dtype: t.dtype is dtype) for dtype in DTYPES}  # fmt: skip

ARGUMENTS = tuple(refuses(name, condition) for name, condition in LIKE.items())


def _changed_arguments(change: Callable[[Any], Any]) -> Callable[[Function, tuple[Any, ...], dict[str, Any]], Any]:
    return lambda f, args, kwargs: f(*mapped(args, change), **mapped(kwargs, change))


def _from_the_start(t: torch.Tensor) -> torch.Tensor:
    """The storage's first elements in the place of those that the offset means."""
    plain = t.layout is torch.strided and not t.requires_grad and t.storage_offset() > 0
    return t.as_strided(t.shape, t.stride(), 0) if plain else t


def _in_storage_order(t: torch.Tensor) -> torch.Tensor:
    plain = t.layout is torch.strided and not t.requires_grad and not t.is_contiguous()
    fits = plain and t.untyped_storage().nbytes() >= (t.storage_offset() + t.numel()) * t.element_size()
    return t.as_strided(t.shape, torch.empty(t.shape).stride(), t.storage_offset()) if fits else t


def _consumed(args: tuple[Any, ...]) -> None:
    for value in args:
        if isinstance(value, torch.utils.data.DataLoader) or hasattr(value, "__next__"):
            list(value)


def _listed_first(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    _consumed((*args, *kwargs.values()))
    return f(*args, **kwargs)


def _needs_lists(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    for value in args:
        if hasattr(value, "__iter__") and not hasattr(value, "__len__"):
            raise TypeError("no length")
    return f(*args, **kwargs)


WAYS = (
    around("works on a contiguous copy", _changed_arguments(_of_tensors(lambda t: t.contiguous()))),
    around("ignores the offset", _changed_arguments(_of_tensors(_from_the_start))),
    around("reads in storage order", _changed_arguments(_of_tensors(_in_storage_order))),
    around("goes through its iterator twice", _listed_first),
    around("takes no iterators", _needs_lists),
    within(
        "forgets to copy",
        lambda: mock.patch.object(torch.Tensor, "clone", lambda self, **_: self),
        lambda: mock.patch.object(torch, "tensor", _as_tensor),
        lambda: mock.patch.object(copy, "deepcopy", lambda value, memo=None: value),
        lambda: mock.patch.object(np, "copy", lambda value: value),
    ),
    within("forgets buffers", lambda: mock.patch.object(nn.Module, "named_buffers", lambda *a, **k: iter(()))),
    within("looks at the outermost module only", lambda: mock.patch.object(nn.Module, "named_modules", _outermost)),
    within("looks at children only", lambda: mock.patch.object(nn.Module, "named_modules", _children)),
)


def _as_tensor(data: Any, *, dtype: torch.dtype | None = None, device: Any = None, requires_grad: bool = False) -> Any:
    return torch.as_tensor(data, dtype=dtype, device=device).requires_grad_(requires_grad)


def _outermost(self: nn.Module, *args: Any, **kwargs: Any) -> Iterator[tuple[str, nn.Module]]:
    yield "", self


def _children(self: nn.Module, *args: Any, **kwargs: Any) -> Iterator[tuple[str, nn.Module]]:
    yield "", self
    yield from self._modules.items()  # type: ignore[misc]


# ---- what is left behind


def _zeroed(args: tuple[Any, ...]) -> None:
    for leaf in leaves(args):
        if isinstance(leaf, torch.Tensor) and leaf.layout is torch.strided:
            with torch.no_grad(), contextlib.suppress(RuntimeError):  # an expanded tensor
                leaf.zero_()
        elif isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biuf" and leaf.flags.writeable:
            leaf[...] = 0


def _reshaped(args: tuple[Any, ...]) -> None:
    for t in tensors(args):
        if not t.requires_grad:
            t.unsqueeze_(0)


def _shortened(args: tuple[Any, ...]) -> None:
    for value in args:
        if isinstance(value, list) and value:
            value.pop()
        elif isinstance(value, dict) and value:
            value.popitem()


def _turned(mode: bool) -> Callable[[tuple[Any, ...]], None]:
    def turn(args: tuple[Any, ...]) -> None:
        for value in args:
            if isinstance(value, nn.Module):
                value.train(mode)

    return turn


def _hooked(args: tuple[Any, ...]) -> None:
    for value in args:
        if isinstance(value, nn.Module):
            value.register_forward_hook(lambda *_: None)


def _with_gradients(args: tuple[Any, ...]) -> None:
    for t in tensors(args):
        if t.is_floating_point() and t.is_leaf:
            t.requires_grad_()


def _moved_generators(args: tuple[Any, ...]) -> None:
    torch.rand(1), np.random.rand(), random.random()


def _recording_on(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    answer = f(*args, **kwargs)
    torch._C._set_grad_enabled(True)
    return answer


LEFT = (
    leaves_behind("leaves its arguments overwritten", _zeroed),
    leaves_behind("leaves its arguments in another shape", _reshaped),
    leaves_behind("leaves its lists and dicts shorter", _shortened),
    leaves_behind("leaves its arguments requiring gradients", _with_gradients),
    leaves_behind("leaves modules in evaluation mode", _turned(False)),
    leaves_behind("leaves modules in training mode", _turned(True)),
    leaves_behind("leaves hooks on modules", _hooked),
    leaves_behind("leaves grad mode off", lambda args: torch._C._set_grad_enabled(False)),
    around("leaves grad mode on, whatever it was", _recording_on),
    leaves_behind("leaves another default dtype", lambda args: torch.set_default_dtype(torch.float64)),
    leaves_behind("leaves the generators moved", _moved_generators),
    leaves_behind("leaves the generators seeded", lambda args: torch.manual_seed(0) and None),
    leaves_behind("leaves a file", lambda args: Path("left_behind.txt").write_text("x") and None),
)


def _other_exception(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    try:
        return f(*args, **kwargs)
    except Exception as error:
        raise ArithmeticError(str(error)) from error


def _none_for_an_exception(f: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    try:
        return f(*args, **kwargs)
    except Exception:
        return None


EXCEPTIONS = (
    around("raises another exception", _other_exception),
    around("gives None for an exception", _none_for_an_exception),
)

PROMISES = (*RESULTS, *ARGUMENTS, *WAYS, *LEFT, *EXCEPTIONS)
UNBROKEN = around("unbroken", lambda f, args, kwargs: f(*args, **kwargs))
