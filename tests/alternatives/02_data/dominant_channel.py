import torch

from grader import alternative


@alternative("sums in int64")
def brightness(image):
    total = image.sum() if image.is_floating_point() else image.sum(dtype=torch.int64)
    return float(total) / image.numel()


@alternative("a dict of means")
def dominant_channel(image):
    means = {name: image[i].double().mean().item() for i, name in enumerate(["red", "green", "blue"])}
    return max(means, key=means.get)
