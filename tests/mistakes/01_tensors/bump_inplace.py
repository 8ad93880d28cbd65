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
