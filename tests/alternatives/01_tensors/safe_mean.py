import torch

from grader import alternative


@alternative("sum over count, in double")
def safe_mean(t):
    return float(t.double().sum() / t.numel())


@alternative("dtype argument")
def safe_mean(t):
    return torch.mean(t, dtype=torch.float32).tolist()
