from collections import OrderedDict

import torch
from torch import nn

from grader import mistake


@mistake("ML182", "Numbers the parts instead of naming them", hint="Give `nn.Sequential` an OrderedDict from names to parts.")
def build_net(hidden):
    return nn.Sequential(nn.Linear(1, hidden), nn.Tanh(), nn.Linear(hidden, 1))


@mistake("ML56", "Puts an activation behind the last layer", hint="What comes out must be able to be -4 or 28. Leave the last layer as it is.")
def build_net(hidden):
    return nn.Sequential(
        OrderedDict(
            hidden_linear=nn.Linear(1, hidden),
            hidden_activation=nn.Tanh(),
            output_linear=nn.Linear(hidden, 1),
            output_activation=nn.Tanh(),
        )
    )


@mistake("ML55", "Starts all hidden units with the same weight", hint="Equal units get equal gradients and stay equal. Leave the random start as it is.")
def build_net(hidden):
    net = nn.Sequential(
        OrderedDict(
            hidden_linear=nn.Linear(1, hidden),
            hidden_activation=nn.Tanh(),
            output_linear=nn.Linear(hidden, 1),
        )
    )
    for p in net.parameters():
        nn.init.constant_(p, 0.1)
    return net


@mistake("ML183", "Uses another activation", hint="The text asks for tanh.")
def build_net(hidden):
    return nn.Sequential(
        OrderedDict(
            hidden_linear=nn.Linear(1, hidden),
            hidden_activation=nn.ReLU(),
            output_linear=nn.Linear(hidden, 1),
        )
    )


@mistake("ML184", "Returns a column", hint="The network's column becomes a vector again.")
def predict(net, v):
    with torch.no_grad():
        return net(v.unsqueeze(1))


@mistake("ML185", "Drops the axis of the samples as well", hint="`squeeze()` without an axis turns a single prediction into a number. Name the axis.")
def predict(net, v):
    with torch.no_grad():
        return net(v.unsqueeze(1)).squeeze()


@mistake("ML29", "Records the predictions", hint="Predictions that are only looked at need no graph.")
def predict(net, v):
    return net(v.unsqueeze(1)).squeeze(1)


@mistake("ML365", "Leaves the network in evaluation mode", hint="To ask in evaluation mode is fine, but nobody switches it back: the next training step would go without dropout.")
def predict(net, v):
    net.eval()
    with torch.no_grad():
        return net(v.unsqueeze(1)).squeeze(1)


@mistake("ML186", "Hands the vector over as it is", hint="A layer wants one row per sample: shape (N, 1).")
def predict(net, v):
    with torch.no_grad():
        return net(v)


@mistake("ML347", "Makes a column of the caller's vector", hint="`unsqueeze_` changes the shape of the caller's own tensor. Without the underscore it makes a new view.")
def predict(net, v):
    with torch.no_grad():
        return net(v.unsqueeze_(1)).squeeze(1)


@mistake("ML353", "Sets the default dtype for the whole program", hint="`set_default_dtype` stays in force: every tensor that anybody makes afterwards is another one. Leave it alone here.")
def build_net(hidden):
    torch.set_default_dtype(torch.float64)
    return nn.Sequential(
        OrderedDict(
            hidden_linear=nn.Linear(1, hidden),
            hidden_activation=nn.Tanh(),
            output_linear=nn.Linear(hidden, 1),
        )
    )


@mistake("ML483", 'Sets a seed', hint='Every network is the same, then, and so are all random numbers that come after it.')
def build_net(hidden):
    torch.manual_seed(0)
    return nn.Sequential(OrderedDict([("hidden_linear", nn.Linear(1, hidden)), ("hidden_activation", nn.Tanh()), ("output_linear", nn.Linear(hidden, 1))]))


@mistake("ML484", 'Leaves the network in training mode', hint='It may have come in evaluation mode. Put back what it was.')
def predict(net, v):
    net.eval()
    with torch.no_grad():
        said = net(v[:, None])[:, 0]
    net.train()
    return said
