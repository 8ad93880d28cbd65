import torch
from torch import nn

from grader import alternative


@alternative("the function of PyTorch")
class BatchNorm(nn.Module):
    def __init__(self, channels, momentum=0.1, eps=1e-5):
        super().__init__()
        self.m, self.e = momentum, eps
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.weight = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        return nn.functional.batch_norm(
            x, self.running_mean, self.running_var, self.weight, self.bias, self.training, self.m, self.e
        )


@alternative("the two variances from one, detached, with new buffers")
class BatchNorm(nn.Module):
    def __init__(self, channels, momentum=0.1, eps=1e-5):
        super().__init__()
        self.channels, self.momentum, self.eps = channels, momentum, eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x):
        shape = (1, self.channels, 1, 1)
        if self.training:
            n = x.numel() / self.channels
            mean = x.mean(dim=[0, 2, 3])
            var = ((x - mean.view(shape)) ** 2).mean(dim=[0, 2, 3])
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * var.detach() * n / (n - 1)
        else:
            mean, var = self.running_mean, self.running_var
        z = (x - mean.view(shape)) / torch.sqrt(var.view(shape) + self.eps)
        return z * self.weight.view(shape) + self.bias.view(shape)
