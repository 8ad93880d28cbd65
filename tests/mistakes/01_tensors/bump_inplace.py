import numpy as np
import torch

from grader import mistake


@mistake("MT168", "Doubles something new", hint="`array * 2` and `t * 2` make new numbers; the caller's array stays as it was. Use an in-place form.")
def bump_inplace(array):
    array = array * 2
    return torch.from_numpy(array)


@mistake("MT169", "Copies into the tensor", hint="`torch.tensor` copies, so later changes of the array do not show. `from_numpy` shares.")
def bump_inplace(array):
    array *= 2
    return torch.tensor(array)


@mistake("MT311", "Doubles what may be a copy", hint="`ravel` and `ascontiguousarray` copy an array that is not contiguous, and then the copy is what is doubled. Double the array itself.")
def bump_inplace(array):
    flat = array.ravel()
    flat *= 2
    return torch.from_numpy(flat).view(array.shape)


@mistake("MT471", 'Shares by `asarray`', hint='`torch.asarray` copies an array without axes. `from_numpy` shares every array.')
def bump_inplace(array):
    array[...] = 2 * array
    return torch.asarray(array)
