import torch

from grader import alternative


@alternative("std_mean and masked_fill")
def standardise_columns(train, test):
    std, mean = torch.std_mean(train, dim=0, keepdim=True)
    std = std.masked_fill((train == train[:1]).all(0), 1)
    return tuple((table - mean) / std for table in (train, test))


@alternative("column by column")
def standardise_columns(train, test):
    a, b = train.clone(), test.clone()
    for f in range(train.shape[1]):
        column = train[:, f]
        spread = column.std() if (column != column[0]).any() else 1.0
        a[:, f] = (column - column.mean()) / spread
        b[:, f] = (test[:, f] - column.mean()) / spread
    return a, b


@alternative("finds constant columns by their limits")
def standardise_columns(train, test):
    flat = train.max(dim=0).values == train.min(dim=0).values
    mean = train.mean(dim=0)
    std = train.std(dim=0).masked_fill(flat, 1.0)
    return (train - mean) / std, (test - mean) / std
