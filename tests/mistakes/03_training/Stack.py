from itertools import pairwise

import torch
from torch import nn

from grader import mistake


@mistake("ML34", "Keeps the layers in a plain list", hint="The module registers attributes that are modules, not the contents of a Python list. There is a list that it knows.")
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [nn.Linear(n, m) for n, m in zip(sizes, sizes[1:])]

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = torch.tanh(layer(x)) if i < len(self.layers) - 1 else layer(x)
        return x


@mistake("ML35", "Does not call the constructor of nn.Module", hint="Call `super().__init__()` first, before any attribute is set.")
class Stack(nn.Module):
    def __init__(self, sizes):
        self.layers = nn.ModuleList(nn.Linear(n, m) for n, m in zip(sizes, sizes[1:]))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = torch.tanh(layer(x)) if i < len(self.layers) - 1 else layer(x)
        return x


@mistake("ML187", "Puts a tanh behind the last layer, too", hint="A tanh stands between two layers; there is nothing after the last.")
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(n, m) for n, m in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return x


@mistake("ML188", "Has no activation between the layers", hint="Without a bend in between, all these layers are one.")
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(n, m) for n, m in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


@mistake("ML189", "Uses one layer several times", hint="Layers of the same size are one and the same object here, as after multiplying a list. Make each layer anew.")
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        if len(sizes) == 2:
            self.layers = nn.ModuleList([nn.Linear(*sizes)])
        else:
            middle = [nn.Linear(sizes[1], sizes[1])] * (len(sizes) - 3)
            self.layers = nn.ModuleList([nn.Linear(sizes[0], sizes[1]), *middle, nn.Linear(sizes[-2], sizes[-1])])

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = torch.tanh(layer(x)) if i < len(self.layers) - 1 else layer(x)
        return x


@mistake("ML190", "Counts tensors instead of numbers", hint="A weight of shape (8, 3) holds 24 numbers.")
def count_params(module):
    params = list(module.parameters())
    return len(params), sum(p.requires_grad for p in params)


@mistake("ML191", "Does not tell frozen parameters apart", hint="The second number leaves out what does not require gradients.")
def count_params(module):
    total = sum(p.numel() for p in module.parameters())
    return total, total


@mistake("ML192", "Counts buffers as parameters", hint="`state_dict` also holds running statistics, which nobody trains. Use `parameters()`.")
def count_params(module):
    total = sum(t.numel() for t in module.state_dict().values())
    return total, sum(p.numel() for p in module.parameters() if p.requires_grad)


@mistake("ML193", "Leaves the biases out", hint="A bias is a parameter, too.")
def count_params(module):
    weights = [p for name, p in module.named_parameters() if "weight" in name]
    return sum(p.numel() for p in weights), sum(p.numel() for p in weights if p.requires_grad)


@mistake("ML356", "Counts a weight as its first size times its second", hint="A weight of a convolution has four axes. `numel` knows all of them.")
def count_params(module):
    sizes = [(p.shape[0] * p.shape[1] if p.ndim > 1 else p.numel(), p.requires_grad) for p in module.parameters()]
    return sum(n for n, _ in sizes), sum(n for n, learns in sizes if learns)


@mistake("ML366", "Counts a weight that is used twice, twice", hint="Two layers can hold the same parameter. `parameters()` of the whole module names each of them once.")
def count_params(module):
    params = [p for part in module.modules() for p in part.parameters(recurse=False)]
    return sum(p.numel() for p in params), sum(p.numel() for p in params if p.requires_grad)


@mistake("ML401", 'Makes all hidden layers as wide as the first', hint='Each pair of neighbouring sizes is a layer of its own.')
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        inputs, outputs = sizes[0], sizes[-1]
        widths = [inputs] + [sizes[1]] * (len(sizes) - 2) + [outputs]
        self.layers = nn.ModuleList(nn.Linear(n, m) for n, m in zip(widths, widths[1:]))
    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i + 1 < len(self.layers):
                x = torch.tanh(x)
        return x


@mistake("ML402", 'Takes a layer for frozen when its weight is', hint='Freezing is a matter of each parameter. A bias may learn beside a frozen weight.')
def count_params(module):
    total = learn = 0
    seen = set()
    for part in module.modules():
        own = [p for p in part.parameters(recurse=False) if id(p) not in seen]
        seen.update(map(id, own))
        numbers = sum(p.numel() for p in own)
        total += numbers
        if own and own[0].requires_grad:
            learn += numbers
    return total, learn


@mistake("ML485", 'Puts a tanh behind the only layer', hint='Without hidden layers there is nothing between two layers.')
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.rest = nn.ModuleList(nn.Linear(n, m) for n, m in pairwise(sizes[1:]))
    def forward(self, x):
        x = torch.tanh(self.first(x))
        for i, layer in enumerate(self.rest):
            x = layer(x) if i == len(self.rest) - 1 else torch.tanh(layer(x))
        return x


@mistake("ML486", "Uses up the caller's list of sizes", hint='`pop` takes them out of the list that you were given.')
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        parts = []
        rest = sizes if isinstance(sizes, list) else list(sizes)
        while len(rest) > 1:
            n = rest.pop(0)
            parts += [nn.Linear(n, rest[0]), nn.Tanh()]
        self.net = nn.Sequential(*parts[:-1])
    def forward(self, x):
        return self.net(x)
