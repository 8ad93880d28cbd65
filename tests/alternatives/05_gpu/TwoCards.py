import torch
from torch import nn

from grader import alternative


@alternative("moved in place, in a loop")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first = first
        self.second = second
        self.places = list(devices)
        for half, place in zip((first, second), devices):
            half.to(place)

    def forward(self, x):
        for half, place in zip((self.first, self.second), self.places):
            x = half(x.to(place))
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
