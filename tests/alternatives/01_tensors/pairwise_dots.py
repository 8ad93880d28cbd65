import torch

from grader import alternative


@alternative("einsum")
def pairwise_dots(a, b):
    return torch.einsum("nd,md->nm", a, b)


@alternative("broadcasts and adds up")
def pairwise_dots(a, b):
    return (a[:, None, :] * b[None, :, :]).sum(-1)


@alternative("inner")
def pairwise_dots(a, b):
    return torch.inner(a, b)
