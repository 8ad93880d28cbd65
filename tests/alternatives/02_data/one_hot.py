import torch
from torch import nn

from grader import alternative


@alternative("F.one_hot with its width")
def one_hot(codes, n):
    return nn.functional.one_hot(codes, num_classes=n).to(torch.float32)


@alternative("rows of the unit matrix")
def one_hot(codes, n):
    return torch.eye(n)[codes]


@alternative("a comparison")
def one_hot(codes, n):
    return (codes[:, None] == torch.arange(n)[None, :]).float()


@alternative("a running sum from the right")
def thermometer(codes, n):
    return torch.eye(n)[codes].flip(1).cumsum(1).flip(1)


@alternative("a loop")
def thermometer(codes, n):
    result = torch.zeros(codes.shape[0], n)
    for row, code in enumerate(codes.tolist()):
        result[row, : code + 1] = 1
    return result
