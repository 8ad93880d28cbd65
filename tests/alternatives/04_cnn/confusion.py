import torch
from torch import nn

from grader import alternative


@alternative("stack and a loop")
def confusion(labels, predicted, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    for pair in torch.stack((labels, predicted), dim=1):
        i, j = pair.tolist()
        matrix[i, j] = matrix[i, j] + 1
    return matrix


@alternative("one-hot vectors and a product")
def confusion(labels, predicted, classes):
    return nn.functional.one_hot(labels, classes).T @ nn.functional.one_hot(predicted, classes)


@alternative("index_put_ with accumulate")
def confusion(labels, predicted, classes):
    matrix = torch.zeros((classes, classes), dtype=torch.long)
    return matrix.index_put_((labels, predicted), torch.tensor(1), accumulate=True)
