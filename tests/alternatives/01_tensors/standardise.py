import torch

from grader import alternative


@alternative("by hand, with n - 1")
def standardise(t):
    centred = t - t.sum() / t.numel()
    return centred / ((centred**2).sum() / (t.numel() - 1)).sqrt()


@alternative("std_mean")
def standardise(t):
    std, mean = torch.std_mean(t)
    return t.sub(mean).div(std)


@alternative("a small number under the fraction")
def standardise(t):
    return (t - t.mean()) / (t.std() + 1e-8)
