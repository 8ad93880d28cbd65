import torch

from grader import mistake


@mistake("MT125", "Returns new zeros and leaves the tensor alone", hint="`zeros_like(t)` and `t * 0` are new tensors. In place means: the caller's own tensor changes. Look for the underscore.")
def zero_out(t):
    return torch.zeros_like(t)


@mistake("MT13c", "Clears the caller's tensor where a new one was asked for", hint="The trailing underscore changes the caller's data; `zeroed` was to leave it alone.")
def zeroed(t):
    return t.zero_()


@mistake("MT127", "Makes floats of whole numbers", hint="`torch.zeros(t.shape)` is float32; `zeros_like` keeps the dtype.")
def zeroed(t):
    return torch.zeros(t.shape)


@mistake("MT207", "Clears what may be a copy", hint="`reshape` and `contiguous` copy a transpose or a slice, and the copy is what you clear. Look for a way to clear the tensor itself.")
def zero_out(t):
    t.reshape(-1)[:] = 0
    return t


@mistake("MT208", "Multiplies by 0, which leaves NaN", hint="0 times NaN, or times infinity, is NaN. Write zeros instead of multiplying.")
def zero_out(t):
    t *= 0
    return t


@mistake("MT554", "Multiplies by 0, which bools do not take", hint="What `mul_(0)` makes of bools are whole numbers, for which they have no room; and NaN stays NaN. Write zeros instead of multiplying.")
def zero_out(t):
    return t.mul_(0)


@mistake("MT562", "Gives the tensor other memory", hint="`t.data = …` puts new memory under the tensor. What shares the old one, such as the table that it is a slice of, keeps its numbers. Write into the memory that is there.")
def zero_out(t):
    t.data = torch.zeros_like(t)
    return t
