import torch

from grader import alternative


@alternative("max, second result")
def predict_rows(scores):
    return torch.max(scores, 1)[1]


@alternative("sorts")
def predict_rows(scores):
    return scores.argsort(dim=-1, descending=True)[:, 0]


@alternative("softmax first")
def predict_rows(scores):
    return scores.softmax(dim=1).argmax(1)
