import torch
import torch.nn.functional as F
from torch import nn

from grader import alternative


@alternative("the function of torch")
def log_softmax(scores):
    return torch.log_softmax(scores, dim=-1)


@alternative("with the largest score drawn out by hand")
def log_softmax(scores):
    shifted = scores - scores.max(dim=1, keepdim=True).values
    return shifted - shifted.exp().sum(dim=1, keepdim=True).log()


@alternative("gather")
def nll(logp, y):
    return -logp.gather(1, y.unsqueeze(1)).squeeze(1).mean()


@alternative("the module, and a detour over one-hot rows")
def nll(logp, y):
    hot = F.one_hot(y, logp.shape[1]).to(logp.dtype)
    return -(hot * logp).sum() / len(y)


@alternative("log-softmax twice does no harm")
def cross_entropy(scores, y):
    return nn.CrossEntropyLoss()(torch.log_softmax(scores, dim=1), y)


@alternative("the two halves")
def cross_entropy(scores, y):
    return F.nll_loss(F.log_softmax(scores, dim=1), y)


@alternative("float targets")
def cross_entropy(scores, y):
    return F.cross_entropy(scores, F.one_hot(y, scores.shape[1]).to(scores.dtype))
