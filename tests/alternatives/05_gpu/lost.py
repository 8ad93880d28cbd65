import math

import torch

from grader import alternative


@alternative("counts before and after")
def lost(t, dtype):
    there = t.to(dtype)
    infinite = torch.isinf(there).sum() - torch.isinf(t).sum()
    zero = torch.count_nonzero(t) - torch.count_nonzero(there)
    return int(infinite), int(zero)


@alternative("doubles until it is too large")
def safe_scale(grads):
    largest = float(grads.abs().max())
    scale = 1.0
    while largest * scale * 2 <= 65504:
        scale *= 2
    while largest * scale > 65504:
        scale /= 2
    return scale


@alternative("frexp")
def safe_scale(grads):
    fraction, exponent = math.frexp(65504 / grads.abs().max().item())
    return math.ldexp(1.0, exponent - 1)
