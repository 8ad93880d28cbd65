import torch
from torch import nn

from grader import alternative


@alternative("where, and a stack of crops")
def augment(images, most, generator):
    n, c, h, w = images.shape
    coin = torch.randint(0, 2, (n, 1, 1, 1), generator=generator).bool()
    padded = torch.zeros(n, c, h + 2 * most, w + 2 * most, dtype=images.dtype)
    padded[:, :, most : most + h, most : most + w] = torch.where(coin, images.flip(3), images)
    found = []
    for picture in padded:
        y = int(torch.randint(2 * most + 1, (1,), generator=generator))
        x = int(torch.randint(2 * most + 1, (1,), generator=generator))
        found.append(picture[:, y : y + h, x : x + w])
    return torch.stack(found)


@alternative("index tensors, without a loop")
def augment(images, most, generator):
    n, _, h, w = images.shape
    padded = nn.functional.pad(images, (most, most, most, most))
    y = torch.randint(0, 2 * most + 1, (n, 1), generator=generator) + torch.arange(h)
    x = torch.randint(0, 2 * most + 1, (n, 1), generator=generator) + torch.arange(w)
    moved = padded[torch.arange(n)[:, None, None], :, y[:, :, None], x[:, None, :]].permute(0, 3, 1, 2)
    coin = torch.rand(n, generator=generator) >= 0.5
    moved = moved.clone()
    moved[coin] = moved[coin].flip(-1)
    return moved
