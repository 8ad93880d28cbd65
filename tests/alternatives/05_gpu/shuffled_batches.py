import torch

from grader import alternative


@alternative("slices of an order, index_select")
def shuffled_batches(x, y, size):
    n = x.shape[0]
    order = torch.randperm(n, device=x.device)
    for start in range(0, n, size):
        chosen = order[start : start + size]
        yield x.index_select(0, chosen), y.index_select(0, chosen)


@alternative("sorts random numbers")
def shuffled_batches(x, y, size):
    order = torch.rand(len(x), device=x.device).argsort()
    return ((x[part], y[part]) for part in torch.split(order, size))
