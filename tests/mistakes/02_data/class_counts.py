import numpy as np
import torch

from grader import mistake


@mistake("MD188", "Stops counting at the highest label that occurs", hint="There are n classes, whatever occurs. `bincount` can be told how long its answer should be.")
def class_counts(targets, n):
    return torch.bincount(targets)


@mistake("MD189", "Leaves out classes that do not occur", hint="`unique` knows only what is there. A class without samples has the count 0.")
def class_counts(targets, n):
    return targets.unique(return_counts=True)[1]


@mistake("MD190", "Leaves the number of classes out of the weights", hint="For a balanced set the weights should be 1.")
def class_weights(counts):
    return torch.where(counts > 0, counts.sum() / counts, 0.0)


@mistake("MD191", "Gives empty classes infinite weights", hint="Their count is 0, and dividing by it gives infinity. Their weight was to be 0.")
def class_weights(counts):
    return counts.sum() / (len(counts) * counts)


@mistake("MD192", "Gives frequent classes the large weights", hint="The weights make up for rarity: the count belongs into the denominator.")
def class_weights(counts):
    return len(counts) * counts / counts.sum()


@mistake("MD193", "Makes the weights add up to 1", hint="For a balanced set every weight should be 1.")
def class_weights(counts):
    weights = torch.where(counts > 0, 1 / counts, 0.0)
    return weights / weights.sum()


@mistake("MD194", "Counts only the classes that occur", hint="n is the number of all classes, the empty ones included.")
def class_weights(counts):
    return torch.where(counts > 0, counts.sum() / ((counts > 0).sum() * counts), 0.0)


@mistake("MD281", "Counts with NumPy and returns its array", hint="A tensor was asked for; torch has a `bincount` of its own.")
def class_counts(targets, n):
    return np.bincount(targets.numpy(), minlength=n)


@mistake("MD344", "Treats a class without samples as if it had one", hint="`clamp` avoids the division by 0, but the weight of an empty class was to be 0.")
def class_weights(counts):
    return counts.sum() / (len(counts) * counts.clamp(min=1).float())


@mistake("MD345", "Counts in floating point", hint="Counts are int64, as `bincount` gives them; `histc`, for one, answers in floats.")
def class_counts(targets, n):
    return torch.histc(targets.float(), bins=n, min=0, max=n - 1)


@mistake("MD471", "Counts only what occurs", hint="There are n classes, whatever occurs; with fewer, those behind a gap move up.")
def class_counts(targets, n):
    counts = torch.unique(targets, return_counts=True)[1]
    return torch.cat([counts, counts.new_zeros(n - len(counts))])


@mistake("MD472", "Writes into the caller's counts", hint="What you assign to `counts` is changed for its owner. Work on a new tensor.")
def class_weights(counts):
    empty, total = counts == 0, counts.sum()
    counts[empty] = 1
    weights = total / (len(counts) * counts.float())
    weights[empty] = 0
    return weights
