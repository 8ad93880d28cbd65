from collections import OrderedDict

import torch
from torch import nn

from grader import alternative


@alternative("add_module")
def build_net(hidden):
    net = nn.Sequential()
    net.add_module("hidden_linear", nn.Linear(1, hidden))
    net.add_module("hidden_activation", nn.Tanh())
    net.add_module("output_linear", nn.Linear(hidden, 1))
    return net


@alternative("a list of pairs")
def build_net(hidden):
    parts = [
        ("hidden_linear", nn.Linear(in_features=1, out_features=hidden)),
        ("hidden_activation", nn.Tanh()),
        ("output_linear", nn.Linear(in_features=hidden, out_features=1)),
    ]
    return nn.Sequential(OrderedDict(parts))


@alternative("view, and detach")
def predict(net, v):
    return net(v.view(-1, 1)).detach().view(-1)


@alternative("inference_mode, and indexing")
def predict(net, v):
    with torch.inference_mode():
        return net(v[:, None])[:, 0]
