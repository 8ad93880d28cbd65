from collections import OrderedDict

import torch
from torch import nn

from grader import alternative


@alternative("names, and blocks in blocks")
def build_b(channels):
    def block(inputs, outputs):
        return nn.Sequential(nn.Conv2d(inputs, outputs, 5), nn.MaxPool2d(2, 2), nn.ReLU())

    return nn.Sequential(
        OrderedDict(
            features=nn.Sequential(block(channels, 6), block(6, 16)),
            flat=nn.Flatten(start_dim=1),
            head=nn.Sequential(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
        )
    )


@alternative("append")
def build_b(channels):
    net = nn.Sequential()
    for pair in ((channels, 6), (6, 16)):
        net.append(nn.Conv2d(*pair, kernel_size=(5, 5))).append(nn.ReLU(inplace=True)).append(nn.MaxPool2d(2))
    net.append(nn.Flatten())
    for i, (n, m) in enumerate(((16 * 5 * 5, 120), (120, 84), (84, 10))):
        if i:
            net.append(nn.ReLU())
        net.append(nn.Linear(n, m))
    return net
