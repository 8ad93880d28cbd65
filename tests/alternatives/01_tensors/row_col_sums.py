import torch

from grader import alternative


@alternative("adds up the rows, a list as result")
def row_col_sums(t):
    return [sum(t), sum(t.T)]


@alternative("einsum")
def row_col_sums(t):
    return torch.einsum("rc->c", t), torch.einsum("rc->r", t)
