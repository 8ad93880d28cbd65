import torch

from grader import alternative


@alternative("one-hot, summed")
def class_counts(targets, n):
    return torch.nn.functional.one_hot(targets, n).sum(dim=0)


@alternative("scatter_add_")
def class_counts(targets, n):
    return torch.zeros(n, dtype=torch.long).scatter_add_(0, targets, torch.ones_like(targets))


@alternative("a loop")
def class_weights(counts):
    total, n = int(counts.sum()), len(counts)
    return torch.tensor([total / (n * c) if c else 0.0 for c in counts.tolist()])


@alternative("nan_to_num")
def class_weights(counts):
    share = counts.float() / counts.sum()
    return torch.nan_to_num(1 / (share * share.numel()), posinf=0.0)
