import torch

from grader import alternative


@alternative("fills")
def zero_out(t):
    t[...] = 0
    return t


@alternative("fills in place")
def zero_out(t):
    t.fill_(0)
    return t


@alternative("full_like")
def zeroed(t):
    return torch.full_like(t, 0)


@alternative("a clone, cleared")
def zeroed(t):
    return t.clone().zero_()
