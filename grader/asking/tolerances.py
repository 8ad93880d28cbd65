"""How much a correct answer may differ from the reference's: derived, not guessed.

From the dtype's precision, and from the rounding error that the reference itself makes against its own result in
float64.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

# A correct answer may round differently from the reference: another order of summation, a fused operation. 64 units
# in the last place of each element and 8 of the largest element cover that for the sizes a course uses; 8 times the
# reference's own observed error covers operations that lose more.
ULPS, ULPS_OF_LARGEST, TIMES_OWN_ERROR = 64.0, 8.0, 8.0


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


def wrong(
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
