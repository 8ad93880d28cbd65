"""Does an answer equal what the reference gives? If not, what differs, in words for the student.

The order is fixed: kind, device, shape, dtype, NaN and infinity, values. So no broadcast, no lucky cast and no NaN can
make a wrong answer pass. A tolerance is derived, not guessed: from the dtype's precision and from the rounding error
that the reference itself makes against its own result in float64.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from grader.asking.codec import facts
from grader.asking.remote import Remote, handle_of

# A correct answer may round differently from the reference: another order of summation, a fused operation. 64 units
# in the last place of each element and 8 of the largest element cover that for the sizes a course uses; 8 times the
# reference's own observed error covers operations that lose more.
ULPS, ULPS_OF_LARGEST, TIMES_OWN_ERROR = 64.0, 8.0, 8.0

SEQUENCES = (list, tuple, torch.Size)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """|answer - expected| <= absolute + relative * |expected|."""

    relative: float
    absolute: float


def tolerance_for(expected: torch.Tensor, exact: torch.Tensor | None = None) -> Tolerance:
    """What a correct answer may differ by.

    Args:
        expected: the reference's result in the dtype that was asked for, any shape.
        exact: the reference's result computed in float64, same shape; None where that is impossible.
    """
    if not (expected.is_floating_point() or expected.is_complex()):
        return Tolerance(0.0, 0.0)
    eps = torch.finfo(expected.dtype).eps
    finite = expected[torch.isfinite(expected)].abs().double()
    largest = float(finite.max()) if finite.numel() else 0.0
    own = 0.0
    if exact is not None and exact.shape == expected.shape:
        gap = (expected.to(exact.dtype) - exact).abs()
        gap = gap[torch.isfinite(gap)]
        own = float(gap.max()) if gap.numel() else 0.0
    return Tolerance(ULPS * eps, ULPS_OF_LARGEST * eps * largest + TIMES_OWN_ERROR * own)


def difference(
    got: object,
    expected: object,
    *,
    exact: object = None,
    tolerance: Tolerance | None = None,
) -> str | None:
    """None when the answer is right, otherwise one clause that says what differs first.

    The clause names the student's own values, never the expected ones. Lists, tuples and sizes count as the same
    kind; bool, int and float do not.
    """
    if isinstance(expected, torch.Tensor):
        return _of_tensors(got, expected, exact if isinstance(exact, torch.Tensor) else None, tolerance)
    if isinstance(expected, np.ndarray):
        if type(got) is not np.ndarray:
            return f"{a(got)} was returned where a NumPy array is due"
        inner = torch.from_numpy(np.ascontiguousarray(exact)) if isinstance(exact, np.ndarray) else None
        return _of_tensors(_tensor(got), _tensor(expected), inner, tolerance)
    if isinstance(expected, SEQUENCES):
        return _of_sequences(got, expected, exact, tolerance)
    if isinstance(expected, Mapping):
        return _of_mappings(got, expected, exact, tolerance)
    if type(got) is not type(expected):
        return f"{a(got)} was returned where {a(expected)} is due"
    if isinstance(expected, float):
        return _of_floats(got, expected, exact, tolerance)  # type: ignore[arg-type]
    if got != expected:
        if isinstance(expected, (set, frozenset)):
            return "the set has other members"
        return f"the value {clip(repr(got))} is not the right one"
    return None


def identical(got: object, expected: object) -> bool:
    """Whether these are tensors and the same in every bit that counts: then nothing else need be computed."""
    if not isinstance(expected, torch.Tensor) or type(got) not in (torch.Tensor, torch.nn.Parameter):
        return False
    assert isinstance(got, torch.Tensor)
    if (facts(got).device, got.dtype, got.shape) != (facts(expected).device, expected.dtype, expected.shape):
        return False
    return torch.equal(got.detach().cpu(), expected.detach().cpu())


def a(value: object) -> str:
    """What a value is, in words: "a tensor of shape (2, 3)", "a float", "None"."""
    if value is None:
        return "None"
    if type(value) is Remote:
        name = handle_of(value).kind or "object"
        return f"{'an' if name[0] in 'aeioAEIO' else 'a'} {name}"
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {value.shape}"
    if isinstance(value, np.generic):
        return f"a NumPy {type(value).__name__}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeioAEIO' else 'a'} {name}"


def stayed(value: object) -> bool:
    """Whether a value stayed in the kernel. Its `__class__`, so isinstance, is the kernel's claim."""
    return type(value) is Remote


