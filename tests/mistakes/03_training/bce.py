import torch
from torch import nn

from grader import mistake


@mistake("ML214", "Takes the logarithm of a probability that is zero", hint="The sigmoid of -1000 is 0 in floating point. Use the form of the text, which works on the score itself.")
def bce(scores, y):
    p = torch.sigmoid(scores)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


@mistake("ML215", "Counts only the samples of class 1", hint="Samples of class 0 have a loss, too: the second half of the formula.")
def bce(scores, y):
    return -(y * torch.nn.functional.logsigmoid(scores)).mean()


@mistake("ML216", "Swaps the two classes", hint="The sigmoid of the score is the probability of class 1.")
def bce(scores, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(-scores, y)


@mistake("ML44", "Hands raw scores to a loss for probabilities", hint="`binary_cross_entropy` and `BCELoss` want numbers between 0 and 1. There is a form that includes the sigmoid.")
def bce(scores, y):
    return torch.nn.functional.binary_cross_entropy(scores, y)


@mistake("ML217", "Differentiates by the probability", hint="By the score was asked: multiply by the derivative of the sigmoid, p (1 - p).")
def pulls(scores):
    p = torch.sigmoid(scores)
    return 2 * (p - 1), -1 / p


@mistake("ML218", "Differentiates the mean", hint="One derivative for each sample, not divided by how many there are.")
def pulls(scores):
    leaf = scores.clone().requires_grad_()
    p = torch.sigmoid(leaf)
    (squared,) = torch.autograd.grad(((p - 1) ** 2).mean(), leaf, retain_graph=True)
    (logarithmic,) = torch.autograd.grad(-p.log().mean(), leaf)
    return squared, logarithmic


@mistake("ML219", "Has the signs reversed", hint="A higher score lowers both losses of a sample of class 1, so both derivatives are negative.")
def pulls(scores):
    p = torch.sigmoid(scores)
    return 2 * (1 - p) * p * (1 - p), 1 - p


@mistake("ML220", "Returns the losses", hint="Not the losses were asked for, but how they change with the score.")
def pulls(scores):
    p = torch.sigmoid(scores)
    return (p - 1) ** 2, -p.log()


@mistake("ML345", "Changes the scores on the way", hint="A method whose name ends with an underscore changes the caller's tensor. Make new ones.")
def bce(scores, y):
    softplus, product = torch.nn.functional.softplus(scores), scores * y
    return scores.copy_(softplus - product).mean()


@mistake("ML346", "Puts the probabilities where the scores were", hint="`sigmoid_` changes the caller's tensor; `sigmoid` makes a new one.")
def pulls(scores):
    p = scores.sigmoid_()
    return 2 * (p - 1) * p * (1 - p), p - 1


@mistake("ML497", 'Goes through the probabilities', hint='A probability that is rounded to 0 or 1 has no finite logarithm, and the loss stops at 100. Work on the score.')
def bce(scores, y):
    return nn.functional.binary_cross_entropy(torch.sigmoid(scores), y)


@mistake("ML498", 'Keeps the probabilities away from 0 and 1', hint='Far out the loss is as large as the score. Work on the score itself.')
def bce(scores, y):
    p = torch.sigmoid(scores).clamp(1e-7, 1 - 1e-7)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


@mistake("ML499", 'Averages each class by itself', hint='Every sample counts the same, however many there are of its class.')
def bce(scores, y):
    each = nn.functional.softplus(torch.where(y > 0.5, -scores, scores))
    means = [each[y == k].mean() for k in (0, 1) if (y == k).any()]
    return sum(means) / len(means)


@mistake("ML557", 'Goes through probabilities in float32', hint='A probability that is rounded to 0 or 1 has no finite logarithm, and the loss stops at 100. Work on the score.')
def bce(scores, y):
    return nn.functional.binary_cross_entropy(torch.sigmoid(scores.float()), y.float()).to(scores.dtype)
