import copy

import torch

from grader import alternative


@alternative("type, in two steps")
def cast_copy(model, dtype):
    other = copy.deepcopy(model)
    other.to(dtype=dtype)
    return other


@alternative("tensor by tensor")
def cast_copy(model, dtype):
    other = copy.deepcopy(model)
    for t in [*other.parameters(), *other.buffers()]:
        if t.is_floating_point():
            t.data = t.data.to(dtype)
    return other
