import torch

from grader import alternative


@alternative("mT")
def swap_last_two(t):
    return t.mT


@alternative("swapaxes")
def swap_last_two(t):
    return torch.swapaxes(t, -1, -2)
