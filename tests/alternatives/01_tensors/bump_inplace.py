import numpy as np
import torch

from grader import alternative


@alternative("in NumPy, then across")
def bump_inplace(array):
    np.multiply(array, 2, out=array)
    return torch.as_tensor(array)


@alternative("adds the array to itself")
def bump_inplace(array):
    t = torch.from_numpy(array)
    t += t.clone()
    return t
