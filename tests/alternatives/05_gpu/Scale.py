import torch
from torch import nn

from grader import alternative


@alternative("factory arguments in a dict, as PyTorch's layers do it")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        place = {"device": device, "dtype": dtype}
        self.weight = nn.Parameter(torch.empty(features, **place))
        self.bias = nn.Parameter(torch.empty(features, **place))
        nn.init.ones_(self.weight)
        nn.init.zeros_(self.bias)

    def forward(self, x):
        return torch.addcmul(self.bias, x, self.weight)


@alternative("register_parameter")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        weight = torch.full((features,), 1.0, device=device, dtype=dtype)
        self.register_parameter("weight", nn.Parameter(weight))
        self.register_parameter("bias", nn.Parameter(torch.zeros_like(weight)))

    def forward(self, x):
        return self.weight.mul(x).add(self.bias)
