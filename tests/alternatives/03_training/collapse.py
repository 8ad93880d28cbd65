import torch
from torch import nn

from grader import alternative


@alternative("new parameters")
def collapse(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    merged.weight = nn.Parameter(second.weight.detach().mm(first.weight.detach()))
    merged.bias = nn.Parameter(second(first.bias).detach())
    return merged


@alternative("asks the layers what they do to zero and to the unit vectors")
def collapse(first, second):
    n = first.in_features
    with torch.no_grad():
        at_zero = second(first(torch.zeros(1, n)))
        columns = second(first(torch.eye(n))) - at_zero
    merged = nn.Linear(n, second.out_features, bias=True)
    merged.load_state_dict({"weight": columns.T, "bias": at_zero[0]})
    return merged
