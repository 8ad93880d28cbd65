import torch
from torchvision.transforms import v2

from grader import alternative


@alternative("channels in front, then flat")
def channel_stats(batch):
    flat = batch.transpose(0, 1).flatten(1)
    return flat.mean(1), flat.std(1)


@alternative("a loop over the channels")
def channel_stats(batch):
    mean = torch.stack([batch[:, c].mean() for c in range(batch.shape[1])])
    std = torch.stack([batch[:, c].std() for c in range(batch.shape[1])])
    return [mean, std]


@alternative("v2.functional")
def normalise(images, mean, std):
    return v2.functional.normalize(images, mean.tolist(), std.tolist())


@alternative("a copy, channel by channel")
def normalise(images, mean, std):
    result = images.clone()
    for c in range(len(mean)):
        result[..., c, :, :] -= mean[c]
        result[..., c, :, :] /= std[c]
    return result
