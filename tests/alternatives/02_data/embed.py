import torch
from torch import nn

from grader import alternative


@alternative("indexing")
def embed(ids, table):
    return table[ids]


@alternative("F.embedding")
def embed(ids, table):
    return nn.functional.embedding(ids, table)


@alternative("a loop over candidates")
def analogy(table, a, b, c):
    target = table[c] + (table[b] - table[a])
    candidates = [i for i in range(table.shape[0]) if i not in (a, b, c)]
    return min(candidates, key=lambda i: ((table[i] - target) ** 2).sum().item())


@alternative("cdist and sort")
def analogy(table, a, b, c):
    target = (table[b] + table[c] - table[a]).unsqueeze(0)
    for place in torch.cdist(target, table).squeeze(0).argsort().tolist():
        if place not in {a, b, c}:
            return place
