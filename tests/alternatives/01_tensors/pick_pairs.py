import torch

from grader import alternative


@alternative("flat index")
def pick_pairs(t, rows, cols):
    return t.flatten()[rows * t.shape[1] + cols]


@alternative("gather")
def pick_pairs(t, rows, cols):
    return t[rows].gather(1, cols[:, None])[:, 0]
