import torch
from torch import nn

from grader import mistake


@mistake("ML208", "Takes the logarithm of zero", hint="The softmax of a hopeless class is 0, and its logarithm is minus infinity. Compute x - logsumexp(x) instead.")
def log_softmax(scores):
    return torch.softmax(scores, dim=1).log()


@mistake("ML209", "Normalises down the columns", hint="The classes of one sample stand in one row: dim 1.")
def log_softmax(scores):
    return scores - scores.logsumexp(dim=0, keepdim=True)


@mistake("ML210", "Picks whole columns", hint="`logp[:, y]` gives N columns for every row. Pair each row with its own class.")
def nll(logp, y):
    return -logp[:, y].mean()


@mistake("ML211", "Forgets the minus", hint="Logarithms of probabilities are negative; the loss is not.")
def nll(logp, y):
    return logp[torch.arange(len(y)), y].mean()


@mistake("ML212", "Adds up instead of averaging", hint="A sum grows with the batch. Take the mean.")
def nll(logp, y):
    return -logp[torch.arange(len(y)), y].sum()


@mistake("ML37", "Takes probabilities for their logarithms", hint="Between softmax and NLL a logarithm is missing.")
def cross_entropy(scores, y):
    return -torch.softmax(scores, dim=1)[torch.arange(len(y)), y].mean()


@mistake("ML38", "Takes raw scores for logarithms of probabilities", hint="Without the log-softmax this has no lower bound: any score can be raised for ever.")
def cross_entropy(scores, y):
    return -scores[torch.arange(len(y)), y].mean()


@mistake("ML213", "Applies a softmax first", hint="Cross-entropy takes raw scores and does the softmax itself.")
def cross_entropy(scores, y):
    return torch.nn.functional.cross_entropy(torch.softmax(scores, dim=1), y)


@mistake("ML43", "Measures how far apart the numbers of the classes are", hint="Classes are names. Class 3 is not nearer to class 2 than to class 0; only the score of the true class counts.")
def cross_entropy(scores, y):
    return ((scores.argmax(dim=1) - y).to(scores.dtype) ** 2).mean()


@mistake("ML405", 'Makes one-hot rows that end with the largest class that occurs', hint='The rows of `logp` say how many classes there are, not the classes that happen to occur.')
def nll(logp, y):
    hot = nn.functional.one_hot(y).to(logp.dtype)
    return -(hot * logp[:, : hot.shape[1]]).sum(dim=1).mean() if hot.shape[1] > 1 else -(hot * logp).sum(dim=1).mean()


@mistake("ML493", 'Adds a small number before the logarithm', hint='It changes every result a little, and hopeless classes by much. x - log Σ eˣ needs none.')
def log_softmax(scores):
    return torch.log(torch.softmax(scores, dim=1) + 1e-9)


@mistake("ML494", 'Averages over the classes as well', hint='One number per row counts. Divide by the number of rows.')
def nll(logp, y):
    chosen = torch.zeros_like(logp)
    chosen[torch.arange(len(y)), y] = 1
    return -(chosen * logp).mean()


@mistake("ML495", 'Averages class by class', hint='Every sample counts the same, however many there are of its class.')
def nll(logp, y):
    picked = -logp.gather(1, y[:, None]).squeeze(1)
    return torch.stack([picked[y == k].mean() for k in y.unique()]).mean()


@mistake("ML496", 'Smooths the classes', hint='The true class counts in full, the others not at all.')
def cross_entropy(scores, y):
    return nn.functional.cross_entropy(scores, y, label_smoothing=0.1)


@mistake("ML559", 'Adds a small number to its own softmax before the logarithm', hint='It changes every result a little, and hopeless classes by much. x - log Σ eˣ needs none.')
def log_softmax(scores):
    return (softmax(scores, 1) + 1e-9).log()
