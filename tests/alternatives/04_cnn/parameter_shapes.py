import math

import torch
from torch import nn

from grader import alternative


@alternative("asks layers on the device meta")
def parameter_shapes(layers):
    makers = {"conv": nn.Conv2d, "linear": nn.Linear}
    return [tuple(p.shape) for kind, *sizes in layers for p in makers[kind](*sizes, device="meta").parameters()]


@alternative("match")
def parameter_shapes(layers):
    found = []
    for layer in layers:
        match layer:
            case ("conv", n, m, k):
                found.extend([(m, n, k, k), (m,)])
            case (_, n, m):
                found.extend([(m, n), (m,)])
    return found


@alternative("math.prod")
def total_numbers(shapes):
    return sum(map(math.prod, shapes))


@alternative("makes the tensors")
def total_numbers(shapes):
    total = 0
    for shape in shapes:
        total += torch.empty(shape, device="meta").numel()
    return total
