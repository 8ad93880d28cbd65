import torch

from grader import alternative


@alternative("two points of the line")
def unscale(params, mean, std):
    at_mean, one_std_on = params[1], params[0] + params[1]
    w = (one_std_on - at_mean) / std
    return torch.cat([w.view(1), (at_mean - w * mean).view(1)])


@alternative("a new tensor of numbers")
def unscale(params, mean, std):
    w = params[0].item() / std
    return torch.tensor([w, params[1].item() - w * mean], dtype=params.dtype)
