import torch

from grader import mistake


@mistake("MT13b", "Writes into the caller's matrix", hint="An assignment through an index changes the tensor itself. Clone it first.")
def border_zero(t):
    t[0] = t[-1] = 0
    t[:, 0] = t[:, -1] = 0
    return t


@mistake("MT85", "Clears rows, but not columns", hint="A border has four sides: also `[:, 0]` and `[:, -1]`.")
def border_zero(t):
    result = t.clone()
    result[0] = result[-1] = 0
    return result


@mistake("MT86", "Clears the inside", hint="Zero the outside and keep the middle, not the other way round.")
def border_zero(t):
    result = t.clone()
    result[1:-1, 1:-1] = 0
    return result


@mistake("MT87", "Turns whole numbers into floats", hint="The result keeps the dtype of the matrix; `torch.zeros` makes float32 unless told.")
def border_zero(t):
    result = torch.zeros(t.shape)
    result[1:-1, 1:-1] = t[1:-1, 1:-1]
    return result


@mistake("MT304", "Forgets that a single row or column is all border", hint="Padding the inside adds a border of one on each side, which a matrix of one row has no room for.")
def border_zero(t):
    inside = t[1:-1, 1:-1]
    return torch.nn.functional.pad(inside, (1, 1, 1, 1))


@mistake("MT305", "Takes `contiguous()` for a copy", hint="A tensor that is contiguous already comes back as it is. `clone()` always copies.")
def border_zero(t):
    out = t.contiguous()
    out[[0, -1], :] = 0
    out[:, [0, -1]] = 0
    return out


@mistake("MT306", "Multiplies by 0, which leaves NaN", hint="0 times NaN is NaN. Write the zeros instead of multiplying.")
def border_zero(t):
    mask = torch.zeros(t.shape, dtype=t.dtype)
    mask[1:-1, 1:-1] = 1
    return t * mask


@mistake("MT420", 'Makes NaN inside the matrix to 0 as well', hint='Only the border becomes 0. What stands inside stays as it is, and that may be NaN.')
def border_zero(t):
    mask = torch.zeros_like(t)
    mask[1:-1, 1:-1] = 1
    return (torch.nan_to_num(t) if t.is_floating_point() else t) * mask


@mistake("MT466", 'Leaves a matrix without an inside as it is', hint='Of one or two rows, or columns, all numbers lie on the border, and become 0.')
def border_zero(t):
    out = t.clone()
    h, w = t.shape
    if h < 3 or w < 3:
        return out
    out[[0, h - 1]] = 0
    out[:, [0, w - 1]] = 0
    return out


@mistake("MT467", 'Leaves a single number as it is', hint='A matrix of one number is all border.')
def border_zero(t):
    out = t.clone()
    if t.numel() > 1:
        out[0] = out[-1] = 0
        out[:, 0] = out[:, -1] = 0
    return out
