import torch

from grader import mistake


@mistake("MT140", "Calls mean on integers", hint="The mean of integers is no integer, so PyTorch asks you for a float dtype first.")
def safe_mean(t):
    return t.mean().item()


@mistake("MT46d", "Returns a tensor of rank 0", hint="A Python float was asked for: `.item()` takes the number out.")
def safe_mean(t):
    return t.float().mean()


@mistake("MT141", "Divides whole numbers", hint="`//` discards what is behind the point.")
def safe_mean(t):
    return float(t.sum() // t.numel())
