import torch

from grader import alternative


@alternative("index after index")
def pixel(batch, n, channel, y, x):
    return float(batch[n][channel][y][x])


@alternative("divisions and remainders")
def brightest(batch):
    n, c, h, w = batch.shape
    flat = batch.reshape(n, -1).argmax(dim=-1)
    return torch.stack((flat // (h * w), flat // w % h, flat % w), dim=-1)


@alternative("a loop, with nonzero")
def brightest(batch):
    return torch.stack([(picture == picture.max()).nonzero()[0] for picture in batch])
