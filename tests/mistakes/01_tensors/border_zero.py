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
