import torch
import torch.nn.functional as F
from torch import nn

from grader import alternative


@alternative("the loss object")
def bce(scores, y):
    return nn.BCEWithLogitsLoss()(scores, y)


@alternative("cross-entropy with the scores 0 and s")
def bce(scores, y):
    return F.cross_entropy(torch.stack([torch.zeros_like(scores), scores], dim=1), y.long())


@alternative("softplus")
def bce(scores, y):
    return (y * F.softplus(-scores) + (1 - y) * F.softplus(scores)).mean()


@alternative("autograd")
def pulls(scores):
    found = []
    for loss_of in (lambda p: (p - 1) ** 2, lambda p: -torch.log(p)):
        leaf = scores.detach().clone().requires_grad_()
        loss_of(torch.sigmoid(leaf)).sum().backward()
        found.append(leaf.grad)
    return tuple(found)


@alternative("with the probability of class 0")
def pulls(scores):
    p, q = torch.sigmoid(scores), torch.sigmoid(-scores)
    return -2 * p * q**2, -q
