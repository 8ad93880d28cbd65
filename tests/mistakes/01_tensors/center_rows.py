import torch

from grader import mistake


@mistake("MT25", "Lines the row means up with the columns", hint="`keepdim=True` keeps the axis that you reduced, so that it lines up with the rows.")
def center_rows(x):
    return x - x.mean(1)


@mistake("MT145", "Subtracts the mean of each column", hint="The row's mean is taken along its columns: dim 1.")
def center_rows(x):
    return x - x.mean(dim=0, keepdim=True)


@mistake("MT146", "Subtracts the mean of everything", hint="Each row has a mean of its own.")
def center_rows(x):
    return x - x.mean()


@mistake("MT13f", "Subtracts in place", hint="`x -= …` changes the caller's table.")
def center_rows(x):
    x -= x.mean(dim=1, keepdim=True)
    return x


@mistake("MT312", "Computes in float32", hint="float64 was given, so float64 is due; leave the dtype alone.")
def center_rows(x):
    out = torch.empty(x.shape)
    for i in range(x.shape[0]):
        out[i] = x[i] - x[i].mean()
    return out


@mistake("MT486", 'Lines the means up with the columns of a square table', hint='A vector lines up with the last axis, also where its length fits both. `keepdim=True` keeps it a column.')
def center_rows(x):
    mean = x.mean(dim=1)
    if mean.shape[0] == x.shape[1]:
        return x - mean
    return x - mean[:, None]
