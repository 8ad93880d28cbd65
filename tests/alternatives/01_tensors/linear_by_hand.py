import torch
import torch.nn.functional as F

from grader import alternative


@alternative("F.linear")
def linear_by_hand(x, weight, bias):
    return F.linear(x, weight, bias)


@alternative("addmm")
def linear_by_hand(x, weight, bias):
    return torch.addmm(bias, x, weight.t())
