import torch

from grader import alternative


@alternative("elementwise, and the sigmoid written out")
def neuron(features, weights, bias):
    z = (features * weights).sum(dim=1, keepdim=True) + bias
    return z, 1 / (1 + torch.exp(-z))


@alternative("mm and view")
def neuron(features, weights, bias):
    z = torch.mm(features, weights.view(-1, 1)) + bias
    return z, z.sigmoid()
