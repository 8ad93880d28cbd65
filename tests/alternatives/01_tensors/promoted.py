import functools

import torch

from grader import alternative


@alternative("adds empty tensors")
def promoted(*dtypes):
    total = torch.empty(0, dtype=dtypes[0])
    for dtype in dtypes[1:]:
        total = total + torch.empty(0, dtype=dtype)
    return total.dtype


@alternative("functools.reduce")
def promoted(*dtypes):
    return functools.reduce(torch.promote_types, dtypes)
