import torch

from grader import alternative


@alternative("tensors, then lists")
def percentages(matrix, names):
    hits, counts = matrix.diagonal().double(), matrix.sum(dim=1).double()
    shares = (100 * hits / counts).tolist()
    found = {name: share if n else None for name, share, n in zip(names, shares, counts.tolist())}
    return found | {"all": (100 * hits.sum() / counts.sum()).item()}


@alternative("lists of lists")
def percentages(matrix, names):
    rows = matrix.tolist()
    found = {}
    for i, row in enumerate(rows):
        found[names[i]] = None if sum(row) == 0 else row[i] / sum(row) * 100.0
    found["all"] = sum(rows[i][i] for i in range(len(rows))) / sum(map(sum, rows)) * 100.0
    return found


@alternative("a clone with an empty diagonal")
def worst_pair(matrix, names):
    errors = matrix.clone().fill_diagonal_(-1)
    i, j = (errors == errors.max()).nonzero()[0].tolist()
    return (names[i], names[j], matrix[i, j].item())


@alternative("max over pairs of names")
def worst_pair(matrix, names):
    k = range(len(names))
    pairs = [(names[i], names[j], int(matrix[i, j])) for i in k for j in k if i != j]
    return max(pairs, key=lambda pair: pair[2])
