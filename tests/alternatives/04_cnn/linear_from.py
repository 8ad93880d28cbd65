import torch
from torch import nn

from grader import alternative


@alternative("a parameter around a clone")
def linear_from(w):
    outputs, inputs = w.shape
    layer = nn.Linear(inputs, outputs, bias=False)
    layer.weight = nn.Parameter(w.clone())
    return layer


@alternative("load_state_dict")
def linear_from(w):
    layer = nn.Linear(w.size(1), w.size(0), bias=False)
    layer.load_state_dict({"weight": w})
    return layer


@alternative("takes the bias away afterwards")
def linear_from(w):
    layer = nn.Linear(*reversed(w.shape))
    layer.bias = None
    layer.weight.data.copy_(w)
    return layer
