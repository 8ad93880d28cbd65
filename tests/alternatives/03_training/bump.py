import torch
from torch import nn

from grader import alternative


@alternative("two units of a layer")
def bump(x, left, right, steepness):
    edges = torch.tensor([left, right], dtype=x.dtype)
    units = torch.tanh(steepness * (x.unsqueeze(-1) - edges))
    return 0.5 * (units[..., 0] - units[..., 1])


@alternative("sigmoids of twice the argument")
def bump(x, left, right, steepness):
    return torch.sigmoid(2 * steepness * (x - left)) - torch.sigmoid(2 * steepness * (x - right))
