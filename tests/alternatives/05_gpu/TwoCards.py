import torch
from torch import nn

from grader import alternative


@alternative("devices asked of the parameters")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        first.to(devices[0])
        second.to(devices[1])
        self.first = first
        self.second = second

    def forward(self, x):
        for half in (self.first, self.second):
            x = half(x.to(next(half.parameters()).device))
        return x


@alternative("two names for the devices")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.here, self.there = (torch.device(d) for d in devices)
        self.add_module("first", first.to(self.here))
        self.add_module("second", second.to(self.there))

    def forward(self, x):
        x = x.to(self.here, non_blocking=True)
        x = self.first(x)
        x = x.to(self.there)
        return self.second(x)
