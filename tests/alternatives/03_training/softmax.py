import torch
from torch import nn

from grader import alternative


@alternative("the module")
def softmax(x, dim):
    return nn.Softmax(dim=dim)(x)


@alternative("logsumexp")
def softmax(x, dim):
    return torch.exp(x - torch.logsumexp(x, dim=dim, keepdim=True))


@alternative("max with values, unsqueezed sums")
def softmax(x, dim):
    top, _ = x.max(dim=dim, keepdim=True)
    e = torch.e ** (x - top)
    return e / e.sum(dim=dim).unsqueeze(dim)
