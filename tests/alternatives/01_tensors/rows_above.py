import torch

from grader import alternative


@alternative("nonzero and index_select")
def rows_above(t, column, threshold):
    return t.index_select(0, torch.nonzero(t[:, column] > threshold).squeeze(1))


@alternative("a Python loop")
def rows_above(t, column, threshold):
    rows = [row for row in t if row[column] > threshold]
    return torch.stack(rows) if rows else t[:0]
