import torch
import torch.nn.functional as F

from grader import alternative


@alternative("the function of torch.nn")
def mse(predicted, target):
    if predicted.size() != target.size():
        raise ValueError("shapes")
    return F.mse_loss(predicted, target)


@alternative("a sum of products, divided")
def mse(predicted, target):
    if tuple(predicted.shape) != tuple(target.shape):
        raise ValueError("shapes")
    error = (target - predicted).flatten()
    return error @ error / error.numel()


@alternative("sorts the sizes")
def worst_share(errors):
    sizes = sorted(abs(e) for e in errors.tolist())
    return sizes[-1] / sum(sizes), sizes[-1] ** 2 / sum(s * s for s in sizes)
