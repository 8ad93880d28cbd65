import torch
import torch.nn.functional as F

from grader import alternative


@alternative("F.linear")
def linear_by_hand(x, weight, bias):
    return F.linear(x, weight, bias)


@alternative("addmm")
def linear_by_hand(x, weight, bias):
    return torch.addmm(bias, x, weight.t())


@alternative("PyTorch's own layer")
def linear_by_hand(x, weight, bias):
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=x.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
        return layer(x)
