import torch
import torch.nn.functional as F
from torch import nn

from grader import alternative


@alternative("the functions of torch.nn")
def activations(x):
    return {
        "relu": F.relu(x),
        "leaky_relu": F.leaky_relu(x),
        "hardtanh": F.hardtanh(x),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": F.softplus(x),
    }


@alternative("the modules of torch.nn, in another order")
def activations(x):
    layers = {
        "tanh": nn.Tanh(),
        "hardtanh": nn.Hardtanh(),
        "softplus": nn.Softplus(),
        "relu": nn.ReLU(),
        "sigmoid": nn.Sigmoid(),
        "leaky_relu": nn.LeakyReLU(0.01),
    }
    return {name: layer(x) for name, layer in layers.items()}


@alternative("with logaddexp, maximum and minimum")
def activations(x):
    zero, one = torch.zeros_like(x), torch.ones_like(x)
    return {
        "relu": (x + x.abs()) / 2,
        "leaky_relu": torch.maximum(x, 0.01 * x),
        "hardtanh": torch.minimum(torch.maximum(x, -one), one),
        "sigmoid": torch.exp(-torch.logaddexp(zero, -x)),
        "tanh": 2 * torch.sigmoid(2 * x) - 1,
        "softplus": torch.logaddexp(zero, x),
    }
