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
