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


@mistake("MT343", "Adds up in the small type of the numbers", hint="Eight bits overflow after a few numbers. Convert before you sum.")
def safe_mean(t):
    return float(t.sum(dtype=None if t.dtype == torch.bool else t.dtype)) / t.numel()


@mistake("MT344", "Leaves the default dtype changed", hint="`set_default_dtype` holds for everything that comes after. Convert this one tensor.")
def safe_mean(t):
    torch.set_default_dtype(torch.float64)
    return t.to(torch.get_default_dtype()).mean().item()


@mistake("MT449", 'Adds float16 numbers up in float16', hint='float16 ends at 65504. Convert before you sum.')
def safe_mean(t):
    return t.sum().item() / t.numel()


@mistake("MT503", 'Divides by the length of the first axis', hint='The mean divides by the number of all elements: `numel()`.')
def safe_mean(t):
    t = torch.atleast_1d(t)
    return t.to(torch.float64).sum().item() / len(t)


@mistake("MT504", 'Rounds the mean to the type of the elements', hint='The mean of whole numbers is no whole number, and was to be given with its fraction.')
def safe_mean(t):
    return float(t.double().mean().to(t.dtype)) if t.dtype != torch.bool else t.double().mean().item()
