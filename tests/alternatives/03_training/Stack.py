import math

import torch
from torch import nn

from grader import alternative


@alternative("a Sequential inside")
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        parts = []
        for n, m in zip(sizes[:-1], sizes[1:]):
            parts += [nn.Linear(n, m), nn.Tanh()]
        self.body = nn.Sequential(*parts[:-1])

    def forward(self, x):
        return self.body(x)


@alternative("is a Sequential")
class Stack(nn.Sequential):
    def __init__(self, sizes):
        super().__init__()
        for i in range(len(sizes) - 1):
            if i:
                self.append(nn.Tanh())
            self.append(nn.Linear(sizes[i], sizes[i + 1]))


@alternative("attributes by number, the last layer first")
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        *inner, last = list(zip(sizes, sizes[1:]))
        self.last = nn.Linear(*last)
        self.count = len(inner)
        for i, pair in enumerate(inner):
            setattr(self, f"hidden{i}", nn.Linear(*pair))

    def forward(self, x):
        for i in range(self.count):
            x = getattr(self, f"hidden{i}")(x).tanh()
        return self.last(x)


@alternative("products of shapes")
def count_params(module):
    total = trainable = 0
    for _, p in module.named_parameters():
        size = math.prod(p.shape)
        total += size
        trainable += size if p.requires_grad else 0
    return (total, trainable)