def clip(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _tensor(array: np.ndarray[Any, Any]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


def _of_tensors(
    got: object, expected: torch.Tensor, exact: torch.Tensor | None, tolerance: Tolerance | None
) -> str | None:
    if type(got) not in (torch.Tensor, torch.nn.Parameter):
        return f"{a(got)} was returned where a tensor is due"
    assert isinstance(got, torch.Tensor)
    device, due = facts(got).device, facts(expected).device
    if device != due:
        return f"the result is on {device}, it should be on {due}"
    expected, exact = expected.detach().cpu(), None if exact is None else exact.detach().cpu()
    if got.shape != expected.shape:
        turned = got.ndim >= 2 and got.T.shape == expected.shape if got.ndim == 2 else False
        note = " (it looks transposed)" if turned and _close(got.T, expected, exact, tolerance) else ""
        return f"the shape is {tuple(got.shape)}, it should be {tuple(expected.shape)}{note}"
    if got.dtype != expected.dtype:
        return f"the dtype is {short(got.dtype)}, it should be {short(expected.dtype)}"
    got = got.detach().cpu()
    return _of_nonfinite(got, expected) or _of_values(got, expected, exact, tolerance)


def _of_nonfinite(got: torch.Tensor, expected: torch.Tensor) -> str | None:
    if not (expected.is_floating_point() or expected.is_complex()):
        return None
    for name, test in (("NaN", torch.isnan), ("infinite", torch.isinf)):
        wrong = test(got) & ~test(expected)
        if wrong.any():
            return f"the result is {name} from element {_first(wrong)} on"
        missing = test(expected) & ~test(got)
        if missing.any():
            return f"element {_first(missing)} should be {name}, and is not"
    return None


def _close(got: torch.Tensor, expected: torch.Tensor, exact: torch.Tensor | None, tolerance: Tolerance | None) -> bool:
    return not _wrong(got, expected, exact, tolerance).any()


def _wrong(
    got: torch.Tensor, expected: torch.Tensor, exact: torch.Tensor | None, tolerance: Tolerance | None
) -> torch.Tensor:
    """Which elements differ; both tensors have one shape. Elements that are NaN or equal infinities do not."""
    if not (expected.is_floating_point() or expected.is_complex()):
        return got != expected
    allowed = tolerance or tolerance_for(expected, exact)
    wide = torch.complex128 if expected.is_complex() else torch.float64
    got, expected = got.to(wide), expected.to(wide)
    gap = (got - expected).abs()
    wrong = gap > allowed.absolute + allowed.relative * expected.abs()
    return torch.where(torch.isfinite(expected) & torch.isfinite(got), wrong, False)


def _of_values(
    got: torch.Tensor, expected: torch.Tensor, exact: torch.Tensor | None, tolerance: Tolerance | None
) -> str | None:
    infinite = torch.isinf(expected) if expected.is_floating_point() else torch.zeros_like(expected, dtype=torch.bool)
    wrong = _wrong(got, expected, exact, tolerance) | (infinite & (got != expected))
    if not wrong.any():
        return None
    pattern = _pattern(got, expected, exact, tolerance)
    if got.ndim == 0:
        return f"the value {got.item():.6g} is not the right one{pattern}"
    count, where = int(wrong.sum()), _first(wrong)
    value = got[where if isinstance(where, tuple) else (where,)].item()
    shown = f"{value:.6g}" if isinstance(value, float) else f"{value}"
    return f"{count} of {got.numel()} elements are wrong, the first at {where}, where yours is {shown}{pattern}"


def _pattern(got: torch.Tensor, expected: torch.Tensor, exact: torch.Tensor | None, tolerance: Tolerance | None) -> str:
    """A remark on how the wrong values relate to the right ones, or nothing."""
    loose = tolerance or tolerance_for(expected, exact)
    if got.ndim == 2 and got.shape[0] == got.shape[1] and got.shape[0] > 1 and _close(got.T, expected, None, loose):
        return "; it looks transposed"
    if got.is_complex() or got.dtype is torch.bool or got.numel() < 2:
        return ""
    x, y = got.double().flatten(), expected.double().flatten()
    if not (torch.isfinite(x).all() and torch.isfinite(y).all()):
        return ""
    spread = float((y - y.mean()).abs().max())
    if spread > 0 and float((x - y - (x - y).mean()).abs().max()) <= 1e-5 * max(spread, 1e-12):
        return f"; it is off by a constant {float((x - y).mean()):.4g}"
    factor = float((x * y).sum() / (y * y).sum()) if float((y * y).sum()) else 0.0
    if factor and float((x - factor * y).abs().max()) <= 1e-5 * float(x.abs().max()):
        return f"; it is off by a constant factor of {factor:.4g}"
    if torch.equal(x.sort().values, y.sort().values):
        return "; the right values are there, in other places"
    return ""


def _first(mask: torch.Tensor) -> tuple[int, ...] | int:
    index = tuple(int(i) for i in mask.nonzero()[0])
    return index[0] if len(index) == 1 else index


def _of_sequences(got: object, expected: Any, exact: object, tolerance: Tolerance | None) -> str | None:
    if stayed(got) or not isinstance(got, SEQUENCES):
        return f"{a(got)} was returned where {a(expected)} is due"
    if len(got) != len(expected):
        return f"{len(got)} items were returned where {len(expected)} are due"
    parts = exact if isinstance(exact, SEQUENCES) and len(exact) == len(expected) else [None] * len(expected)
    for i, (mine, theirs, precise) in enumerate(zip(got, expected, parts, strict=True)):
        if clause := difference(mine, theirs, exact=precise, tolerance=tolerance):
            return f"in item {i}, {clause}"
    return None


def _of_mappings(got: object, expected: Mapping[Any, Any], exact: object, tolerance: Tolerance | None) -> str | None:
    if stayed(got) or not isinstance(got, Mapping):
        return f"{a(got)} was returned where {a(expected)} is due"
    if missing := [key for key in expected if key not in got]:
        return f"the key {missing[0]!r} is missing"
    if extra := [key for key in got if key not in expected]:
        return f"the key {clip(repr(extra[0]))} is one too many"
    for key, theirs in expected.items():
        precise = exact.get(key) if isinstance(exact, Mapping) else None
        if clause := difference(got[key], theirs, exact=precise, tolerance=tolerance):
            return f"under {key!r}, {clause}"
    return None


def _of_floats(got: float, expected: float, exact: object, tolerance: Tolerance | None) -> str | None:
    if math.isnan(expected) or math.isinf(expected):
        same = math.isnan(got) if math.isnan(expected) else got == expected
        return None if same else f"the value {got:.6g} is not the right one"
    if not math.isfinite(got):
        return f"the value is {got}"
    # a Python float may come from float32 work: 64 units in the last place of that
    allowed = tolerance or Tolerance(ULPS * torch.finfo(torch.float32).eps, 1e-12)
    if abs(got - expected) <= allowed.absolute + allowed.relative * abs(expected):
        return None
    return f"the value {got:.6g} is not the right one"


def short(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
