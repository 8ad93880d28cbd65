import torch
from torch import nn

from grader import alternative


@alternative("a layer without a bias")
def edge_maps(images):
    layer = nn.Conv2d(1, 3, kernel_size=3, padding="same", bias=False)
    rows = [[-1, 0, 1, -2, 0, 2, -1, 0, 1], [-1, -2, -1, 0, 0, 0, 1, 2, 1], [1 / 9] * 9]
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(rows).view(3, 1, 3, 3))
        return layer(images)


@alternative("shifted copies, and no convolution")
def edge_maps(images):
    h, w = images.shape[2:]
    p = nn.functional.pad(images, (1, 1, 1, 1))
    at = {(i, j): p[:, 0, i : i + h, j : j + w] for i in range(3) for j in range(3)}
    weights = (1.0, 2.0, 1.0)
    across = sum(weights[i] * (at[i, 2] - at[i, 0]) for i in range(3))
    down = sum(weights[j] * (at[2, j] - at[0, j]) for j in range(3))
    return torch.stack([across, down, sum(at.values()) / 9], dim=1)
