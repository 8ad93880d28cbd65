import torch
from torch import nn

from grader import alternative


@alternative("append, and the size from an empty picture")
def build_cnn(widths, dropout, classes):
    net = nn.Sequential()
    channels = 1
    for width in widths:
        net.append(nn.Conv2d(channels, width, (3, 3), padding="same", bias=False))
        net.append(nn.BatchNorm2d(width))
        net.append(nn.ReLU(inplace=True))
        net.append(nn.MaxPool2d(kernel_size=2, stride=2))
        channels = width
    net.append(nn.Flatten())
    with torch.no_grad():
        features = net.eval()(torch.zeros(1, 1, 28, 28)).shape[1]
    net.train()
    return net.append(nn.Dropout(p=dropout)).append(nn.Linear(features, classes))


@alternative("a shift for the side")
def build_cnn(widths, dropout, classes):
    parts = []
    for i, m in enumerate(widths):
        n = widths[i - 1] if i else 1
        parts.extend((nn.Conv2d(n, m, 3, 1, 1, bias=False), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)))
    side = 28 >> len(widths)
    parts.extend((nn.Flatten(), nn.Dropout(dropout), nn.Linear(m * side * side, classes)))
    return nn.Sequential(*parts)
