import torch

from grader import alternative


@alternative("einsum")
def pairwise_dots(a, b):
    return torch.einsum("...nd,...md->...nm", a, b)


@alternative("broadcasts and adds up")
def pairwise_dots(a, b):
    return (a[..., :, None, :] * b[..., None, :, :]).sum(-1)


@alternative("two cases")
def pairwise_dots(a, b):
    return torch.mm(a, b.T) if a.ndim == 2 else torch.bmm(a, b.permute(0, 2, 1))


@alternative("a list of matrices")
def pairwise_dots(a, b):
    if a.ndim == 3:
        return torch.stack([x @ y.t() for x, y in zip(a, b, strict=True)])
    return torch.inner(a, b)
