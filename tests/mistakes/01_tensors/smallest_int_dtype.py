import torch

from grader import mistake


@mistake("MT71", "Looks at the largest element only", hint="A negative number does not fit into uint8, whatever the largest one is.")
def smallest_int_dtype(t):
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        if t.max() <= torch.iinfo(dtype).max:
            return dtype
    return torch.int64


@mistake("MT72", "Leaves the limits themselves out", hint="255 fits into uint8: the limits belong to the range.")
def smallest_int_dtype(t):
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        if torch.iinfo(dtype).min <= t.min() and t.max() < torch.iinfo(dtype).max:
            return dtype
    return torch.int64


@mistake("MT73", "Forgets the unsigned type", hint="uint8 comes first: 0 to 255 in one byte.")
def smallest_int_dtype(t):
    for dtype in (torch.int8, torch.int16, torch.int32):
        if torch.iinfo(dtype).min <= t.min() and t.max() <= torch.iinfo(dtype).max:
            return dtype
    return torch.int64


@mistake("MT74", "Stops at int32", hint="Numbers beyond two thousand million need int64.")
def smallest_int_dtype(t):
    for dtype in (torch.uint8, torch.int8, torch.int16):
        if torch.iinfo(dtype).min <= t.min() and t.max() <= torch.iinfo(dtype).max:
            return dtype
    return torch.int32


@mistake("MT348", "Takes the limits for too large", hint="255 still fits into uint8: compare with `<=`.")
def smallest_int_dtype(t):
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        info = torch.iinfo(dtype)
        if info.min < t.min() and t.max() < info.max:
            return dtype
    return torch.int64


@mistake("MT349", "Tries int8 first", hint="The order of the list counts: uint8 comes first.")
def smallest_int_dtype(t):
    lo, hi = int(t.min()), int(t.max())
    for dtype in (torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64):
        if torch.iinfo(dtype).min <= lo and hi <= torch.iinfo(dtype).max:
            return dtype


@mistake("MT451", 'Takes the magnitude of the smallest int64', hint='The magnitude of -2⁶³ does not fit into int64: `abs` gives -2⁶³ again. Compare the smallest and the largest number with the limits.')
def smallest_int_dtype(t):
    if t.min() >= 0 and t.max() <= 255:
        return torch.uint8
    top = t.abs().max()
    for dtype in (torch.int8, torch.int16, torch.int32):
        info = torch.iinfo(dtype)
        if top <= info.max or (top == -info.min and t.max() <= info.max):
            return dtype
    return torch.int64


@mistake("MT452", 'Looks at the first element and the last', hint='The elements are in no order. The smallest and the largest may stand anywhere.')
def smallest_int_dtype(t):
    low, high = sorted(t.flatten()[[0, -1]].tolist())
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64):
        if torch.iinfo(dtype).min <= low and high <= torch.iinfo(dtype).max:
            return dtype


@mistake("MT505", 'Gives −128 no place in int8', hint='The lower limit of a signed type is one further from 0 than the upper one: ask `torch.iinfo` for both.')
def smallest_int_dtype(t):
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        high = torch.iinfo(dtype).max
        low = 0 if dtype == torch.uint8 else -high
        if low <= t.min() and t.max() <= high:
            return dtype
    return torch.int64


@mistake("MT506", 'Compares in float32', hint='float32 rounds the largest int32 up. Compare whole numbers.')
def smallest_int_dtype(t):
    low, high = t.float().min().item(), t.float().max().item()
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64):
        if torch.iinfo(dtype).min <= low and high <= torch.iinfo(dtype).max:
            return dtype
    return torch.int64


@mistake("MT507", 'Excludes the lower limit', hint='The smallest number of a type fits into it as well.')
def smallest_int_dtype(t):
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        info = torch.iinfo(dtype)
        if ((t > info.min) & (t <= info.max)).all():
            return dtype
    return torch.int64
