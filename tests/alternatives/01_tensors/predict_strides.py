import math

import torch

from grader import alternative


@alternative("products of the sizes behind each axis")
def predict_strides(shape, order):
    return tuple(math.prod(shape[axis + 1 :]) for axis in order)


@alternative("a tensor without memory")
def predict_strides(shape, order):
    return torch.empty(shape, device="meta").permute(order).stride()
