import math

import torch
from torch import nn

from grader import alternative


@alternative("the ready-made function")
def kaiming_(model):
    def start(part):
        if isinstance(part, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(part.weight, mode="fan_in", nonlinearity="relu")
            if part.bias is not None:
                nn.init.constant_(part.bias, 0.0)

    model.apply(start)


@alternative("copies under no_grad")
def kaiming_(model):
    with torch.no_grad():
        for _, part in model.named_modules():
            if type(part) is nn.Linear:
                inputs = part.in_features
            elif type(part) is nn.Conv2d:
                inputs = part.in_channels * math.prod(part.kernel_size)
            else:
                continue
            part.weight.copy_(math.sqrt(2 / inputs) * torch.randn_like(part.weight))
            if part.bias is not None:
                part.bias.zero_()
