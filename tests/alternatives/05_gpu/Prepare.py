import torch
from torch import nn

from grader import alternative


@alternative("ones_like, and pad")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        for name, value in (("mean", mean), ("std", std)):
            self.register_buffer(name, value.detach().clone())

    def forward(self, x):
        z = (x - self.get_buffer("mean")) / self.get_buffer("std")
        return nn.functional.pad(z, (0, 1), value=1.0)


@alternative("nn.Buffer")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Buffer(mean)
        self.std = nn.Buffer(std)

    def forward(self, x):
        ones = torch.ones(x.shape[0], 1, device=x.device, dtype=x.dtype)
        return torch.hstack(((x - self.mean).div(self.std), ones))
