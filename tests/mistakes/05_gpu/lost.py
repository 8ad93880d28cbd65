import math

import torch

from grader import mistake


@mistake("MG281", "Counts what was infinite already", hint="Only finite numbers that *become* infinite are lost by the cast.")
def lost(t, dtype):
    cast = t.to(dtype)
    return cast.isinf().sum().item(), ((cast == 0) & (t != 0)).sum().item()


@mistake("MG282", "Counts what was zero already", hint="A zero that stays a zero has lost nothing.")
def lost(t, dtype):
    cast = t.to(dtype)
    return (cast.isinf() & t.isfinite()).sum().item(), (cast == 0).sum().item()


@mistake("MG283", "Uses float16's limits for every dtype", hint="Other dtypes have other limits. Cast, and look at what came out.")
def lost(t, dtype):
    cast = t.to(torch.float16)
    return (cast.isinf() & t.isfinite()).sum().item(), ((cast == 0) & (t != 0)).sum().item()


@mistake("MG284", "Counts positive overflow only", hint="Large negative numbers become minus infinity.")
def lost(t, dtype):
    cast = t.to(dtype)
    return ((cast == math.inf) & t.isfinite()).sum().item(), ((cast == 0) & (t != 0)).sum().item()


@mistake("MG285", "Leaves the counts in tensors", hint="Two ints were asked for: `.item()`.")
def lost(t, dtype):
    cast = t.to(dtype)
    return (cast.isinf() & t.isfinite()).sum(), ((cast == 0) & (t != 0)).sum()


@mistake("MG286", "Takes the limit of normal numbers for the smallest", hint="Below `finfo.tiny` there are still numbers, with fewer digits. Look at what becomes zero.")
def lost(t, dtype):
    cast = t.to(dtype)
    small = (t.abs() < torch.finfo(dtype).tiny) & (t != 0)
    return (cast.isinf() & t.isfinite()).sum().item(), small.sum().item()


@mistake("MG287", "Looks at positive gradients only", hint="The size counts: take `abs` first.")
def safe_scale(grads):
    return 2.0 ** math.floor(math.log2(65504 / max(grads.max().item(), 1e-9)))


@mistake("MG288", "Rounds up", hint="The next larger power of two overflows. Round down.")
def safe_scale(grads):
    return 2.0 ** math.ceil(math.log2(65504 / grads.abs().max().item()))


@mistake("MG289", "Gives a factor that is no power of two", hint="Only powers of two change no digits: round the exponent down.")
def safe_scale(grads):
    return 65504 / grads.abs().max().item()


@mistake("MG290", "Never goes below 1", hint="If the gradients are larger than 65504, the factor has to be smaller than 1.")
def safe_scale(grads):
    return 2.0 ** max(0, math.floor(math.log2(65504 / grads.abs().max().item())))


@mistake("MG291", "Goes by the average", hint="The largest gradient is the first to overflow.")
def safe_scale(grads):
    return 2.0 ** math.floor(math.log2(65504 / grads.abs().mean().item()))


@mistake("MG357", "Takes a logarithm in float32", hint="Just below a power of two the logarithm is rounded up in float32, and the factor is twice too large.")
def safe_scale(grads):
    return 2.0 ** torch.log2(65504 / grads.float().abs().max()).floor().item()


@mistake("MG441", "Counts all infinities and zeros", hint="Some were infinite or zero before. Only what becomes it is lost.")
def lost(t, dtype):
    c = t.to(dtype)
    return int(torch.isinf(c).sum()), int((c == 0).sum())


@mistake("MG442", "Is afraid of 65504 itself", hint="A gradient may become 65504, if no larger.")
def safe_scale(grads):
    m = grads.detach().abs().max().item()
    s = 1.0
    while m * s >= 65504:
        s /= 2
    while m * s * 2 < 65504:
        s *= 2
    return s


@mistake("MG490", "Counts in the dtype of the cast", hint="Half precision cannot count far: beyond 2048 in float16, and 256 in bfloat16, it leaves numbers out. Add up bools.")
def lost(t, dtype):
    cast = t.to(dtype)
    infinite = (cast.isinf() & t.isfinite()).to(dtype)
    zero = ((cast == 0) & (t != 0)).to(dtype)
    return int(infinite.sum()), int(zero.sum())


@mistake("MG491", "Takes for infinite what is only rounded down", hint="A number a little above the largest one is rounded to it. Ask the cast numbers whether they are infinite.")
def lost(t, dtype):
    big = t.isfinite() & (t.abs().double() > torch.finfo(dtype).max)
    return int(big.sum()), int(((t.to(dtype) == 0) & (t != 0)).sum())


@mistake("MG492", "Takes a logarithm in float64", hint="A logarithm is rounded in float64, too: of a number just below a power of two it may be that power's. Double and halve, or use `math.frexp`.")
def safe_scale(grads):
    return 2.0 ** math.floor(math.log2(65504 / grads.abs().max().item()))


@mistake("MG493", "Compares in the dtype of the gradients", hint="bfloat16 has no 65504: there it becomes 65536. Compare Python numbers.")
def safe_scale(grads):
    largest, limit = grads.abs().max(), torch.tensor(65504.0, dtype=grads.dtype, device=grads.device)
    scale = 1.0
    while largest * scale > limit:
        scale /= 2
    while largest * (2 * scale) <= limit:
        scale *= 2
    return scale
