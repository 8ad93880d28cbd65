import torch

from grader import mistake


@mistake("MT13d", "Subtracts in place", hint="`t -= …` changes the caller's numbers. Write `t = t - …` or return the expression.")
def standardise(t):
    t -= t.mean()
    t /= t.std()
    return t


@mistake("MT128", "Divides by the variance", hint="The variance is the square of the spread; take the standard deviation.")
def standardise(t):
    return (t - t.mean()) / t.var()


@mistake("MT129", "Divides by the spread before subtracting the mean", hint="Subtract first: the mean of `t / t.std()` is not the mean of `t`.")
def standardise(t):
    return t / t.std() - t.mean()


@mistake("MT130", "Uses the spread with n instead of n − 1", hint="`std()` divides by n − 1 unless told otherwise. Stay with that here.")
def standardise(t):
    return (t - t.mean()) / t.std(unbiased=False)


@mistake("MT131", "Scales to the range from 0 to 1", hint="That uses the smallest and the largest number; here mean and standard deviation were asked for.")
def standardise(t):
    return (t - t.min()) / (t.max() - t.min())


@mistake("MT453", 'Subtracts the square of the mean from the mean of the squares', hint='For a large mean these are two large numbers that nearly agree, and their difference is rounding. Use `std`, or subtract the mean first.')
def standardise(t):
    n = t.numel()
    variance = ((t * t).mean() - t.mean() ** 2) * n / (n - 1)
    return (t - t.mean()) / variance.clamp(min=1e-12).sqrt()


@mistake("MT454", 'Takes a small spread for a larger one', hint='A limit of 0.001 changes numbers that lie closer together than that; they were to get the spread 1, too.')
def standardise(t):
    return (t - t.mean()) / t.std().clamp(min=1e-3)


@mistake("MT548", "Standardises each row by itself", hint="One mean and one standard deviation, over all elements: without `dim`, `mean` and `std` take all of them.")
def standardise(t):
    return (t - t.mean(dim=-1, keepdim=True)) / t.std(dim=-1, keepdim=True)
