import torch

from grader import alternative


@alternative("indexes with the mask and counts")
def count_between(t, low, high):
    t = t[t > low]
    return t[t < high].numel()


@alternative("multiplies the masks")
def count_between(t, low, high):
    return torch.logical_and(t.gt(low), t.lt(high)).count_nonzero().item()


@alternative("plain Python")
def count_between(t, low, high):
    return sum(1 for v in t.flatten().tolist() if low < v < high)
